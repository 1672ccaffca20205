package io.intermodal.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Is a command in a JVM of its own, to be stopped in the middle of its work. */
final class ForkedCommand implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path out;
  private final Path err;

  private ForkedCommand(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts a command whose output goes to files in a folder. */
  static ForkedCommand start(Path folder, Object... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new ForkedCommand(process, out, err);
  }

  /** Returns when a disk is being written at a target and is at least so long. */
  void awaitWriting(Path target, long bytes) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (longest(target) < bytes) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("it is not in the middle of its work: " + output());
      }
      Thread.sleep(2);
    }
  }

  private static long longest(Path target) throws IOException {
    if (!Files.isDirectory(target)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(target)) {
      return files
          .filter(file -> file.toString().endsWith(".part"))
          .mapToLong(file -> file.toFile().length())
          .max()
          .orElse(0);
    } catch (UncheckedIOException e) {
      return 0; // A folder went away while it was read.
    }
  }

  /** Kills it as the kernel would. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    await();
  }

  /** Asks it to end, as a service manager would, and returns its exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return await();
  }

  /** Presses Ctrl-C, and returns its exit code. */
  int interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    return await();
  }

  private int await() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("process " + process.pid() + " does not end");
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(out) + Files.readString(err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
