package io.intermodal.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.intermodal.IntermodalException;
import io.intermodal.convert.Conversion;
import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Extra;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.RemovableDrive;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.Severity;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OvfFormatTest {

  private static final MachineSpec WEB =
      MachineSpec.named("web \"1\" & höher")
          .cpus(2)
          .memoryBytes(1L << 30)
          .firmware(Firmware.EFI)
          .guestOs(new GuestOs(96, "12", "debian12_64Guest", "Debian 12"))
          .addDisk(new DiskSpec("system", 8L << 30, DiskBus.SCSI, 0))
          .addDisk(new DiskSpec("data", (1L << 20) + 512, DiskBus.SATA, 1))
          .addNic(new NicSpec("nic0", "vmxnet3", "VM Network", "00:50:56:00:00:01"))
          .addDrive(new RemovableDrive("drive0", RemovableDrive.Kind.OPTICAL))
          .addExtra(new Extra(OvfReading.PROPERTIES, "app.host", "a < b"))
          .build();

  private final OvfFormat format = new OvfFormat();

  private static List<String> rules(Conversion<?> conversion) {
    return conversion.losses().stream().map(Loss::rule).toList();
  }

  @Test
  void writesAndReadsBackWhatOvfHasWordsFor() {
    Conversion<byte[]> written = format.write(WEB);

    assertThat(written.losses()).isEmpty();
    assertThat(format.read(written.result(), "web.ovf")).isEqualTo(Conversion.lossless(WEB));
  }

  @Test
  void whatItWritesHasNoErrors() {
    byte[] written = format.write(WEB).result();

    assertThat(Envelope.read("web.ovf", written).findings())
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .extracting(Finding::message)
        .isEmpty();
  }

  @Test
  void theSameMachineGivesTheSameBytes() {
    assertThat(format.write(WEB).result()).isEqualTo(format.write(WEB).result());
  }

  @Test
  void tellsEverythingOvfHasNoWordFor() {
    MachineSpec machine =
        WEB.toBuilder()
            .uuid("4c4c4544-0000-2010-8020-80c04f202020")
            .secureBoot(true)
            .bootOrder(List.of("data", "system"))
            .addDisk(new DiskSpec("fast", 512, DiskBus.VIRTIO, 0))
            .addNic(new NicSpec("nic1", "e1000", null, null))
            .addDrive(new RemovableDrive("drive1", RemovableDrive.Kind.FLOPPY))
            .addExtra(new Extra("urn:x", "y", "z"))
            .build();

    assertThat(rules(format.write(machine)))
        .containsExactlyInAnyOrder(
            "ovf.uuid.dropped",
            "ovf.secure-boot.dropped",
            "ovf.boot-order.dropped",
            "ovf.bus.vendor",
            "ovf.nic.disconnected",
            "ovf.floppy.dropped",
            "ovf.extra.dropped");
  }

  @Test
  void saysWhatItHadToInvent() {
    assertThat(rules(format.write(MachineSpec.named("bare").build())))
        .containsExactly("ovf.cpu.invented", "ovf.memory.invented");
  }

  private static byte[] edited(Function<String, String> edit) {
    String text = new String(new OvfFormat().write(WEB).result(), StandardCharsets.UTF_8);
    String changed = edit.apply(text);
    assertThat(changed).isNotEqualTo(text);
    return changed.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aRequiredSectionNobodyKnowsIsAnError() {
    byte[] descriptor =
        edited(
            text ->
                text.replaceFirst(
                    "(<(\\w+:)?VirtualHardwareSection)",
                    "<x:LicenceSection xmlns:x=\"urn:vendor\"><Info>needed</Info></x:LicenceSection>$1"));

    Conversion<MachineSpec> read = format.read(descriptor, "web.ovf");

    assertThat(read.losses())
        .anySatisfy(
            loss -> {
              assertThat(loss.rule()).isEqualTo("ovf.required");
              assertThat(loss.severity()).isEqualTo(Loss.Severity.ERROR);
              assertThat(loss.path()).contains("LicenceSection");
            });
  }

  @Test
  void aRequiredSectionIsAnErrorHoweverMuchElseIsWrong() {
    String notes =
        "<x:NoteSection ovf:required=\"false\"><Info>a</Info></x:NoteSection>".repeat(1100);
    byte[] descriptor =
        edited(
            text ->
                text.replaceFirst(
                    "(<(\\w+:)?VirtualHardwareSection)",
                    "<x:Notes xmlns:x=\"urn:vendor\" ovf:required=\"false\"><Info>a</Info></x:Notes>"
                        + notes.replace("<x:NoteSection ", "<x:NoteSection xmlns:x=\"urn:vendor\" ")
                        + "<x:LicenceSection xmlns:x=\"urn:vendor\"><Info>n</Info></x:LicenceSection>$1"));

    assertThat(format.read(descriptor, "web.ovf").losses())
        .filteredOn(loss -> loss.severity() == Loss.Severity.ERROR)
        .extracting(Loss::rule, Loss::path)
        .containsExactly(tuple("ovf.required", "/Envelope/VirtualSystem/LicenceSection"));
  }

  @Test
  void aRequiredElementIsAnErrorOnlyWhenItSaysSo() {
    for (String mark : List.of("", " ovf:required=\"true\"", " ovf:required=\"false\"")) {
      byte[] descriptor =
          edited(
              text ->
                  text.replaceFirst(
                      "(</(\\w+:)?VirtualHardwareSection)",
                      "<x:Trick xmlns:x=\"urn:vendor\"" + mark + "/>$1"));
      List<Loss> losses = format.read(descriptor, "web.ovf").losses();
      if (mark.contains("false")) {
        assertThat(losses).isEmpty();
      } else {
        assertThat(losses)
            .extracting(Loss::rule, Loss::severity)
            .containsExactly(
                mark.isEmpty()
                    ? tuple("ovf.required.unstated", Loss.Severity.WARNING)
                    : tuple("ovf.required", Loss.Severity.ERROR));
      }
    }
  }

  @Test
  void readsSecureBootAndTheBootOrder() {
    byte[] descriptor =
        edited(
            text ->
                text.replaceFirst(
                        "(<(\\w+:)?VirtualHardwareSection)",
                        "<v:BootOrderSection xmlns:v=\"http://www.vmware.com/schema/ovf\""
                            + " ovf:required=\"false\" v:type=\"disk\" v:instanceId=\""
                            + instanceOf("data", text)
                            + "\"><Info>a</Info></v:BootOrderSection>$1")
                    .replaceFirst(
                        "(</(\\w+:)?VirtualHardwareSection)",
                        "<v:Config xmlns:v=\"http://www.vmware.com/schema/ovf\" ovf:required=\"true\""
                            + " v:key=\"bootOptions.efiSecureBootEnabled\" v:value=\"true\"/>$1"));

    Conversion<MachineSpec> read = format.read(descriptor, "web.ovf");

    assertThat(read.result().secureBoot()).isTrue();
    assertThat(read.result().bootOrder()).containsExactly("data");
    assertThat(rules(read)).containsExactly("ovf.section.dropped");
  }

  private static String instanceOf(String disk, String text) {
    return Envelope.read("web.ovf", text.getBytes(StandardCharsets.UTF_8))
        .machines(null)
        .get(0)
        .disks()
        .stream()
        .filter(d -> disk.equals(d.diskId()))
        .map(d -> d.item().instanceId())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysWhatOvfAsksForAndIsNotDone() {
    byte[] descriptor =
        edited(
            text ->
                text.replaceFirst(
                    "(<(\\w+:)?VirtualHardwareSection)",
                    "<InstallSection ovf:initialBootStopDelay=\"9\"><Info>a</Info></InstallSection>$1"));

    assertThat(format.read(descriptor, "web.ovf").losses())
        .extracting(Loss::rule, Loss::severity, Loss::path)
        .containsExactly(tuple("ovf.section.unused", Loss.Severity.WARNING, "InstallSection"));
  }

  @Test
  void aCapacityThatIsNoNumberIsAnErrorAndTheDiskIsLeftOut() {
    Conversion<MachineSpec> read =
        format.read(
            edited(text -> text.replace("capacity=\"8\"", "capacity=\"@@SIZE@@\"")), "web.ovf");

    assertThat(read.result().disks()).extracting(DiskSpec::key).containsExactly("data");
    assertThat(rules(read)).contains("ovf.disk.capacity");
  }

  @Test
  void ofSeveralAdapterModelsTheFirstIsTaken() {
    Conversion<MachineSpec> read =
        format.read(edited(text -> text.replace("vmxnet3", "VmxNet3 E1000")), "web.ovf");

    assertThat(read.result().nics().get(0).model()).isEqualTo("vmxnet3");
    assertThat(rules(read)).containsExactly("ovf.nic.alternatives");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\t!", " a ", "a\nb", "a  b", "\u2003x"})
  void keepsADiskWhoseKeyHasBlanks(String key) {
    MachineSpec machine =
        MachineSpec.named("m")
            .cpus(1)
            .memoryBytes(1L << 20)
            .addDisk(new DiskSpec(key, 512, null, null))
            .build();

    Conversion<byte[]> written = format.write(machine);
    List<DiskSpec> disks = format.read(written.result(), "m.ovf").result().disks();

    assertThat(disks).extracting(DiskSpec::capacityBytes).containsExactly(512L);
    boolean kept = disks.get(0).key().equals(key);
    assertThat(rules(written)).isEqualTo(kept ? List.of() : List.of("ovf.disk.key.changed"));
  }

  @Test
  void refusesWhatIsNoEnvelope() {
    assertThatThrownBy(() -> format.read("<html/>".getBytes(StandardCharsets.UTF_8), "a.ovf"))
        .isInstanceOf(IntermodalException.class)
        .hasMessageContaining("a.ovf");
  }

  /** Any difference between what went in and what comes back is covered by a loss. */
  @Property(tries = 1000)
  void everyDifferenceIsTold(@ForAll("machines") MachineSpec machine) {
    Conversion<byte[]> written = format.write(machine);
    Conversion<MachineSpec> read = format.read(written.result(), "generated.ovf");

    Set<String> rules = new HashSet<>(rules(written));
    rules.addAll(rules(read));
    MachineSpec back = read.result();
    if (rules.isEmpty()) {
      assertThat(back.cpu()).isEqualTo(machine.cpu());
      assertThat(back.memoryBytes()).isEqualTo(machine.memoryBytes());
      assertThat(back.firmware()).isEqualTo(machine.firmware());
      assertThat(back.nics()).hasSameSizeAs(machine.nics());
      assertThat(back.drives()).hasSameSizeAs(machine.drives());
    }
    assertThat(back.disks())
        .extracting(DiskSpec::capacityBytes)
        .containsExactlyElementsOf(machine.disks().stream().map(DiskSpec::capacityBytes).toList());
  }

  @Provide
  Arbitrary<MachineSpec> machines() {
    return MachineSpecs.all();
  }
}
