package io.intermodal.driver.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Moves small disks to and from both hosts of the lab; no guest runs. */
final class TransferTest {

  private static final int DISK_BYTES = 6 << 20;
  private static final String NAME = "x-\"odd\" 'name' <&> ä";
  private static final MachineSpec SMALL =
      MachineSpec.named(NAME)
          .uuid("6c0e9b0e-6a1f-4f62-9a4e-0d5b2c7a1f31")
          .cpus(1)
          .memoryBytes(64L << 20)
          .addDisk(new DiskSpec("../root / disk", DISK_BYTES, null, null))
          .addDisk(new DiskSpec("blank", 1 << 20, null, null))
          .addNic(new NicSpec("lan", null, "default", "52:54:00:78:00:01"))
          .build();

  private static LibvirtHypervisor qemu;
  private static LibvirtHypervisor xen;

  @BeforeAll
  static void open() {
    Properties lab = Hosts.lab();
    qemu = Hosts.open(lab.getProperty("qemu.uri") + "&pool=" + lab.getProperty("qemu.pool"));
    xen = Hosts.open(lab.getProperty("xen.uri") + "?guest=pv&pool=" + lab.getProperty("xen.pool"));
    for (LibvirtHypervisor host : List.of(qemu, xen)) {
      host.findMachine(NAME).ifPresent(Machine::delete);
    }
  }

  @AfterAll
  static void close() {
    for (LibvirtHypervisor host : Arrays.asList(qemu, xen)) {
      if (host != null) {
        host.findMachine(NAME).ifPresent(Machine::delete);
        host.close();
      }
    }
  }

  private static LibvirtHypervisor host(String name) {
    return name.equals("qemu") ? qemu : xen;
  }

  private static List<String> volumes(LibvirtHypervisor host) {
    return host.session()
        .ask(
            "list volumes",
            null,
            connect -> {
              var pool = connect.storagePoolLookupByName(host.session().uri().pool());
              try {
                return Arrays.stream(pool.listVolumes())
                    .filter(volume -> volume.startsWith("x-"))
                    .sorted()
                    .toList();
              } finally {
                pool.free();
              }
            });
  }

  /** Data, holes and zeros in turn. */
  private static byte[] content(long seed) {
    byte[] content = new byte[DISK_BYTES];
    Random random = new Random(seed);
    byte[] run = new byte[300_000];
    for (int at = 0; at < DISK_BYTES; at += 900_001) {
      random.nextBytes(run);
      System.arraycopy(run, 0, content, at, Math.min(run.length, DISK_BYTES - at));
    }
    return content;
  }

  private static byte[] readAll(SeekableByteChannel channel) throws IOException {
    ByteBuffer all = ByteBuffer.allocate((int) channel.size());
    while (all.hasRemaining() && channel.read(all) >= 0) {
      // On.
    }
    return all.array();
  }

  @ParameterizedTest
  @ValueSource(strings = {"qemu", "xen"})
  void importsAndExportsWhatItWasGiven(String name) throws Exception {
    LibvirtHypervisor host = host(name);
    List<String> before = volumes(host);
    byte[] content = content(7);
    String key = SMALL.disks().get(0).key();
    Machine machine;
    try (MachineImport making = host.importMachine(SMALL)) {
      assertThat(host.findMachine(NAME)).as("not before the commit").isEmpty();
      try (SeekableByteChannel out = making.openDisk(key, "raw")) {
        out.write(ByteBuffer.wrap(content));
      }
      try (SeekableByteChannel back = making.reopenDisk(key)) {
        assertThat(readAll(back)).isEqualTo(content);
      }
      machine = making.commit();
    }
    try {
      assertThat(machine.name()).isEqualTo(NAME);
      assertThat(machine.id()).isEqualTo(SMALL.uuid());
      assertThat(machine.spec().disks())
          .extracting(DiskSpec::key, DiskSpec::capacityBytes)
          .containsExactly(tuple(key, (long) DISK_BYTES), tuple("blank", 1L << 20));
      assertThat(machine.spec().nics())
          .extracting(NicSpec::key, NicSpec::network, NicSpec::mac)
          .containsExactly(tuple("lan", "default", "52:54:00:78:00:01"));
      try (MachineExport export = host.exportMachine(machine)) {
        assertThat(export.disks())
            .extracting(MachineExport.ExportedDisk::format)
            .containsExactly("raw", name.equals("qemu") ? "qcow2" : "raw");
        try (SeekableByteChannel in = export.openDisk(key)) {
          assertThat(readAll(in)).isEqualTo(content);
          readsAnywhere(in, content);
        }
      }
      refusesConflicts(host);
    } finally {
      machine.delete();
    }
    assertThat(volumes(host)).isEqualTo(before);
  }

