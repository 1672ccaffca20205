package io.intermodal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program of somebody else that judges images or makes them. */
record Tool(String name) {

  /** Skips the test where the program is missing, or fails it where it must be there. */
  static Tool require(String name, String versionOption) {
    Tool tool = new Tool(name);
    ToolRun.require(name, name, versionOption);
    return tool;
  }

  /** Runs it and returns what it printed; any status but 0 fails the test. */
  String ok(String... arguments) throws IOException {
    ToolRun outcome = run(arguments);
    assertThat(outcome.status())
        .as("%s %s: %s", name, String.join(" ", arguments), outcome.output())
        .isZero();
    return outcome.output();
  }

  ToolRun run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(List.of(arguments));
    return ToolRun.of(Map.of(), command);
  }
}
