package io.intermodal.migrate;

import io.intermodal.evaluate.Cycles;
import io.intermodal.evaluate.Score;
import io.intermodal.evaluate.Stability;
import io.intermodal.evaluate.survey.GuestSystem;
import io.intermodal.evaluate.survey.Hypervisor;
import io.intermodal.evaluate.survey.PublishedSurvey;
import io.intermodal.evaluate.survey.SurveyMatrix;
import io.intermodal.evaluate.survey.SurveyPath;
import io.intermodal.evaluate.survey.Tally;
import io.intermodal.hypervisor.HypervisorInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a survey as one HTML file in the style of {@link HtmlReport}: the matrix, why each cell is
 * no SUCCESS, and the matrix that was published in 2012 beside it.
 */
public final class SurveyHtml {

  private final HtmlPage html = new HtmlPage();
  private final SurveyResult result;

  private SurveyHtml(SurveyResult result) {
    this.result = result;
  }

  /** Writes a survey as far as it came. */
  public static String of(SurveyResult result) {
    return new SurveyHtml(result).write();
  }

  private String write() {
    html.open("Survey of " + result.hosts().size() + " hypervisors");
    head();
    matrix();
    cells();
    published();
    hosts();
    versions();
    return html.close();
  }

  private void head() {
    html.raw("<header>").element("h1", "Survey of " + result.hosts().size() + " hypervisors");
    html.element(
        "p",
        "Guest: "
            + result.guest()
            + ", operating system "
            + result.guestSystem()
            + ". Each route was run "
            + times(result.cycles())
            + "; a result counts when at least "
            + Cycles.MINIMUM
            + " cycles agree. The best route is the result of its pair.");
    if (!result.isReal()) {
      html.element(
          "p",
          "SIMULATED: at one host at least no machine really ran (see Hypervisors). Such scores say"
              + " how this software behaves, not how a product does.");
    }
    if (!result.isComplete()) {
      html.element("p", "Not complete yet: go on with --resume.");
    }
    html.element("p", "In all: " + words(result.totals()) + ".").raw("</header>");
  }

  private void matrix() {
    List<String> names = List.copyOf(result.hosts().keySet());
    html.section("Matrix");
    header(names);
    for (String from : names) {
      html.row().cell(from);
      for (String to : names) {
        int index =
            IntStream.range(0, result.pairs().size())
                .filter(i -> result.pairs().get(i).from().equals(from))
                .filter(i -> result.pairs().get(i).to().equals(to))
                .findFirst()
                .orElse(-1);
        if (index < 0) {
          html.cell("–");
        } else {
          cell(result.pairs().get(index), index);
        }
      }
      html.endRow();
    }
    html.endTable();
  }

  private void header(List<String> names) {
    String[] headings = new String[names.size() + 1];
    headings[0] = "from \\ to";
    for (int i = 0; i < names.size(); i++) {
      headings[i + 1] = names.get(i);
    }
    html.table(headings);
  }

  private void cell(SurveyPair pair, int index) {
    html.raw("<td><a href=\"#pair" + index + "\">");
    html.badge(word(pair.score())).raw("</a>");
    pair.best()
        .filter(best -> best.stability() != Stability.STABLE)
        .ifPresent(best -> html.raw("<br>").text(uncounted(best)));
    html.raw("</td>");
  }

  private static String uncounted(SurveyAttempt attempt) {
    return attempt.stability() == Stability.INSUFFICIENT
        ? times(attempt.cycles().size()) + ", too few to count"
        : "cycles differ, does not count";
  }

  private void cells() {
    for (int i = 0; i < result.pairs().size(); i++) {
      SurveyPair pair = result.pairs().get(i);
      html.raw("<section id=\"pair" + i + "\">");
      html.section(pair.from() + " to " + pair.to());
      html.raw("<p class=\"verdict\">").badge(word(pair.score())).raw("</p>");
      routes(pair);
      pair.best().ifPresent(this::reasons);
      html.raw("</section>");
    }
  }