  private static void readsAnywhere(SeekableByteChannel in, byte[] content) throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 12; i++) {
      int at = random.nextInt(DISK_BYTES - 70_000);
      byte[] part = new byte[1 + random.nextInt(60_000)];
      in.position(at);
      ByteBuffer buffer = ByteBuffer.wrap(part);
      while (buffer.hasRemaining()) {
        in.read(buffer);
      }
      assertThat(part).isEqualTo(Arrays.copyOfRange(content, at, at + part.length));
    }
    in.position(DISK_BYTES);
    assertThat(in.read(ByteBuffer.allocate(1))).isEqualTo(-1);
  }

  private static void refusesConflicts(LibvirtHypervisor host) {
    refused(host, HypervisorError.NAME_TAKEN, "a machine of that name", s -> s.uuid(null));
    refused(
        host,
        HypervisorError.NAME_TAKEN,
        "has the same UUID",
        s -> s.name("x-other").nics(List.of()));
    refused(
        host,
        HypervisorError.NAME_TAKEN,
        "of the same address 52:54:00:78:00:01",
        s -> s.name("x-other").uuid(null));
  }

  private static void refused(
      LibvirtHypervisor host,
      HypervisorError code,
      String reason,
      UnaryOperator<MachineSpec.Builder> change) {
    List<String> before = volumes(host);
    MachineSpec spec = change.apply(SMALL.toBuilder()).build();

    assertThatThrownBy(() -> host.importMachine(spec))
        .isInstanceOfSatisfying(
            HypervisorException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(reason);
    assertThat(volumes(host)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"qemu", "xen"})
  void refusesWhatCannotBeBeforeAnythingIsMade(String name) {
    LibvirtHypervisor host = host(name);

    refused(
        host,
        HypervisorError.STORAGE_FULL,
        "its disks take 1125899906842624 bytes",
        s -> s.disks(List.of(new DiskSpec("huge", 1L << 50, DiskBus.VIRTIO, null))));
    refused(
        host,
        HypervisorError.NO_SUCH_PART,
        "no active network moon; there are",
        s -> s.nics(List.of(new NicSpec("n", null, "moon", null))));
    refused(host, HypervisorError.LIMIT_EXCEEDED, "without slashes", s -> s.name("x/y"));
    refused(host, HypervisorError.LIMIT_EXCEEDED, "is no UUID", s -> s.uuid("me"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"qemu", "xen"})
  void leavesNothingWhenItIsGivenUp(String name) throws Exception {
    LibvirtHypervisor host = host(name);
    List<String> before = volumes(host);
    String key = SMALL.disks().get(0).key();
    try (MachineImport making = host.importMachine(SMALL)) {
      SeekableByteChannel out = making.openDisk(key, "raw");
      out.write(ByteBuffer.wrap(content(1)));
      assertThat(volumes(host)).hasSize(before.size() + 1);
      assertThatThrownBy(() -> making.openDisk(key, "vmdk-streamOptimized"))
          .hasMessageContaining("cannot be stored as vmdk-streamOptimized");
    }
    assertThat(host.findMachine(NAME)).isEmpty();
    assertThat(volumes(host)).isEqualTo(before);
  }

  @Test
  void refusesADiskThatStandsOnAnother() {
    DiskVolumes volumes = new DiskVolumes(qemu.session());
    String pool = Objects.requireNonNull(qemu.session().uri().pool());
    DiskVolumes.Found base = volumes.create(pool, "x-base.qcow2", "qcow2", 1 << 20);
    String path = base.path().replace("x-base", "x-over");
    String xml =
        "<volume><name>x-over.qcow2</name><capacity>1048576</capacity>"
            + "<target><format type='qcow2'/></target><backingStore><path>"
            + base.path()
            + "</path><format type='qcow2'/></backingStore></volume>";
    qemu.session()
        .change(
            "make an overlay",
            null,
            connect -> {
              var place = connect.storagePoolLookupByName(pool);
              try {
                place.storageVolCreateXML(xml, 0).free();
              } finally {
                place.free();
              }
              return true;
            });
    String disk =
        "<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='"
            + path
            + "'/><target dev='vda' bus='virtio'/></disk>";
    LibvirtMachine machine = Hosts.define(qemu, TinyGuest.onQemu(Hosts.lab(), "x-over", disk));
    try {
      assertThatThrownBy(() -> qemu.exportMachine(machine))
          .isInstanceOfSatisfying(
              HypervisorException.class,
              e -> assertThat(e.code()).isEqualTo(HypervisorError.UNSUPPORTED_OPERATION))
          .hasMessageContaining("only the difference to another image; join them first");
    } finally {
      machine.delete();
      volumes.delete(base);
    }
  }

  @Test
  void writesAnywhereLikeAFile() throws Exception {
    DiskVolumes volumes = new DiskVolumes(qemu.session());
    DiskVolumes.Found volume =
        volumes.create(
            Objects.requireNonNull(qemu.session().uri().pool()), "x-anywhere.raw", "raw", 0);
    try {
      byte[] model = new byte[3 << 20];
      int end = 0;
      Random random = new Random(11);
      try (VolumeWriter writer = new VolumeWriter(qemu.session(), volume.path())) {
        for (int step = 0; step < 60; step++) {
          byte[] piece = new byte[1 + random.nextInt(90_000)];
          if (random.nextInt(3) > 0) {
            random.nextBytes(piece);
          }
          int at =
              switch (random.nextInt(4)) {
                case 0 -> random.nextInt(model.length - piece.length);
                case 1 -> Math.min(model.length - piece.length, end + random.nextInt(50_000));
                default -> Math.min(model.length - piece.length, end);
              };
          writer.position(at);
          assertThat(writer.write(ByteBuffer.wrap(piece))).isEqualTo(piece.length);
          System.arraycopy(piece, 0, model, at, piece.length);
          end = Math.max(end, at + piece.length);
          assertThat(writer.size()).isEqualTo(end);
          if (step % 20 == 19) {
            writer.position(0);
            ByteBuffer back = ByteBuffer.allocate(end);
            while (back.hasRemaining() && writer.read(back) >= 0) {
              // On.
            }
            assertThat(back.array()).isEqualTo(Arrays.copyOf(model, end));
          }
        }
      }
      try (VolumeReader reader = new VolumeReader(qemu.session(), volume.path(), end)) {
        assertThat(readAll(reader)).isEqualTo(Arrays.copyOf(model, end));
      }
    } finally {
      volumes.delete(volume);
    }
  }
}
