package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures both ways between the two real hypervisors of the lab in one cycle. It boots the guest a
 * dozen times in all, so it takes a quarter of an hour where they are emulated, and is asked for by
 * a property of its own.
 */
@Tag("lab")
@Tag("long")
class SurveyLabTest {

  @TempDir Path folder;

  @Test
  void measuresQemuAndXenBothWays() throws IOException {
    Properties lab = lab();
    Assumptions.assumeTrue(
        Boolean.getBoolean("intermodal.survey"),
        "it takes a quarter of an hour: ask for it with -Dintermodal.survey=true");
    Path hosts = Path.of(lab.getProperty("lab.dir"), "hosts.json");
    CommandRun run =
        CommandRun.of(
            "survey",
            "run",
            "--hosts",
            hosts,
            "--guest",
            Path.of(lab.getProperty("images"), "guest.qcow2"),
            "--guest-os",
            "Debian 12",
            "--memory",
            "320MiB",
            "--cycles",
            "1",
            "--guest-public-address",
            gateway(lab),
            "--routes",
            "1",
            "--report",
            folder.resolve("report"),
            "--json");

    JsonNode json = run.json();
    assertThat(json.at("/complete").booleanValue()).as(run.all()).isTrue();
    assertThat(json.at("/real").booleanValue()).isTrue();
    assertThat(json.at("/pairs")).hasSize(2);
    for (JsonNode pair : json.at("/pairs")) {
      JsonNode cycle = pair.at("/routes/0/cycles/0");
      assertThat(cycle.at("/breakdown").isNull()).as(cycle.toPrettyString()).isTrue();
      assertThat(pair.at("/stability").textValue()).isEqualTo("INSUFFICIENT");
      assertThat(pair.at("/routes/0/reasons").findValuesAsText("id"))
          .as("the guest starts and stops on both: " + pair.toPrettyString())
          .doesNotContain("1.1.a", "1.1.g");
    }
  }

  /** Returns what stands for a public address: the lab has no way out. */
  private static String gateway(Properties lab) {
    return lab.getProperty("qemu.subnet").replaceAll("[0-9]+/.*", "1");
  }

  private static Properties lab() throws IOException {
    String file = System.getProperty("intermodal.lab", "");
    if (file.isBlank()) {
      String reason = "no lab: start one and name its lab.properties with -Dintermodal.lab";
      if (Boolean.getBoolean("intermodal.require")) {
        fail(reason);
      }
      Assumptions.abort(reason);
    }
    Properties lab = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of(file))) {
      lab.load(in);
    }
    return lab;
  }
}
