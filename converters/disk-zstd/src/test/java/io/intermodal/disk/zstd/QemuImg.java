package io.intermodal.disk.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The judge of our images. */
final class QemuImg {

  private QemuImg() {}

  /** Skips the test where there is no judge, or fails it where there must be one. */
  static void require() {
    boolean there;
    try {
      run("--version");
      there = true;
    } catch (IOException e) {
      there = false;
    }
    assertThat(there || !Boolean.getBoolean("intermodal.require")).isTrue();
    assumeTrue(there, "qemu-img is not installed");
  }

  static void run(Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("qemu-img"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
