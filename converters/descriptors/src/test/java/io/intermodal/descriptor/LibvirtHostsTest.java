package io.intermodal.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.intermodal.convert.Conversion;
import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Extra;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.RemovableDrive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lets libvirt itself judge what the format writes: virsh (Debian: libvirt-clients) and the lab.
 */
@Tag("lab")
class LibvirtHostsTest {

  private static final MachineSpec EVERYTHING =
      MachineSpec.named("x-words \"and\" 'quotes' ä & <b>")
          .uuid("5a4f7c1e-0d0e-4c53-9a55-3f1c0a5b7e77")
          .cpu(new CpuSpec(4, 2))
          .memoryBytes(256L << 20)
          .firmware(Firmware.BIOS)
          .guestOs(new GuestOs(96, "12", "debian12_64Guest", "Debian\n12"))
          .addDisk(new DiskSpec("system disk", 1L << 30, DiskBus.VIRTIO, 2))
          .addDisk(new DiskSpec("old", 1L << 20, DiskBus.IDE, 1))
          .addDisk(new DiskSpec("scsi", 1L << 20, DiskBus.SCSI, null))
          .addDisk(new DiskSpec("sata", 1L << 20, DiskBus.SATA, 3))
          .addDisk(new DiskSpec("xen", 1L << 20, DiskBus.XEN, 0))
          .addNic(new NicSpec("card", "virtio", "default", "52:54:00:0a:00:01"))
          .addNic(new NicSpec("intel", "e1000", "default", "52:54:00:0a:00:02"))
          .addNic(new NicSpec("vm", "vmxnet3", "default", null))
          .addNic(new NicSpec("loose", "e1000e", null, "52:54:00:0a:00:03"))
          .addDrive(new RemovableDrive("cd", RemovableDrive.Kind.OPTICAL))
          .addDrive(new RemovableDrive("floppy", RemovableDrive.Kind.FLOPPY))
          .bootOrder(List.of("cd", "system disk", "card"))
          .addExtra(new Extra("urn:other", "setting", " <kept> \n as it is "))
          .build();

  private static final MachineSpec SMALL =
      MachineSpec.named("x-small")
          .cpus(1)
          .memoryBytes(128L << 20)
          .addDisk(new DiskSpec("b", 1L << 20, DiskBus.XEN, null))
          .addDisk(new DiskSpec("a", 1L << 20, DiskBus.XEN, null))
          .addNic(new NicSpec("net", "xen-vif", "default", "00:16:3e:0a:00:04"))
          .bootOrder(List.of("a"))
          .build();

  @TempDir Path folder;

  private final LibvirtFormat format = new LibvirtFormat();

  private static Properties lab() {
    String file = System.getProperty("intermodal.lab", "");
    if (file.isEmpty()) {
      assertThat(Boolean.getBoolean("intermodal.require"))
          .as("the lab is required: -Dintermodal.lab=lab.properties")
          .isFalse();
    }
    assumeThat(file).as("the lab is not there").isNotEmpty();
    Properties lab = new Properties();
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      lab.load(in);
    } catch (IOException e) {
      throw new AssertionError("cannot read " + file, e);
    }
    return lab;
  }

  static Stream<DomainKind> kinds() {
    return Stream.of(DomainKind.QEMU, DomainKind.XEN_PV, DomainKind.XEN_PVH, DomainKind.XEN_HVM);
  }

  private static String uri(DomainKind kind) {
    return lab().getProperty(kind.isXen() ? "xen.uri" : "qemu.uri");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void libvirtTakesAndKeepsWhatIsWritten(DomainKind kind) throws Exception {
    String uri = uri(kind);
    for (MachineSpec machine : List.of(EVERYTHING, SMALL)) {
      Conversion<byte[]> written =
          format.writeDomain(machine, LibvirtWritingTest.target(kind, machine));
      Conversion<MachineSpec> own = format.read(written.result(), "own");
      LibvirtDomain stored = stored(uri, machine.name(), written.result());

      assertThat(stored.kind()).isEqualTo(kind);
      assertThat(withoutExtras(stored.spec()))
          .as("the machine that libvirt stored")
          .isEqualTo(withoutExtras(chosen(own.result(), stored.spec())));
      // What libvirt made of it is read, written and taken again.
      Conversion<byte[]> again = format.write(stored.spec());
      assertThat(again.losses()).extracting(Loss::rule).isEmpty();
      LibvirtDomain second = stored(uri, machine.name(), again.result());
      assertThat(withoutExtras(second.spec())).isEqualTo(withoutExtras(stored.spec()));
      assertThat(second.disks()).isEqualTo(stored.disks());
    }
  }

  /** Takes over what libvirt chooses: an identity, and addresses of cards without one. */
  private static MachineSpec chosen(MachineSpec own, MachineSpec stored) {
    List<NicSpec> nics = new ArrayList<>();
    for (int i = 0; i < own.nics().size(); i++) {
      NicSpec nic = own.nics().get(i);
      nics.add(nic.mac() == null ? nic.withMac(stored.nics().get(i).mac()) : nic);
    }
    return own.toBuilder().uuid(stored.uuid()).nics(nics).build();
  }

  private static MachineSpec withoutExtras(MachineSpec machine) {
    return machine.toBuilder()
        .extras(
            machine.extras().stream()
                .filter(extra -> !extra.namespace().equals(LibvirtFormat.ID))
                .toList())
        .build();
  }

  /** Defines a domain, reads it back and removes it. */
  private LibvirtDomain stored(String uri, String name, byte[] document) throws Exception {
    Path file = Files.write(folder.resolve("domain.xml"), document);
    virsh(uri, "define", file.toString());
    try {
      byte[] back = virsh(uri, "dumpxml", "--inactive", name);
      return format.readDomain(back, name, DiskCapacities.unknown()).result();
    } finally {
      virsh(uri, "undefine", name);
    }
  }

  @ParameterizedTest
  @EnumSource(DomainKind.class)
  void followsTheSchema(DomainKind kind) throws Exception {
    lab();
    assumeThat(Path.of("/usr/bin/virt-xml-validate")).as("virt-xml-validate").isExecutable();
    for (MachineSpec machine : List.of(EVERYTHING, SMALL)) {
      byte[] written =
          format.writeDomain(machine, LibvirtWritingTest.target(kind, machine)).result();
      Path file = Files.write(folder.resolve("domain.xml"), written);
      run(List.of("virt-xml-validate", file.toString(), "domain"));
    }
  }

  @Test
  void libvirtsOwnSimulatorTakesWhatIsWrittenForIt() throws Exception {
    lab();
    byte[] written =
        format.writeDomain(SMALL, LibvirtWritingTest.target(DomainKind.TEST, SMALL)).result();
    Path file = Files.write(folder.resolve("domain.xml"), written);
    String script = "define " + file + "; dumpxml --inactive x-small";

    assertThat(new String(virsh("test:///default", script), StandardCharsets.UTF_8))
        .contains("urn:intermodal:machine:1");
  }

  private static byte[] virsh(String uri, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("virsh", "-q", "-c", uri));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static byte[] run(List<String> command) throws Exception {
    Path out = Files.createTempFile("out", ".txt");
    Path err = Files.createTempFile("err", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().put("LC_ALL", "C.UTF-8");
      Process process = builder.start();
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
      assertThat(process.exitValue()).as("%s: %s", command, Files.readString(err)).isZero();
      return Files.readAllBytes(out);
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }
}
