package io.intermodal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What another program said. */
record ToolRun(int status, String output) {

  /** Runs a program to its end. */
  static ToolRun of(String... command) throws IOException {
    return of(Map.of(), List.of(command));
  }

  /** Runs a program to its end, with more in its environment. */
  static ToolRun of(Map<String, String> environment, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new ToolRun(process.waitFor(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Runs a program that must succeed, and returns what it said. */
  static String ok(String... command) throws IOException {
    ToolRun run = of(command);
    assertThat(run.status()).as("%s: %s", String.join(" ", command), run.output()).isZero();
    return run.output();
  }

  /** Skips the test where a program is missing, or fails it where it must be there. */
  static void require(String what, String... probe) {
    boolean there;
    try {
      there = of(probe).status() == 0;
    } catch (IOException e) {
      there = false;
    }
    if (Boolean.getBoolean("intermodal.require")) {
      assertThat(there).as("%s is installed", List.of(probe)).isTrue();
    }
    assumeTrue(there, what + " is not installed");
  }
}
