package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.convert.Converters;
import io.intermodal.convert.spi.DiskConverter;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.GuestAddress;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.NicSpec;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lets the Debian guest of the lab run on QEMU from an image, and then on Xen as a para-virtual
 * guest that pygrub finds the kernel of. Takes minutes: both hosts emulate the processor.
 */
@Tag("long")
final class DebianMoveTest {

  private static final System.Logger LOG = System.getLogger(DebianMoveTest.class.getName());
  private static final String NAME = "x-debian";
  private static final String DISK = "system disk";
  private static final Duration BOOT = Duration.ofMinutes(8);

  /** New for each run: the lease of an earlier guest is listed for an hour. */
  private static final String MAC =
      String.format("52:54:00:78:01:%02x", ThreadLocalRandom.current().nextInt(256));

  private static final MachineSpec DEBIAN =
      MachineSpec.named(NAME)
          .cpus(1)
          .memoryBytes(384L << 20)
          .firmware(Firmware.BIOS)
          .guestOs(new GuestOs(96, "12", null, "Debian 12"))
          .addDisk(new DiskSpec(DISK, 1_258_291_200L, DiskBus.VIRTIO, 0))
          .addNic(new NicSpec("lan", "virtio", "default", MAC))
          .build();

  private static Properties lab;
  private static LibvirtHypervisor qemu;
  private static LibvirtHypervisor xen;
  private static DiskConverter engine;

  @BeforeAll
  static void open() {
    lab = Hosts.lab();
    engine = Converters.load().readerOf("qcow2");
    qemu = Hosts.open(lab.getProperty("qemu.uri") + "&pool=" + lab.getProperty("qemu.pool"));
    xen = Hosts.open(lab.getProperty("xen.uri") + "?pool=" + lab.getProperty("xen.pool"));
    remove();
  }

  @AfterAll
  static void close() {
    if (qemu != null && xen != null) {
      remove();
      qemu.close();
      xen.close();
    }
  }

  private static void remove() {
    for (LibvirtHypervisor host : List.of(qemu, xen)) {
      host.findMachine(NAME)
          .ifPresent(
              machine -> {
                if (machine.state() != MachineState.STOPPED) {
                  machine.stop(Duration.ZERO);
                }
                machine.delete();
              });
    }
  }

  @Test
  void bootsWhatItWasGivenOnQemuAndThenOnXen() throws Exception {
    Machine source = importToQemu();
    source.start();
    assertThatThrownBy(() -> qemu.exportMachine(source))
        .isInstanceOfSatisfying(
            HypervisorException.class,
            e -> assertThat(e.code()).isEqualTo(HypervisorError.ILLEGAL_STATE))
        .hasMessageContaining("must be STOPPED");
    GuestShell shell = agent(source);
    assertThat(shell.run("echo moved-$((6*7)) > /mark && sync", Duration.ofMinutes(1)).exitStatus())
        .isZero();
    source.stop(Duration.ofMinutes(3));
    say("stopped on QEMU");

    Machine target = moveToXen(source);
    target.start();
    say("started on Xen");
    assertThat(((LibvirtMachine) target).domain().storedXml()).contains("pygrub", "linux</type>");
    List<GuestAddress> addresses = addresses(target);
    say("has the address " + addresses);
    assertThat(answer(target, "cat /mark; cat /sys/hypervisor/type"))
        .contains("moved-42")
        .contains("xen");
    say("answers by ssh");
    target.stop(Duration.ofMinutes(3));
    assertThat(target.state()).isEqualTo(MachineState.STOPPED);
  }

  private static Machine importToQemu() throws Exception {
    Path image = Path.of(lab.getProperty("images"), "guest.qcow2");
    try (MachineImport making = qemu.importMachine(DEBIAN);
        FileChannel in = FileChannel.open(image)) {
      try (SeekableByteChannel out = making.openDisk(DISK, "qcow2")) {
        engine.convert(request(in, "qcow2", out, "qcow2"));
      }
      try (SeekableByteChannel back = making.reopenDisk(DISK)) {
        assertThat(digest(back, "qcow2")).isEqualTo(digest(in, "qcow2"));
      }
      Machine machine = making.commit();
      say("imported to QEMU");
      return machine;
    }
  }

