package io.intermodal.cli;

import io.intermodal.convert.Loss;
import io.intermodal.convert.Route;
import io.intermodal.evaluate.Cycles;
import io.intermodal.evaluate.Evaluation;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.migrate.CycleResult;
import io.intermodal.migrate.DiskPlan;
import io.intermodal.migrate.DiskRecord;
import io.intermodal.migrate.Failure;
import io.intermodal.migrate.Finding;
import io.intermodal.migrate.MigrationPlan;
import io.intermodal.migrate.MigrationReport;
import io.intermodal.migrate.Step;
import io.intermodal.migrate.StepRecord;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints plans and reports for people. */
final class TransferText {

  private final Console console;
  private final PrintWriter out;

  TransferText(Console console) {
    this.console = console;
    this.out = console.out();
  }

  void print(MigrationPlan plan, boolean packaged) {
    out.println(
        console.bold(
            plan.options().mode().name().toLowerCase(Locale.ROOT)
                + " "
                + plan.sourceSpec().name()));
    out.println("  from      " + plan.source());
    out.println("  to        " + plan.target().displayName() + " (" + plan.target().uri() + ")");
    out.println("  as        " + plan.targetSpec().name());
    out.println("  order     " + order(plan, packaged));
    out.println("  cycles    " + plan.options().cycles());
    out.println("  source    " + sourceAfterwards(plan, packaged));
    out.println();
    TextTable disks = new TextTable(console, "Disk", "Size", "Route", "Other routes");
    for (DiskPlan disk : plan.disks()) {
      List<Route> routes = disk.routes();
      disks.row(
          disk.key(),
          Sizes.text(disk.capacityBytes()),
          disk.blank() ? "made blank" : routes.isEmpty() ? "none" : routes.get(0).explain(),
          Math.max(0, routes.size() - 1));
    }
    disks.print();
    out.println();
    out.println(console.bold("Steps"));
    for (Step step : Step.values()) {
      out.println(String.format(Locale.ROOT, "  %2d  %s", step.number(), step.title()));
    }
    losses(console, plan.losses());
    findings(plan);
    out.println();
    out.println(
        plan.isFeasible()
            ? "Nothing was changed. Run it without --plan."
            : console.toned("ERROR", "It cannot be done like this.") + " Nothing was changed.");
  }

  private static String order(MigrationPlan plan, boolean packaged) {
    if (packaged) {
      return "the package is read where it is; the result is not scored";
    }
    return "the source ("
        + plan.sourceState()
        + ") is stopped first"
        + (plan.options().testSource()
            ? ", after tests that restart it several times"
            : ", without tests");
  }

  private static String sourceAfterwards(MigrationPlan plan, boolean packaged) {
    if (packaged) {
      return "stays as it is";
    }
    return switch (plan.options().mode()) {
      case COPY -> "goes on as it was";
      case MOVE ->
          plan.options().deleteSource()
              ? "is deleted unless the result is a FAILURE"
              : "stays stopped";
    };
  }

  void print(MigrationReport report) {
    out.println();
    steps(report);
    disks(report);
    scores(report);
    losses(console, report.plan().losses());
    Failure failure = report.failure();
    out.println();
    if (failure != null) {
      out.flush();
      console.err().println(console.toned("ERROR", "error: ") + failure.cause().getMessage());
      console.err().println("Afterwards: " + failure.aftermath() + ".");
      return;
    }
    verdict(report);
  }

  private void steps(MigrationReport report) {
    int cycles = report.plan().options().cycles();
    int last = report.steps().isEmpty() ? 1 : report.steps().get(report.steps().size() - 1).cycle();
    if (cycles > 1) {
      out.println("Cycle " + last + " of " + cycles);
    }
    TextTable table = new TextTable(console, "Step", "What", "Outcome", "ms", "Detail");
    for (StepRecord step : report.steps()) {
      if (step.cycle() == last) {
        table.row(
            step.step().number(),
            step.step().title(),
            step.outcome(),
            step.duration().toMillis(),
            step.detail());
      }
    }
    table.print();
  }

  private void disks(MigrationReport report) {
    if (report.cycles().isEmpty()) {
      return;
    }
    CycleResult last = report.cycles().get(report.cycles().size() - 1);
    if (last.disks().isEmpty()) {
      return;
    }
    out.println();
    TextTable table =
        new TextTable(console, "Disk", "Size", "Content", "Route", "SHA-256 of content");
    for (DiskRecord disk : last.disks()) {
      table.row(
          disk.key(),
          Sizes.text(disk.capacityBytes()),
          disk.isIdentical() ? "identical" : "DIFFERS",
          disk.route(),
          disk.targetDigest().substring(0, Math.min(16, disk.targetDigest().length())) + "…");
    }
    table.print();
  }

  private void scores(MigrationReport report) {
    Evaluation evaluation = report.evaluation().orElse(null);
    if (evaluation != null) {
      out.println();
      EvaluateCommand.print(console, evaluation, false);
    }
  }

  static void losses(Console console, List<Loss> losses) {
    console.out().println();
    if (losses.isEmpty()) {
      console.out().println("Nothing was lost on the way.");
      return;
    }
    TextTable table = new TextTable(console, "Lost or changed", "Severity", "Where", "Was", "What");
    for (Loss loss : losses) {
      table.row(loss.rule(), loss.severity(), loss.path(), loss.value(), loss.reason());
    }
    table.print();
  }

  private void findings(MigrationPlan plan) {
    if (plan.findings().isEmpty()) {
      return;
    }
    out.println();
    TextTable table = new TextTable(console, "Preflight", "Severity", "Where", "What", "Remedy");
    for (Finding finding : plan.findings()) {
      table.row(
          finding.rule(),
          finding.severity(),
          finding.object(),
          finding.message(),
          finding.remedy());
    }
    table.print();
  }

  private void verdict(MigrationReport report) {
    MigrationPlan plan = report.plan();
    out.println(
        plan.targetSpec().name()
            + " is at "
            + plan.target().displayName()
            + "; the source: "
            + report.sourceOutcome()
            + ".");
    out.println(
        report
            .evaluation()
            .map(
                evaluation ->
                    "Overall score: "
                        + console.toned(evaluation.score().name())
                        + stability(report.evaluations()))
            .orElse("Not scored: the source was not tested, so there is nothing to compare with."));
    out.println(reality(report));
  }

  private static String stability(@Nullable Cycles evaluations) {
    if (evaluations == null) {
      return "";
    }
    return " ("
        + evaluations.evaluations().size()
        + (evaluations.evaluations().size() == 1 ? " cycle, " : " cycles, ")
        + evaluations.stability().name().toLowerCase(Locale.ROOT)
        + ")";
  }

  private static String reality(MigrationReport report) {
    HypervisorInfo source = report.sourceInfo();
    HypervisorInfo target = report.plan().target();
    if (source != null && source.reality() == target.reality()) {
      return "Both hypervisors are of the kind: " + target.reality().words() + ".";
    }
    return (source == null ? "" : "The source is a " + source.reality().words() + ". ")
        + "The target is a "
        + target.reality().words()
        + ".";
  }
}