  private void routes(SurveyPair pair) {
    if (pair.attempts().isEmpty()) {
      html.element("p", "Not tried yet.");
      return;
    }
    html.table("Route", "Score", "Stability", "Cycles", "Time", "Differs in");
    for (SurveyAttempt attempt : pair.attempts()) {
      boolean tried = attempt.score() != null;
      html.row()
          .codeCell(attempt.route())
          .badgeCell(word(attempt.score()))
          .cell(tried ? attempt.stability().name() : "")
          .numberCell(String.valueOf(attempt.cycles().size()))
          .numberCell(seconds(attempt))
          .cell(String.join(", ", attempt.differing()))
          .endRow();
    }
    html.endTable();
    if (pair.leftOut() > 0) {
      html.element("p", pair.leftOut() + " more routes were left out, as it was asked for.");
    }
  }

  private static String seconds(SurveyAttempt attempt) {
    long millis = attempt.cycles().stream().mapToLong(one -> one.duration().toMillis()).sum();
    return (millis + 500) / 1000 + " s";
  }

  private void reasons(SurveyAttempt best) {
    if (best.reasons().isEmpty()) {
      html.element("p", "Every test is SUCCESS.");
      return;
    }
    html.table("Test", "Name", "Score", "Why");
    for (SurveyReason reason : best.reasons()) {
      html.row()
          .cell(reason.id())
          .cell(reason.title())
          .badgeCell(reason.score().name())
          .cell(reason.explanation())
          .endRow();
    }
    html.endTable();
  }

  private void published() {
    SurveyMatrix survey = PublishedSurvey.matrix();
    html.section("For comparison: the survey published in 2012")
        .element(
            "p",
            "Other products, versions and guests; only its cells and totals are known. In all: "
                + words(survey.total())
                + ".");
    for (GuestSystem guest : survey.guests()) {
      html.element("h3", guest + ": " + words(survey.total(guest)));
      header(survey.hypervisors().stream().map(Hypervisor::toString).toList());
      for (Hypervisor from : survey.hypervisors()) {
        html.row().cell(from.toString());
        for (Hypervisor to : survey.hypervisors()) {
          if (from.equals(to)) {
            html.cell("–");
          } else {
            html.badgeCell(
                survey
                    .cell(new SurveyPath(from, to, guest))
                    .score()
                    .map(Score::name)
                    .orElse("place unknown"));
          }
        }
        html.endRow();
      }
      html.endTable();
    }
  }

  private void hosts() {
    html.section("Hypervisors").table("Name", "Product", "Reality", "Driver", "Where");
    for (Map.Entry<String, HypervisorInfo> host : result.hosts().entrySet()) {
      HypervisorInfo info = host.getValue();
      html.row()
          .cell(host.getKey())
          .cell(info.displayName())
          .cell(info.reality().words())
          .cell(info.driver())
          .codeCell(info.uri())
          .endRow();
    }
    html.endTable();
  }

  /** Hosts differ, so the versions of all cycles are put together. */
  private void versions() {
    Map<String, String> versions = new TreeMap<>();
    for (SurveyPair pair : result.pairs()) {
      for (SurveyAttempt attempt : pair.attempts()) {
        for (SurveyCycle cycle : attempt.cycles()) {
          cycle.versions().forEach((name, version) -> put(versions, name, version));
        }
      }
    }
    html.section("Versions").table("What", "Version");
    versions.forEach((name, version) -> html.row().cell(name).cell(version).endRow());
    html.endTable();
    html.element("p", "The results hold for these versions. Begun " + result.startedAt() + ".");
  }

  private static void put(Map<String, String> versions, String name, String version) {
    if (!name.endsWith(" hypervisor")) {
      versions.merge(name, version, (a, b) -> a.contains(b) ? a : a + "; " + b);
    }
  }

  private static String word(@Nullable Score score) {
    return score == null ? "NOT TRIED" : score.name();
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  private static String words(Tally tally) {
    return tally.success()
        + " SUCCESS, "
        + tally.warning()
        + " WARNING, "
        + tally.failure()
        + " FAILURE"
        + (tally.unknown() == 0 ? "" : ", " + tally.unknown() + " without a result");
  }
}