  private static Machine moveToXen(Machine source) throws Exception {
    try (MachineExport export = qemu.exportMachine(source)) {
      MachineSpec spec =
          export.spec().toBuilder()
              .disks(
                  export.spec().disks().stream().map(disk -> disk.withBus(DiskBus.XEN, 0)).toList())
              .nics(export.spec().nics().stream().map(nic -> nic.withModel("xen-vif")).toList())
              .build();
      assertThat(export.disks())
          .extracting(MachineExport.ExportedDisk::format)
          .containsExactly("qcow2");
      try (MachineImport making = xen.importMachine(spec)) {
        String digest;
        try (SeekableByteChannel in = export.openDisk(DISK);
            SeekableByteChannel out = making.openDisk(DISK, "raw")) {
          digest = engine.convert(request(in, "qcow2", out, "raw")).contentDigest();
        }
        say("sent to Xen");
        try (SeekableByteChannel back = making.reopenDisk(DISK)) {
          assertThat(digest(back, "raw")).isNotNull().isEqualTo(digest);
        }
        Machine machine = making.commit();
        say("verified and made on Xen");
        return machine;
      }
    }
  }

  private static DiskConverter.Request request(
      SeekableByteChannel in, String from, SeekableByteChannel out, String to) {
    return new DiskConverter.Request(
        in, from, out, to, Map.of(), "disk", Progress.Listener.none(), Cancellation.none());
  }

  private static String digest(SeekableByteChannel in, String format) {
    return engine.contentDigest(
        in, format, "digest", Progress.Listener.none(), Cancellation.none());
  }

  private static GuestShell agent(Machine machine) {
    AtomicReference<GuestShell> found = new AtomicReference<>();
    assertThat(
            Waiting.until(
                "the agent",
                BOOT,
                () -> {
                  machine.guestAgent().ifPresent(found::set);
                  return found.get() != null;
                }))
        .as("the agent answers")
        .isTrue();
    say("the agent answers");
    return Objects.requireNonNull(found.get());
  }

  private static List<GuestAddress> addresses(Machine machine) {
    AtomicReference<List<GuestAddress>> found = new AtomicReference<>(List.of());
    assertThat(
            Waiting.until(
                "an address",
                BOOT,
                () -> {
                  found.set(machine.addresses());
                  return !Objects.requireNonNull(found.get()).isEmpty();
                }))
        .as("the guest has an address")
        .isTrue();
    return Objects.requireNonNull(found.get());
  }

  /** Runs a command as root through the control domain, which alone has a way to the network. */
  private static String ssh(String address, String command) throws Exception {
    String config = lab.getProperty("ssh.config");
    String through = "ssh -F " + config + " -W %h:%p " + lab.getProperty("xen.ssh.host");
    Process process =
        new ProcessBuilder(
                "ssh",
                "-F",
                config,
                "-o",
                "ConnectTimeout=20",
                "-o",
                "HostKeyAlias=" + lab.getProperty("ssh.guest.alias"),
                "-o",
                "ProxyCommand=" + through,
                address,
                command)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  /** The newest address is asked for at each try: an earlier guest's may be listed still. */
  private static String answer(Machine machine, String command) {
    AtomicReference<String> text = new AtomicReference<>("");
    Waiting.until(
        "ssh",
        BOOT,
        () -> {
          try {
            text.set(ssh(addresses(machine).get(0).address(), command));
          } catch (Exception e) {
            text.set(e.toString());
          }
          return Objects.requireNonNull(text.get()).contains("moved-");
        });
    return Objects.requireNonNull(text.get());
  }

  private static void say(String what) {
    LOG.log(System.Logger.Level.INFO, what);
  }
}
