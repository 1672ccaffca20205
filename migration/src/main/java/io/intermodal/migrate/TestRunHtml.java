package io.intermodal.migrate;

import io.intermodal.migrate.guest.ProbeReport;
import io.intermodal.migrate.guest.ProbeStep;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what was done for each test, as a part of {@link HtmlReport}. */
final class TestRunHtml {

  private TestRunHtml() {}

  static void write(HtmlPage html, CycleResult cycle) {
    html.section("Tests");
    write(html, "Source", cycle.sourceTests());
    write(html, "Target", cycle.targetTests());
  }

  private static void write(HtmlPage html, String side, @Nullable TestRun run) {
    if (run == null) {
      html.element("p", side + ": not tested.");
      return;
    }
    ProbeReport guest = run.guest();
    html.element("p", side + ": " + (guest == null ? "the guest was not asked." : words(guest)));
    html.raw("<details><summary>" + side + ": what was done</summary>");
    html.table("Test", "What", "Through", "Outcome", "Why", "Time");
    rows(html, run.hypervisor());
    if (guest != null) {
      rows(html, guest.steps());
    }
    html.endTable().raw("</details>");
  }

  private static String words(ProbeReport guest) {
    String how =
        guest.isAnswered()
            ? "the guest answered through "
                + guest.via()
                + " after "
                + guest.waited().toMillis()
                + " ms"
            : "nobody in the guest answered within " + guest.waited().toMillis() + " ms";
    return how
        + " ("
        + guest.tries()
        + (guest.tries() == 1 ? " try)" : " tries)")
        + (guest.silence() == null ? "." : "; " + guest.silence() + ".");
  }

  private static void rows(HtmlPage html, List<ProbeStep> steps) {
    for (ProbeStep step : steps) {
      Duration duration = step.duration();
      html.row()
          .cell(step.test())
          .cell(step.action())
          .cell(step.via())
          .badgeCell(step.outcome().name())
          .cell(step.reason())
          .numberCell(duration == null ? "" : duration.toMillis() + " ms")
          .endRow();
    }
  }
}
