package io.intermodal.migrate;

import io.intermodal.convert.Loss;
import io.intermodal.evaluate.AggregateResult;
import io.intermodal.evaluate.Cycles;
import io.intermodal.evaluate.Evaluation;
import io.intermodal.evaluate.Relaxation;
import io.intermodal.evaluate.TestResult;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.HypervisorInfo;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a report as one HTML file that needs nothing else: no script, no font, no image from
 * elsewhere. It reads well on paper and in the dark.
 */
public final class HtmlReport {

  private final HtmlPage html = new HtmlPage();
  private final MigrationReport report;

  private HtmlReport(MigrationReport report) {
    this.report = report;
  }

  /** Writes a report. */
  public static String of(MigrationReport report) {
    return new HtmlReport(report).write();
  }

  private String write() {
    String title = report.plan().targetSpec().name() + " to " + report.plan().target().product();
    html.open(title);
    head();
    steps();
    evaluation();
    tests();
    disks();
    losses();
    findings();
    matrixCell();
    versions();
    return html.close();
  }

  private void head() {
    MigrationPlan plan = report.plan();
    html.raw("<header>")
        .element("h1", plan.targetSpec().name())
        .element("p", "From " + plan.source() + " to " + plan.target().displayName() + ".");
    String verdict = report.isComplete() ? "COMPLETED" : "FAILED";
    String score =
        report.evaluation().map(evaluation -> evaluation.score().name()).orElse("NOT SCORED");
    html.raw("<p class=\"verdict\">").badge(verdict).raw(" ").badge(score).raw("</p>");
    Cycles evaluations = report.evaluations();
    if (evaluations != null) {
      html.element(
          "p",
          evaluations.evaluations().size()
              + (evaluations.evaluations().size() == 1
                  ? " cycle; the result is "
                  : " cycles; the result is ")
              + evaluations.stability().name().toLowerCase(Locale.ROOT)
              + " (a result counts when at least "
              + Cycles.MINIMUM
              + " cycles agree).");
    }
    html.element("p", reality());
    html.element("p", "The source: " + report.sourceOutcome() + ".");
    Failure failure = report.failure();
    if (failure != null) {
      html.raw("<p class=\"failure\">")
          .text("Step " + failure.step().number() + ", " + failure.step().title() + ": ")
          .text(String.valueOf(failure.cause().getMessage()))
          .raw("</p>");
    }
    html.raw("</header>");
  }

  private String reality() {
    HypervisorInfo source = report.sourceInfo();
    HypervisorInfo target = report.plan().target();
    String from =
        source == null ? "The source is a package" : "The source is a " + source.reality().words();
    return from + ", the target is a " + target.reality().words() + ".";
  }

  private void steps() {
    html.section("Steps").table("", "Step", "Outcome", "What was done", "Time");
    for (StepRecord step : report.steps()) {
      html.row()
          .cell(
              (report.plan().options().cycles() > 1 ? step.cycle() + "." : "")
                  + step.step().number())
          .cell(step.step().title())
          .badgeCell(step.outcome().name())
          .cell(step.detail())
          .numberCell(step.duration().toMillis() + " ms")
          .endRow();
    }
    html.endTable();
  }

