package io.intermodal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The judge of our images: {@code qemu-img}. */
final class Qemu {

  private Qemu() {}

  /** Skips the test where there is no judge, or fails it where there must be one. */
  static void require() {
    ToolRun.require("qemu-img", "qemu-img", "--version");
  }

  static boolean isThere() {
    try {
      return run(List.of("--version")).status() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  static void check(Path image) throws IOException {
    ok("check", "-q", "-f", "qcow2", image.toString());
  }

  static void check(String format, Path image) throws IOException {
    ok("check", "-q", "-f", format, image.toString());
  }

  /** Returns the size that a guest would see, and the bytes that the file takes of the disk. */
  static long[] sizes(String format, Path image) throws IOException {
    ToolRun outcome = run(List.of("info", "--output=json", "-f", format, image.toString()));
    assertThat(outcome.status()).as(outcome.output()).isZero();
    return new long[] {
      number(outcome.output(), "virtual-size"), number(outcome.output(), "actual-size")
    };
  }

  private static long number(String json, String key) {
    Matcher matcher = Pattern.compile("\"" + key + "\": (\\d+)").matcher(json);
    assertThat(matcher.find()).as(json).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  static void convert(String options, Path raw, String format, Path image) throws IOException {
    List<String> command = new ArrayList<>(List.of("convert", "-f", "raw", "-O", format));
    if (!options.isEmpty()) {
      command.addAll(List.of("-o", options));
    }
    command.addAll(List.of(raw.toString(), image.toString()));
    ok(command.toArray(new String[0]));
  }

  static void same(String formatA, Path a, String formatB, Path b) throws IOException {
    ok("compare", "-q", "-f", formatA, "-F", formatB, a.toString(), b.toString());
  }

  static void ok(String... arguments) throws IOException {
    ToolRun outcome = run(List.of(arguments));
    assertThat(outcome.status())
        .as("qemu-img %s: %s", String.join(" ", arguments), outcome.output())
        .isZero();
  }

  /** Lets qemu-io, which comes with qemu-img, change an image of qcow2. */
  static void io(Path image, String... commands) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-f", "qcow2"));
    for (String command : commands) {
      arguments.addAll(List.of("-c", command));
    }
    arguments.add(image.toString());
    ToolRun outcome = run("qemu-io", arguments);
    assertThat(outcome.status()).as("qemu-io: %s", outcome.output()).isZero();
    assertThat(outcome.output()).doesNotContain("failed");
  }

  /** Returns how much of the file system an image takes. */
  static long allocatedBytes(Path image) throws IOException {
    String info = says("info", "--output=json", "-f", "qcow2", image.toString());
    Matcher size = Pattern.compile("\"actual-size\": (\\d+)").matcher(info);
    assertThat(size.find()).as(info).isTrue();
    return Long.parseLong(size.group(1));
  }

  /** Returns what {@code qemu-img} says, whatever its status. */
  static String says(String... arguments) throws IOException {
    return run(List.of(arguments)).output();
  }

  private static ToolRun run(List<String> arguments) throws IOException {
    return run("qemu-img", arguments);
  }

  private static ToolRun run(String program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(arguments);
    return ToolRun.of(Map.of(), command);
  }
}
