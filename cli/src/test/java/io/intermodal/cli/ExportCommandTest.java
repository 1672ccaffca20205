package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests {@code export}. */
class ExportCommandTest {

  @TempDir Path folder;
  private Path appliance;

  @BeforeEach
  void write() {
    appliance = DemoAppliance.write(folder.resolve("appliance.ova"));
  }

  private String imported(String profile) {
    String uri = "local:" + folder.resolve(profile) + "?profile=" + profile;
    CommandRun run =
        CommandRun.of(
            "move", appliance, "--to", uri, "--report", folder.resolve("report-" + profile));
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(CommandRun.of("vm", uri, "stop", "demo-web").exitCode()).isZero();
    return uri;
  }

  @ParameterizedTest
  @ValueSource(strings = {"kvm", "xen", "vsphere", "hyperv"})
  void writesAPackageWithTheContentOfTheMachine(String profile) throws IOException {
    String uri = imported(profile);
    Path ova = folder.resolve("out.ova");
    CommandRun run = CommandRun.of("export", uri + "#demo-web", "-o", ova, "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    JsonNode json = run.json();
    assertThat(json.at("/descriptor").asText()).isEqualTo("demo-web.ovf");
    assertThat(json.at("/disks")).hasSize(2);
    assertThat(CommandRun.of("verify", ova).exitCode()).isZero();
    for (int i = 0; i < 2; i++) {
      String before =
          CommandRun.of("disk", "hash", "--disk", "disk" + (i + 1), appliance)
              .out()
              .split(" ", 2)[0];
      assertThat(json.at("/disks/" + i + "/contentDigest").asText()).isEqualTo(before);
    }
    CommandRun inspected = CommandRun.of("inspect", "--json", ova);
    assertThat(inspected.json().at("/machines/0/disks")).hasSize(2);
    assertThat(inspected.json().at("/machines/0/memoryBytes").asLong()).isEqualTo(1L << 30);
  }

  @Test
  void writesAFolderAndRefusesToReplaceOne() {
    String uri = imported("kvm");
    Path out = folder.resolve("out");
    CommandRun run = CommandRun.of("export", uri, "-o", out);
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("demo-web.ovf and 2 disks of demo-web, read back and equal");
    assertThat(CommandRun.of("verify", out).exitCode()).isZero();
    CommandRun again = CommandRun.of("export", uri, "-o", out);
    assertThat(again.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(again.err()).contains("exists").contains("--force");
  }

  @Test
  void leavesNothingWhenTheMachineRuns() {
    String uri = imported("kvm");
    assertThat(CommandRun.of("vm", uri, "start", "demo-web").exitCode()).isZero();
    Path ova = folder.resolve("out.ova");
    CommandRun run = CommandRun.of("export", uri, "-o", ova);
    assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains("demo-web").contains("STOPPED");
    assertThat(Files.exists(ova)).isFalse();
  }
}
