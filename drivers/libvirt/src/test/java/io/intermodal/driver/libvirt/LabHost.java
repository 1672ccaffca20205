package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * Is a QEMU host that belongs to one test, which may kill it; the guests that run there live on.
 * Needs the lab's command, which is where the lab was started by it.
 */
final class LabHost implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;

  private final String command;
  private final Path folder;
  private final Properties lab;

  private LabHost(Path folder, Properties lab) {
    this.command = Hosts.required(lab, "lab.command");
    this.folder = folder;
    this.lab = lab;
  }

  /** Starts one whose files lie in a folder with a short path. */
  static LabHost start(Path folder) {
    LabHost host = new LabHost(folder, Hosts.lab());
    host.restart();
    return host;
  }

  /** Holds the lab's Xen host as a cut cable would, until it is closed. */
  static AutoCloseable frozenXenHost() {
    Properties lab = Hosts.lab();
    List<String> command =
        List.of(
            "env",
            "INTERMODAL_LAB_DIR=" + Hosts.required(lab, "lab.dir"),
            Hosts.required(lab, "lab.command"),
            "xen");
    run(with(command, "freeze"));
    return () -> run(with(command, "thaw"));
  }

  /** Returns the URI with the pool "lab". */
  String uri() {
    return "qemu+unix:///system?socket=" + folder + "/run/libvirt/libvirt-sock&pool=lab";
  }

  /** Returns the URI with a pool of 24 MiB. */
  String uriOfSmallPool() {
    return "qemu+unix:///system?socket=" + folder + "/run/libvirt/libvirt-sock&pool=small";
  }

  /** Returns the definition of the tiny guest, which runs in seconds and ignores requests. */
  String tinyGuest(String name, String devices) {
    return TinyGuest.onQemu(lab, name, devices);
  }

  /** Kills its libvirtd, as a crash would. */
  void kill() {
    run(List.of(command, "host", folder.toString(), "kill"));
  }

  /** Starts its libvirtd again. */
  void restart() {
    run(List.of(command, "host", folder.toString(), "up"));
  }

  @Override
  public void close() {
    run(List.of(command, "host", folder.toString(), "down"));
  }

  private static List<String> with(List<String> command, String last) {
    List<String> all = new ArrayList<>(command);
    all.add(last);
    return all;
  }

  private static void run(List<String> command) {
    try {
      Path said = Files.createTempFile("lab-", ".out");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String text = Files.readString(said);
      Files.delete(said);
      assertThat(ended).as("%s ended in time; it said: %s", command, text).isTrue();
      assertThat(process.exitValue()).as("%s said: %s", command, text).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
