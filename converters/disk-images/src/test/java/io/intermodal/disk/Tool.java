package io.intermodal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A program of somebody else that judges images or makes them. */
record Tool(String name) {

  /** Skips the test where the program is missing, or fails it where it must be there. */
  static Tool require(String name, String versionOption) {
    Tool tool = new Tool(name);
    boolean there;
    try {
      there = tool.run(versionOption).status() == 0;
    } catch (IOException e) {
      there = false;
    }
    if (Boolean.getBoolean("intermodal.require")) {
      assertThat(there).as("%s is installed", name).isTrue();
    }
    assumeTrue(there, name + " is not installed");
    return tool;
  }

  /** Runs it and returns what it printed; any status but 0 fails the test. */
  String ok(String... arguments) throws IOException {
    Outcome outcome = run(arguments);
    assertThat(outcome.status())
        .as("%s %s: %s", name, String.join(" ", arguments), outcome.output())
        .isZero();
    return outcome.output();
  }

  Outcome run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Outcome(process.waitFor(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** How a run ended. */
  record Outcome(int status, String output) {}
}
