package io.intermodal.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibvirtWritingTest {

  private static final MachineSpec WEB =
      MachineSpec.named("web \"1\" & höher")
          .uuid("5a4f7c1e-0d0e-4c53-9a55-3f1c0a5b7e11")
          .cpu(new CpuSpec(4, 2))
          .memoryBytes(1L << 30)
          .firmware(Firmware.BIOS)
          .guestOs(new GuestOs(96, "12", "debian12_64Guest", "Debian 12"))
          .addDisk(new DiskSpec("system", 8L << 30, DiskBus.VIRTIO, 0))
          .addDisk(new DiskSpec("data disk", (1L << 20) + 512, DiskBus.SATA, 1))
          .addNic(new NicSpec("card", "virtio", "default", "52:54:00:00:00:01"))
          .addNic(new NicSpec("spare", "e1000", null, "52:54:00:00:00:02"))
          .addDrive(new RemovableDrive("cd", RemovableDrive.Kind.OPTICAL))
          .bootOrder(List.of("cd", "system", "card"))
          .addExtra(new Extra("urn:other", "a/b", " kept < \n"))
          .build();

  private final LibvirtFormat format = new LibvirtFormat();

  static DomainTarget target(DomainKind kind, MachineSpec machine) {
    DomainTarget target = DomainTarget.of(kind);
    int number = 0;
    for (DiskSpec disk : machine.disks()) {
      target = target.withDisk(disk.key(), DomainTarget.Place.file("/d" + number++, "raw"));
    }
    return target;
  }

  private String write(MachineSpec machine, DomainTarget target) {
    return new String(format.writeDomain(machine, target).result(), StandardCharsets.UTF_8);
  }

  private static List<String> rules(Conversion<?> conversion) {
    return conversion.losses().stream().map(Loss::rule).toList();
  }

  /** Leaves out the notes of the format about itself. */
  private static MachineSpec plain(MachineSpec machine) {
    return machine.toBuilder()
        .extras(
            machine.extras().stream()
                .filter(extra -> !extra.namespace().equals(LibvirtFormat.ID))
                .toList())
        .build();
  }

  @Test
  void keepsAMachineThatQemuCanBe() {
    Conversion<byte[]> written = format.writeDomain(WEB, target(DomainKind.QEMU, WEB));

    assertThat(written.losses()).isEmpty();
    Conversion<MachineSpec> read = format.read(written.result(), "web.xml");
    assertThat(read.losses()).isEmpty();
    assertThat(plain(read.result())).isEqualTo(WEB);
  }

  @Test
  void givesQemuWhatAGuestExpects() {
    assertThat(write(WEB, target(DomainKind.QEMU, WEB)))
        .contains(
            "<type arch=\"x86_64\" machine=\"pc\">hvm</type>",
            "<cpu mode=\"maximum\">",
            "<topology sockets=\"2\" cores=\"2\" threads=\"1\"/>",
            "<acpi/>",
            "<target dev=\"vda\" bus=\"virtio\"/>",
            "<target dev=\"sdb\" bus=\"sata\"/>",
            "<target dev=\"hdc\" bus=\"ide\"/>",
            "<interface type=\"null\">",
            "name=\"org.qemu.guest_agent.0\"",
            "<memballoon model=\"virtio\"/>",
            "<rng model=\"virtio\">",
            "<serial type=\"pty\"/>")
        .doesNotContain("emulator", "<boot dev");
  }

  @Test
  void asksForFirmwareWithSignatures() {
    MachineSpec efi = WEB.toBuilder().firmware(Firmware.EFI).secureBoot(true).build();

    String domain = write(efi, target(DomainKind.KVM, efi));

    assertThat(domain)
        .contains("<domain type=\"kvm\">", "<os firmware=\"efi\">", "machine=\"q35\"")
        .contains("<feature enabled=\"yes\" name=\"secure-boot\"/>", "<smm state=\"on\"/>")
        .contains("<target dev=\"sdaa\" bus=\"sata\"/>")
        .doesNotContain("bus=\"ide\"");
  }

  @Test
  void givesXenAGuestThatPygrubBoots() {
    Conversion<byte[]> written = format.writeDomain(WEB, target(DomainKind.XEN_PV, WEB));

    assertThat(new String(written.result(), StandardCharsets.UTF_8))
        .contains("<bootloader>pygrub</bootloader>", "<type>linux</type>")
        .contains("<cmdline>console=hvc0</cmdline>", "<driver name=\"phy\" type=\"raw\"/>")
        .contains("<target dev=\"xvda\" bus=\"xen\"/>", "<target type=\"xen\" port=\"0\"/>")
        .doesNotContain("<features>", "<cpu", "channel", "memballoon", "<rng", "order=");
    assertThat(rules(written))
        .containsExactlyInAnyOrder(
            "libvirt.drive.dropped",
            "libvirt.disk.bus",
            "libvirt.disk.bus",
            "libvirt.boot-order.device",
            "libvirt.boot-order.dropped",
            "libvirt.nic.model",
            "libvirt.nic.disconnected",
            "libvirt.firmware.none",
            "libvirt.cpu.topology");
  }

  @Test
  void givesXenAnEmulatedPc() {
    MachineSpec machine =
        WEB.toBuilder()
            .bootOrder(List.of("data disk"))
            .nics(List.of(new NicSpec("card", "xen-vif", "default", null)))
            .build();

    String domain = write(machine, target(DomainKind.XEN_HVM, machine));

    assertThat(domain)
        .contains("<boot dev=\"hd\"/>", "<model type=\"netfront\"/>", "<pae/>")
        .contains("<driver name=\"qemu\" type=\"raw\"/>");
    // The boot disk comes first: Xen has no other way to name it.
    assertThat(domain.indexOf("/d1")).isLessThan(domain.indexOf("/d0"));
    MachineSpec read = format.read(domain.getBytes(StandardCharsets.UTF_8), "x").result();
    assertThat(read.bootDisk()).map(DiskSpec::key).contains("data disk");
    assertThat(read.disks()).extracting(DiskSpec::key).containsExactly("system", "data disk");
  }

  @ParameterizedTest
  @CsvSource({
    "vmxnet3,QEMU,vmxnet3",
    "synthetic,QEMU,e1000",
    "xen-vif,KVM,virtio",
    "virtio,XEN_HVM,e1000",
    "rtl8139,XEN_HVM,rtl8139"
  })
  void mapsModelsOfCards(String model, DomainKind kind, String expected) {
    MachineSpec machine =
        MachineSpec.named("a").addNic(new NicSpec("n", model, "default", null)).build();
    Conversion<byte[]> written = format.writeDomain(machine, DomainTarget.of(kind));

    assertThat(new String(written.result(), StandardCharsets.UTF_8))
        .contains("<model type=\"" + expected + "\"/>");
    assertThat(rules(written).contains("libvirt.nic.model")).isNotEqualTo(model.equals(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"qemu-live.xml", "xen-pv.xml", "xen-hvm.xml"})
  void writesBackWhatItRead(String name) {
    LibvirtDomain domain =
        format.readDomain(LibvirtSamples.bytes(name), name, LibvirtSamples.sizes()).result();
    Conversion<byte[]> written = format.write(domain.spec());

    assertThat(written.losses()).isEmpty();
    LibvirtDomain again =
        format.readDomain(written.result(), name, LibvirtSamples.sizes()).result();
    assertThat(plain(again.spec())).isEqualTo(plain(domain.spec()));
    assertThat(again.kind()).isEqualTo(domain.kind());
    assertThat(again.disks()).isEqualTo(domain.disks());
    assertThat(again.drives()).isEqualTo(domain.drives());
    assertThat(format.write(again.spec()).result()).isEqualTo(written.result());
  }

  @Test
  void keepsSettingsThatAreNotTheMachines() {
    MachineSpec live =
        format
            .readDomain(LibvirtSamples.bytes("qemu-live.xml"), "live", LibvirtSamples.sizes())
            .result()
            .spec();

    assertThat(new String(format.write(live).result(), StandardCharsets.UTF_8))
        .contains("machine=\"pc-q35-7.2\"", "shop_VARS.fd", "tickpolicy=\"catchup\"")
        .contains("<source bridge=\"br0\"/>", "<filterref filter=\"clean-traffic\"/>")
        .contains("0xbeef", "cache=\"none\"", "<serial>SHOP-1</serial>", "base.qcow2")
        .contains("current=\"2\"", ">4194304</memory>", "libosinfo");
  }

  @Test
  void takesNothingOfTheOldHostToANewOne() {
    MachineSpec live =
        format
            .readDomain(LibvirtSamples.bytes("qemu-live.xml"), "live", LibvirtSamples.sizes())
            .result()
            .spec();
    Conversion<byte[]> written = format.writeDomain(live, target(DomainKind.QEMU, live));

    assertThat(new String(written.result(), StandardCharsets.UTF_8))
        .contains("machine=\"q35\"", "<serial>SHOP-1</serial>", "cache=\"none\"", "Order system")
        .contains("<source network=\"br0\"/>")
        .doesNotContain("shop_VARS", "0xbeef", "clean-traffic", "/srv/", "host-passthrough")
        .doesNotContain("<emulator>", "apparmor", "/machine");
    assertThat(written.losses())
        .extracting(Loss::path)
        .contains(
            "extras[libvirt-xml].devices/hostdev",
            "extras[libvirt-xml].devices/interface:nic0",
            "extras[libvirt-xml].cpu",
            "firmware");
  }

  @ParameterizedTest
  @EnumSource(DomainKind.class)
  void saysWhereADiskIsExpected(DomainKind kind) {
    MachineSpec machine =
        MachineSpec.named("a b").addDisk(new DiskSpec("../../etc/passwd", 512, null, null)).build();
    Conversion<byte[]> written = format.writeDomain(machine, DomainTarget.of(kind));

    String extension = kind.isXen() ? "raw" : "qcow2";
    assertThat(new String(written.result(), StandardCharsets.UTF_8))
        .contains("/var/lib/libvirt/images/a b-.._.._etc_passwd." + extension);
    assertThat(rules(written)).contains("libvirt.disk.place.chosen");
  }

  @Provide
  Arbitrary<MachineSpec> machines() {
    return MachineSpecs.all();
  }

  @Provide
  Arbitrary<DomainKind> kinds() {
    return Arbitraries.of(DomainKind.class);
  }

  /** Whatever differs after a round trip was told when it was written. */
  @Property(tries = 600)
  void tellsEveryDifference(
      @ForAll("machines") MachineSpec machine, @ForAll("kinds") DomainKind kind) {
    Conversion<byte[]> written = format.writeDomain(machine, target(kind, machine));
    Conversion<MachineSpec> back = format.read(written.result(), "test");
    MachineSpec read = plain(back.result());
    List<String> told =
        Stream.concat(written.losses().stream(), back.losses().stream()).map(Loss::path).toList();

    assertThat(format.writeDomain(machine, target(kind, machine)).result())
        .isEqualTo(written.result());
    told(told, "name", machine.name(), read.name());
    told(told, "uuid", canonical(machine.uuid()), read.uuid());
    told(told, "cpu", machine.cpu(), read.cpu());
    told(told, "memoryBytes", machine.memoryBytes(), read.memoryBytes());
    told(told, "firmware", machine.firmware(), read.firmware());
    told(told, "secureBoot", machine.secureBoot(), read.secureBoot());
    told(told, "guestOs", machine.guestOs(), read.guestOs());
    told(told, "extras", machine.extras(), read.extras());
    if (told.stream().noneMatch(path -> path.startsWith("devices["))) {
      told(told, "bootOrder", machine.bootOrder(), read.bootOrder());
      for (DiskSpec disk : machine.disks()) {
        told(told, "disks[" + disk.key() + "]", disk, read.disk(disk.key()).orElse(null));
      }
      for (NicSpec nic : machine.nics()) {
        told(
            told,
            "nics[" + nic.key() + "]",
            nic,
            read.nics().stream().filter(n -> n.key().equals(nic.key())).findFirst().orElse(null));
      }
      for (RemovableDrive drive : machine.drives()) {
        boolean kept = read.drives().contains(drive);
        told(told, "drives[" + drive.key() + "]", drive, kept ? drive : null);
      }
      assertThat(read.disks().stream().map(DiskSpec::key).toList())
          .isEqualTo(machine.disks().stream().map(DiskSpec::key).toList());
    }
    assertThat(read.disks()).hasSameSizeAs(machine.disks());
  }

  private static void told(
      List<String> told, String path, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      assertThat(told)
          .as("%s was %s and is now %s", path, before, after)
          .anyMatch(each -> each.startsWith(path));
    }
  }

  private static @Nullable String canonical(@Nullable String uuid) {
    return uuid == null ? null : uuid.strip().toLowerCase(Locale.ROOT);
  }
}
