package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.intermodal.ovf.DraftDetails.DraftDevice;
import io.intermodal.ovf.DraftGroup.DraftOption;
import io.intermodal.ovf.DraftGroup.DraftStart;
import io.intermodal.ovf.EnvelopeDraft.DraftDisk;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes one rich draft for every consumer. */
class WriterProfileTest {

  private static Envelope written(WriterProfile profile) {
    return Envelope.read(profile.name(), RichDraft.draft().toXml(profile));
  }

  @ParameterizedTest
  @EnumSource(WriterProfile.class)
  void everyFormHoldsTheSameMachines(WriterProfile profile) {
    Envelope envelope = written(profile);
    List<Machine> machines = envelope.machines(null);
    assertThat(machines).extracting(Machine::cpus).containsExactly(8, 8);
    assertThat(machines).extracting(Machine::memoryBytes).containsOnly(4L << 30);
    assertThat(envelope.machines("small")).extracting(Machine::cpus).containsExactly(4, 4);
    for (Machine machine : machines) {
      assertThat(machine.disks()).hasSize(1);
      assertThat(machine.nics()).extracting(Machine.Nic::network).containsExactly("net", "net");
      assertThat(machine.drives()).containsExactly(Machine.Drive.OPTICAL, Machine.Drive.FLOPPY);
      assertThat(machine.properties()).extracting(p -> p.value()).containsExactly("2");
      assertThat(machine.firmware()).isEqualTo(profile.vendorParts() ? Firmware.EFI : null);
    }
    assertThat(envelope.findings()).isEmpty();
    assertThat(RichDraft.draft().toXml(profile)).isEqualTo(RichDraft.draft().toXml(profile));
    assertThat(envelope.version())
        .contains(profile == WriterProfile.OVF_2 ? OvfVersion.V2_0 : OvfVersion.V1_1);
    assertThat(envelope.eulas()).hasSize(2);
    assertThat(envelope.everywhere(Section.Startup.class).toList().get(0).items()).hasSize(2);
    assertThat(RichDraft.draft().roomBytes(profile))
        .isGreaterThanOrEqualTo(RichDraft.draft().toXml(profile).length);
  }

  @ParameterizedTest
  @CsvSource({
    "STRICT, vmx-14 xen-3, '', VirtualSCSI AHCI -, VmxNet3 E1000",
    "VMWARE, vmx-14, vmx-13, VirtualSCSI vmware.sata.ahci -, VmxNet3 E1000",
    "VIRTUALBOX, virtualbox-2.2, virtualbox-2.2, - AHCI -, - E1000",
    "XENSERVER, xen-3.0-unknown, xen-3.0-unknown, - AHCI -, - E1000",
    "OVIRT, '', '', - AHCI -, - E1000"
  })
  void chooses(
      WriterProfile profile, String first, String second, String controllers, String nics) {
    List<Machine> machines = written(profile).machines(null);
    assertThat(String.join(" ", machines.get(0).virtualSystemTypes())).isEqualTo(first);
    assertThat(String.join(" ", machines.get(1).virtualSystemTypes())).isEqualTo(second);
    assertThat(
            machines.get(0).controllers().stream()
                .map(c -> Objects.requireNonNullElse(c.subtype(), "-")))
        .containsExactly(controllers.split(" "));
    assertThat(machines.get(0).nics().stream().map(n -> Objects.requireNonNullElse(n.model(), "-")))
        .containsExactly(nics.split(" "));
  }

  @ParameterizedTest
  @EnumSource(
      value = WriterProfile.class,
      names = {"STRICT", "VIRTUALBOX", "XENSERVER"})
  void writesWhatTheSampleHolds(WriterProfile profile) throws IOException {
    String name = "draft-" + profile.name().toLowerCase(java.util.Locale.ROOT) + ".ovf";
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(name), name)) {
      assertThat(new String(RichDraft.draft().toXml(profile), StandardCharsets.UTF_8))
          .isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void leavesVendorsOutForXenServer() {
    assertThat(new String(RichDraft.draft().toXml(WriterProfile.XENSERVER), StandardCharsets.UTF_8))
        .doesNotContain("vmw:")
        .contains("<rasd:Limit>2048</rasd:Limit>");
    assertThat(
            new String(RichDraft.draft().toXml(WriterProfile.VIRTUALBOX), StandardCharsets.UTF_8))
        .contains("<vbox:OSType xmlns:vbox=\"http://www.virtualbox.org/ovf/machine\"")
        .doesNotContain("vmw:osType");
  }

  @Test
  void givesBlankDisksAFormatForVmware() {
    assertThat(written(WriterProfile.VMWARE).disks())
        .extracting(Disk::format)
        .containsOnly(DraftDisk.STREAM_OPTIMIZED);
    assertThat(written(WriterProfile.STRICT).disk("d-b").orElseThrow().parentRef())
        .isEqualTo("d-a");
  }

  @Test
  void writesFurtherSectionsAsTheyAre() {
    XmlElement section =
        XmlElement.builder(new XmlName("urn:x", "FooSection", "x"))
            .attribute(new XmlName(Dialect.OVF1, "required", "ovf"), "false")
            .add(XmlElement.builder(new XmlName(Dialect.OVF1, "Info", "")).text("Foo").build())
            .build();
    EnvelopeDraft draft =
        RichDraft.draft()
            .withGroup(
                new DraftGroup(RichDraft.draft().group().options(), List.of(), List.of(section)));
    assertThat(Envelope.read("a", draft.toXml()).sections())
        .extracting(Section::name)
        .contains("FooSection");
  }

  @Test
  void refusesLooseEnds() {
    EnvelopeDraft good = RichDraft.draft();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> good.withGroup(DraftGroup.none()))
        .withMessageContaining("no option big");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                good.withGroup(
                    new DraftGroup(
                        good.group().options(),
                        List.of(new DraftStart("c", 1, null, false, null)),
                        List.of())))
        .withMessageContaining("no machine c");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new EnvelopeDraft(
                    "x",
                    List.of(),
                    List.of(
                        new DraftDisk("b", null, 1, null, null, "a"),
                        new DraftDisk("a", null, 1, null, null)),
                    List.of(),
                    good.machines()))
        .withMessageContaining("listed before b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DraftOption("a b", "", "", false))
        .withMessageContaining("no blank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DraftDevice(0, "x", null, null, null, null, true));
  }
}
