package io.intermodal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A third reader of VHD: {@code vhdiinfo}. It accepts wrong checksums, so it judges only what is
 * right.
 */
final class Vhdi {

  private Vhdi() {}

  /** Skips the test where it is not installed, or fails it where it must be. */
  static void require() {
    boolean there;
    try {
      there = run(List.of("vhdiinfo", "-V")).contains("vhdiinfo");
    } catch (IOException e) {
      there = false;
    }
    if (Boolean.getBoolean("intermodal.require")) {
      assertThat(there).as("vhdiinfo is installed").isTrue();
    }
    assumeTrue(there, "vhdiinfo is not installed");
  }

  /** Returns what it says about an image. */
  static String info(Path image) throws IOException {
    return run(List.of("vhdiinfo", image.toString()));
  }

  private static String run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
