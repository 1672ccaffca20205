package io.intermodal.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;

  private MigrationReport report(String name) {
    try (Hypervisor vsphere = TestMachines.open(folder.resolve("vsphere"), "vsphere");
        Hypervisor kvm = TestMachines.open(folder.resolve("kvm"), "kvm")) {
      Machine machine = TestMachines.onVsphere(vsphere, TestMachines.spec(name));
      return Migration.of(MigrationSource.machine(machine), kvm)
          .clock(Clock.fixed(NOW, ZoneOffset.UTC))
          .run();
    }
  }

  @Test
  void htmlNeedsNothingElseAndEscapesWhatIsNotOurs() {
    String html = HtmlReport.of(report("<b onload=\"x\">&"));

    assertThat(html)
        .startsWith("<!DOCTYPE html>")
        .contains("&lt;b onload=&quot;x&quot;&gt;&amp;")
        .doesNotContain("<b onload")
        .doesNotContain("<script", "http-equiv", "<link", "<img", "@import");
  }

  @Test
  void htmlTellsStepsScoresLossesVersionsAndTheCell() {
    assertThat(HtmlReport.of(report("web")))
        .contains(
            "hypervisor tests at the source",
            "2.3.a",
            "the guest answered through hypervisor",
            "NOT_PERFORMED",
            "nic.model.mapped",
            "Cell of the matrix",
            "simulated folder",
            "disk converter disk-images",
            "2026-01-02T03:04:05Z");
  }

  @Test
  void jsonHoldsTheObservationsThatGaveTheScore() {
    MigrationReport report = report("web");

    JsonNode json = JsonReport.of(report);

    assertThat(json.get("schema").textValue()).isEqualTo("io.intermodal.report/1");
    assertThat(json.get("outcome").textValue()).isEqualTo("COMPLETED");
    assertThat(json.get("overall").textValue()).isEqualTo("WARNING");
    assertThat(json.get("steps")).hasSize(Step.values().length);
    JsonNode cycle = json.get("cycles").get(0);
    assertThat(cycle.get("disks").get(0).get("identical").booleanValue()).isTrue();
    ObservationsJson.Sides sides =
        ObservationsJson.read(cycle.get("observations").toString(), "report");
    assertThat(sides.source()).isEqualTo(report.cycles().get(0).source());
    JsonNode tests = cycle.at("/tests/target");
    assertThat(tests.get("hypervisor")).hasSize(18);
    assertThat(tests.at("/guest/via").textValue()).isEqualTo("hypervisor");
    assertThat(tests.at("/guest/steps/0/test").textValue()).isEqualTo("2.1.a");
    assertThat(tests.at("/guest/steps/0/outcome").textValue()).isEqualTo("PERFORMED");
    assertThat(json.get("plan").get("losses")).isNotEmpty();
    assertThat(json.get("versions").get("guest operating system").textValue())
        .isEqualTo("Debian 12");
  }

  @Test
  void htmlShowsNoCharacterThatChangesHowOthersLook() {
    HtmlPage page = new HtmlPage();
    page.open("a\u0000b\u001b[31m");
    page.cell("x\u202egnp.exe\u0085\u009b\ud800\uffff").codeCell("tab\tline\n\ud83d\udea2");

    assertThat(page.close())
        .contains("a\ufffdb\ufffd[31m", "x\ufffdgnp.exe\ufffd\ufffd\ufffd\ufffd")
        .contains("tab\tline\n\ud83d\udea2")
        .doesNotContain("\u0000", "\u001b", "\u202e", "\u009b", "\ud800\uffff");
  }

  @Test
  void htmlBoundsHugeTexts() {
    HtmlPage page = new HtmlPage();

    page.cell("n".repeat(1 << 20)).codeCell("k".repeat(1 << 20));

    assertThat(page.close().length()).isLessThan(3000);
  }
}