  private void evaluation() {
    Evaluation evaluation = report.evaluation().orElse(null);
    if (evaluation == null) {
      html.section("Scores")
          .element(
              "p",
              report.isComplete()
                  ? "Not scored: the source was not tested, so there is nothing to compare with."
                  : "Not scored: the migration did not complete.");
      return;
    }
    html.section("Scores").table("Test", "Name", "Score", "Why");
    for (AggregateResult aggregate : evaluation.aggregates()) {
      html.row()
          .cell(aggregate.aggregate().id().text())
          .cell(aggregate.aggregate().title())
          .badgeCell(aggregate.score().name())
          .cell(aggregate.explanation())
          .endRow();
    }
    for (TestResult test : evaluation.tests()) {
      html.row()
          .cell(test.id().text())
          .cell(test.name())
          .badgeCell(test.score().name())
          .cell(test.explanation())
          .endRow();
    }
    html.endTable();
    html.element(
        "p",
        "Without relaxations the overall score is " + evaluation.scoreWithoutRelaxations() + ".");
    for (Relaxation relaxation : evaluation.rules().relaxations()) {
      html.element(
          "p",
          "Relaxed: "
              + relaxation.test()
              + ", "
              + relaxation.reason()
              + ", agreed by "
              + relaxation.agreedBy()
              + ".");
    }
    html.raw("<details><summary>Rules</summary>")
        .element("pre", evaluation.rules().toText())
        .raw("</details>");
  }

  private void tests() {
    List<CycleResult> cycles = report.cycles();
    if (!cycles.isEmpty()) {
      TestRunHtml.write(html, cycles.get(cycles.size() - 1));
    }
  }

  private void disks() {
    List<DiskRecord> disks =
        report.cycles().isEmpty()
            ? List.of()
            : report.cycles().get(report.cycles().size() - 1).disks();
    html.section("Disks").table("Disk", "Route", "Size", "Read", "Written", "Content", "Digest");
    for (DiskRecord disk : disks) {
      html.row()
          .cell(disk.key())
          .cell(disk.route() + (disk.note() == null ? "" : " (" + disk.note() + ")"))
          .numberCell(String.valueOf(disk.capacityBytes()))
          .numberCell(String.valueOf(disk.bytesRead()))
          .numberCell(String.valueOf(disk.bytesWritten()))
          .badgeCell(disk.isIdentical() ? "IDENTICAL" : "DIFFERS")
          .codeCell(disk.targetDigest())
          .endRow();
    }
    html.endTable();
  }

  private void losses() {
    html.section("What was lost or changed");
    if (report.plan().losses().isEmpty()) {
      html.element("p", "Nothing.");
      return;
    }
    html.table("Rule", "Severity", "Where", "Was", "What happened", "What to do");
    for (Loss loss : report.plan().losses()) {
      html.row()
          .codeCell(loss.rule())
          .badgeCell(loss.severity().name())
          .codeCell(loss.path())
          .cell(loss.value())
          .cell(loss.reason())
          .cell(loss.remedy())
          .endRow();
    }
    html.endTable();
  }

  private void findings() {
    html.section("Preflight");
    if (report.plan().findings().isEmpty()) {
      html.element("p", "Nothing to remark.");
      return;
    }
    html.table("Rule", "Severity", "Where", "What", "What to do");
    for (Finding finding : report.plan().findings()) {
      html.row()
          .codeCell(finding.rule())
          .badgeCell(finding.severity().name())
          .codeCell(finding.object())
          .cell(finding.message())
          .cell(finding.remedy())
          .endRow();
    }
    html.endTable();
  }

  /**
   * The pair's cell, in the form of the published survey's matrices: from the row to the column.
   */
  private void matrixCell() {
    HypervisorInfo source = report.sourceInfo();
    if (source == null) {
      return;
    }
    GuestOs os = report.plan().sourceSpec().guestOs();
    html.section("Cell of the matrix")
        .element("p", "Guest: " + (os == null ? "not stated" : os.displayName()) + ".")
        .table("from \\ to", report.plan().target().displayName());
    html.row()
        .cell(source.displayName())
        .badgeCell(
            report.evaluation().map(evaluation -> evaluation.score().name()).orElse("NOT SCORED"))
        .endRow()
        .endTable();
  }

  private void versions() {
    html.section("Versions").table("What", "Version");
    for (Map.Entry<String, String> version : report.versions().entrySet()) {
      html.row().cell(version.getKey()).cell(version.getValue()).endRow();
    }
    html.endTable();
    html.element("p", "The result holds for these versions. Made " + report.startedAt() + ".");
  }
}
