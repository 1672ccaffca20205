package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

  @TempDir static Path folder;
  private static Path dir;
  private static CommandRun demo;

  @BeforeAll
  static void runOnce() {
    dir = folder.resolve("new demo");
    demo = CommandRun.of("demo", "--dir", dir);
  }

  @Test
  void movesBothDisksAndScoresTheMove() {
    assertThat(demo.exitCode()).as(demo.all()).isZero();
    assertThat(demo.out())
        .contains("Both hypervisors are simulated folders under " + dir)
        .containsPattern("disk1 +256 MiB +identical ")
        .containsPattern("disk2 +64 MiB +identical ")
        .contains("Overall score: WARNING")
        .contains("Both hypervisors are of the kind: simulated folder.")
        .doesNotContain("DIFFERS", "\u001b");
  }

  @Test
  void keepsBothReports() throws IOException {
    assertThat(demo.out()).contains("Report: " + dir.resolve("report/report.html"));
    JsonNode report = CommandRun.json(Files.readString(dir.resolve("report/report.json")));
    assertThat(report.get("schema").textValue()).isEqualTo("io.intermodal.report/1");
    assertThat(report.get("outcome").textValue()).isEqualTo("COMPLETED");
    assertThat(report.get("overall").textValue()).isEqualTo("WARNING");
    assertThat(Files.readString(dir.resolve("report/report.html")))
        .contains("demo-web", "WARNING", "simulated folder");
  }

  /** Whoever doubts a score can have it made again from what the report says was seen. */
  @Test
  void scoresTheSameFromTheObservationsOfTheReport() throws IOException {
    JsonNode cycle =
        CommandRun.json(Files.readString(dir.resolve("report/report.json"))).get("cycles").get(0);
    Path observations =
        Files.writeString(folder.resolve("seen.json"), cycle.get("observations").toString());
    CommandRun again = CommandRun.of("evaluate", observations, "--json");
    assertThat(again.exitCode()).as(again.all()).isZero();
    assertThat(again.json()).isEqualTo(cycle.get("evaluation"));
  }

  @Test
  void leavesOneOfTheTwoMachinesRunning() {
    JsonNode source = CommandRun.of("vm", "local:" + dir + "/vsphere", "list", "--json").json();
    JsonNode target = CommandRun.of("vm", "local:" + dir + "/kvm", "list", "--json").json();
    assertThat(source.get("machines").get(0).get("state").textValue()).isEqualTo("STOPPED");
    assertThat(target.get("machines").get(0).get("state").textValue()).isEqualTo("STARTED");
  }

  @Test
  void refusesAFolderThatIsNotEmpty() {
    CommandRun again = CommandRun.of("demo", "--dir", dir);
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("it is not empty; name a new folder");
    CommandRun json = CommandRun.of("demo", "--dir", dir, "--json");
    assertThat(json.exitCode()).isEqualTo(2);
    assertThat(json.json().get("code").textValue()).isEqualTo("FILE_EXISTS");
  }

  @Test
  void writesTheReportAsJson() {
    CommandRun run = CommandRun.of("demo", "--dir", folder.resolve("json"), "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.json().get("overall").textValue()).isEqualTo("WARNING");
    assertThat(run.json().get("steps")).hasSize(11);
    JsonNode disks = run.json().get("cycles").get(0).get("disks");
    assertThat(disks).hasSize(2);
    for (JsonNode disk : disks) {
      assertThat(disk.get("identical").booleanValue()).isTrue();
    }
  }
}
