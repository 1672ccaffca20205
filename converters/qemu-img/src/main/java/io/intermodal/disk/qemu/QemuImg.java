package io.intermodal.disk.qemu;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskError;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs {@code qemu-img}: no shell, no input, a bounded answer, stopped when it is cancelled. */
final class QemuImg {

  private static final int POLL_MILLIS = 50;
  private static final int MOST_TEXT = 1 << 20;

  private final Path program;

  private QemuImg(Path program) {
    this.program = program;
  }

  /** Finds the program on the path, without running it. */
  static Optional<QemuImg> find() {
    String path = System.getenv("PATH");
    for (String folder : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, "qemu-img");
      if (!folder.isEmpty() && Files.isExecutable(candidate)) {
        return Optional.of(new QemuImg(candidate));
      }
    }
    return Optional.empty();
  }

  /** Returns what it says of itself, such as {@code qemu-img version 7.2.22}. */
  String version() {
    String text = run(List.of("--version"), "qemu-img", Cancellation.none());
    return text.lines().findFirst().orElse("qemu-img").replaceFirst(" \\(.*", "");
  }

  /**
   * Runs it and returns what it printed.
   *
   * @param work what it is doing, for messages
   * @throws IntermodalException {@code DAMAGED} with its own words
   */
  String run(List<String> arguments, String work, Cancellation cancellation) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C");
    try {
      Path output = Files.createTempFile("intermodal-qemu-", ".out");
      Path errors = Files.createTempFile("intermodal-qemu-", ".err");
      try {
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        int status = await(process, work, cancellation);
        if (status != 0) {
          throw new IntermodalException(
              DiskError.DAMAGED,
              "cannot read " + work + ": qemu-img says: " + text(errors).strip(),
              work,
              null);
        }
        return text(output);
      } finally {
        Files.deleteIfExists(output);
        Files.deleteIfExists(errors);
      }
    } catch (IOException e) {
      throw new IntermodalException(
          CommonError.READ_FAILED, "cannot run qemu-img for " + work, work, e);
    }
  }

  private static int await(Process process, String work, Cancellation cancellation) {
    try {
      while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        cancellation.check(work);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(work);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_TEXT), StandardCharsets.UTF_8);
    }
  }
}
