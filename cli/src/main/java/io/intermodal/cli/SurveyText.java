package io.intermodal.cli;

import io.intermodal.ErrorCategory;
import io.intermodal.evaluate.Score;
import io.intermodal.evaluate.Stability;
import io.intermodal.evaluate.survey.Tally;
import io.intermodal.migrate.SurveyAttempt;
import io.intermodal.migrate.SurveyCycle;
import io.intermodal.migrate.SurveyPair;
import io.intermodal.migrate.SurveyReason;
import io.intermodal.migrate.SurveyResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Prints a survey for people, and says how the command ends. */
final class SurveyText {

  private static final int MAX_REASONS = 6;

  private final Console console;

  SurveyText(Console console) {
    this.console = console;
  }

  void print(SurveyResult result) {
    List<String> names = List.copyOf(result.hosts().keySet());
    List<String> headings = new ArrayList<>(List.of("from \\ to"));
    headings.addAll(names);
    TextTable table = new TextTable(console, headings.toArray(String[]::new));
    for (String from : names) {
      List<Object> row = new ArrayList<>(List.of(from));
      names.forEach(to -> row.add(cell(result, from, to)));
      table.row(row.toArray());
    }
    table.print();
    result.pairs().forEach(this::reasons);
    Tally totals = result.totals();
    console
        .out()
        .println(
            "In all: "
                + totals.success()
                + " SUCCESS, "
                + totals.warning()
                + " WARNING, "
                + totals.failure()
                + " FAILURE; * does not count: too few cycles, or they differ.");
    if (!result.isReal()) {
      console.out().println("Simulated: at one host at least no machine really ran.");
    }
  }

  private static String cell(SurveyResult result, String from, String to) {
    return result.pairs().stream()
        .filter(pair -> pair.from().equals(from) && pair.to().equals(to))
        .findFirst()
        .flatMap(SurveyPair::best)
        .map(
            best ->
                Objects.requireNonNull(best.score(), "score").name()
                    + (best.stability() == Stability.STABLE ? "" : " *"))
        .orElse("-");
  }

  private void reasons(SurveyPair pair) {
    SurveyAttempt best = pair.best().orElse(null);
    if (best == null || best.reasons().isEmpty()) {
      return;
    }
    console.out().println(pair.from() + " to " + pair.to() + " by " + best.route() + ":");
    // What the rules make of the tests is plain from the score; the tests are what explains it.
    List<SurveyReason> reasons =
        best.reasons().stream().filter(reason -> !reason.id().startsWith("3.")).toList();
    for (SurveyReason reason : reasons.subList(0, Math.min(MAX_REASONS, reasons.size()))) {
      console.out().println("  " + sentence(reason));
    }
    if (reasons.size() > MAX_REASONS) {
      console.out().println("  and " + (reasons.size() - MAX_REASONS) + " more in the report");
    }
  }

  private static String sentence(SurveyReason reason) {
    return reason.explanation().startsWith(reason.id())
        ? reason.explanation()
        : reason.id() + ", " + reason.title() + ": " + reason.explanation();
  }

  /**
   * As for a move: what broke down tells whose affair it is, the gravest first; then the scores.
   */
  static int exitCode(SurveyResult result) {
    int code = ExitCodes.DONE;
    for (SurveyPair pair : result.pairs()) {
      if (pair.score() == Score.FAILURE) {
        code = Math.max(code, pairCode(pair));
      }
    }
    return code;
  }

  private static int pairCode(SurveyPair pair) {
    return pair.best().stream()
        .flatMap(best -> best.cycles().stream())
        .map(SurveyCycle::breakdown)
        .filter(Objects::nonNull)
        .map(SurveyCycle.Breakdown::category)
        .mapToInt(SurveyText::codeOf)
        .max()
        .orElse(ExitCodes.NEGATIVE);
  }

  private static int codeOf(ErrorCategory category) {
    return ExitCodes.of(category);
  }
}
