package io.intermodal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Other people's code for disk images, run by {@code node} as a process of its own. Where it lies
 * is said by {@code intermodal.node.modules}.
 */
final class Node {

  private Node() {}

  /** Skips the test where a package is not installed, or fails it where it must be. */
  static void require(String module) {
    String folder = System.getProperty("intermodal.node.modules", "");
    boolean there = !folder.isEmpty() && Files.isDirectory(Path.of(folder, module));
    if (Boolean.getBoolean("intermodal.require")) {
      assertThat(there)
          .as("intermodal.node.modules names a folder with %s, which is required", module)
          .isTrue();
    }
    assumeTrue(there, "intermodal.node.modules names no folder with " + module);
  }

  /**
   * Runs a script, which finds the packages by {@code require(process.env.NODE_PATH + '/name')},
   * and returns what it prints.
   *
   * @param script a name in {@code src/test/resources/io/intermodal/disk}
   */
  static String run(String script, String... arguments) throws IOException {
    ToolRun outcome = tryRun(script, arguments);
    assertThat(outcome.status()).as("node %s: %s", script, outcome.output()).isZero();
    return outcome.output();
  }

  /** Runs a script that may fail. */
  static ToolRun tryRun(String script, String... arguments) throws IOException {
    Path file = Path.of("src", "test", "resources", "io", "intermodal", "disk", script);
    List<String> command = new ArrayList<>(List.of("node", file.toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    String modules = System.getProperty("intermodal.node.modules", "");
    return ToolRun.of(Map.of("NODE_PATH", modules), command);
  }
}
