package io.intermodal.driver.local;

import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineImport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Is a session in a JVM of its own, to be killed in the middle of its work. */
final class ForkedSession implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private ForkedSession(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts the work and returns when it is in the middle of it. */
  static ForkedSession start(Path folder, String work) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-Xmx64m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ForkedSession.class.getName(),
                    folder.toString(),
                    work))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ForkedSession session = new ForkedSession(process);
    String line = session.output.readLine();
    if (!"ready".equals(line)) {
      session.close();
      throw new IOException("the forked session said " + line);
    }
    return session;
  }

  long pid() {
    return process.pid();
  }

  /** Kills it as the kernel would. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("process " + process.pid() + " does not die");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Runs in the forked JVM: {@code main(folder, work)}. */
  public static void main(String[] arguments) throws Exception {
    try (Hypervisor hypervisor = Folders.open(Path.of(arguments[0]), "xen")) {
      switch (arguments[1]) {
        case "import" -> {
          MachineImport making = hypervisor.importMachine(Folders.spec("web").build());
          Folders.write(making.openDisk("disk0", "raw"), "half", Folders.MIB / 2);
          sayReady();
          Thread.sleep(Duration.ofMinutes(5).toMillis());
          making.close();
        }
        case "export" -> {
          hypervisor.exportMachine(hypervisor.machine("web"));
          sayReady();
          Thread.sleep(Duration.ofMinutes(5).toMillis());
        }
        case "change" -> changeForEver(hypervisor.machine("web"));
        default -> throw new IllegalArgumentException(arguments[1]);
      }
    }
  }

  private static void changeForEver(Machine machine) {
    for (int round = 0; ; round++) {
      machine.start();
      machine.stop(Duration.ZERO);
      machine.snapshot("s");
      machine.setCpus(1 + round % 8);
      machine.attachDisk(new DiskSpec("more", Folders.MIB, null, null));
      machine.revert("s");
      machine.deleteSnapshot("s");
      if (round == 0) {
        sayReady();
      }
    }
  }

  private static void sayReady() {
    System.out.println("ready");
    System.out.flush();
  }
}
