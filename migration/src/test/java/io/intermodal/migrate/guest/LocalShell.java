package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestResult;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs commands on this machine, as if it were a guest. */
final class LocalShell implements GuestShell {

  final List<String> commands = new ArrayList<>();
  private final List<String> program;

  LocalShell(String... program) {
    this.program = List.of(program);
  }

  @Override
  public String via() {
    return "local";
  }

  @Override
  public GuestResult run(String command, byte[] input, Duration patience) {
    commands.add(command);
    List<String> line = new ArrayList<>(program);
    line.addAll(List.of("-c", command));
    try {
      Path output = Files.createTempFile("shell", ".out");
      Path errors = Files.createTempFile("shell", ".err");
      Path in = Files.createTempFile("shell", ".in");
      try {
        Files.write(in, input);
        Process process =
            new ProcessBuilder(line)
                .redirectInput(in.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          throw new HypervisorException(
              HypervisorError.GUEST_TIMEOUT, "local", "cannot run a command: too slow", null);
        }
        return new GuestResult(
            process.exitValue(),
            Files.readString(output, StandardCharsets.UTF_8),
            Files.readString(errors, StandardCharsets.UTF_8),
            false);
      } finally {
        Files.delete(output);
        Files.delete(errors);
        Files.delete(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {}
}
