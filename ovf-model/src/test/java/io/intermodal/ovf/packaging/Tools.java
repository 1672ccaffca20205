package io.intermodal.ovf.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs tools of the system in processes of their own. */
final class Tools {

  private Tools() {}

  /** Aborts the test, visibly, where a tool is missing; fails it where tools are required. */
  static void require(String tool) {
    boolean there =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(f -> !f.isEmpty() && Files.isExecutable(Path.of(f, tool)));
    if (there) {
      return;
    }
    if (Boolean.getBoolean("intermodal.require")) {
      fail(tool + " is not installed, and it is required");
    }
    abort(tool + " is not installed");
  }

  /** Runs GNU tar, where there is one, and hands on what it prints. */
  static void gnuTar(Path folder, List<String> arguments, Consumer<String> output) {
    require("tar");
    List<String> command = new ArrayList<>(List.of("tar"));
    command.addAll(arguments);
    output.accept(run(folder, command));
  }

  /** Runs a command that must succeed; returns what it prints. */
  static String run(Path folder, List<String> command) {
    Path log = folder.resolve("tool.log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("LC_ALL", "C.UTF-8");
      int code = builder.start().waitFor();
      String text = Files.readString(log, UTF_8);
      Files.delete(log);
      assertThat(code).as(command + "\n" + text).isZero();
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
