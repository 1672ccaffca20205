package io.intermodal.ovf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Firmware;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.OvfVersion;
import io.intermodal.ovf.internal.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Edits documents in the forms of other products. */
class DialectEditsTest {

  private static final String VIRTUALBOX =
      """
      <Envelope xmlns="%1$s" xmlns:ovf="%1$s" xmlns:rasd="%2$s" xmlns:vbox="%3$s">
        <References/>
        <VirtualSystem ovf:id="vm">
          <Info>A machine</Info>
          <OperatingSystemSection ovf:id="96"><Info>Guest</Info></OperatingSystemSection>
          <VirtualHardwareSection>
            <Info>Hardware</Info>
            <Item>
              <rasd:ElementName>1 virtual CPU</rasd:ElementName>
              <rasd:InstanceID>1</rasd:InstanceID>
              <rasd:ResourceType>3</rasd:ResourceType>
              <rasd:VirtualQuantity>1</rasd:VirtualQuantity>
            </Item>
            <Item>
              <rasd:AllocationUnits>MegaBytes</rasd:AllocationUnits>
              <rasd:ElementName>512 MB of memory</rasd:ElementName>
              <rasd:InstanceID>2</rasd:InstanceID>
              <rasd:ResourceType>4</rasd:ResourceType>
              <rasd:VirtualQuantity>512</rasd:VirtualQuantity>
            </Item>
            <StorageItem xmlns:sasd="%4$s">
              <sasd:Address>0</sasd:Address>
              <sasd:Caption>sata</sasd:Caption>
              <sasd:InstanceID>3</sasd:InstanceID>
              <sasd:ResourceSubType>AHCI</sasd:ResourceSubType>
              <sasd:ResourceType>20</sasd:ResourceType>
            </StorageItem>
          </VirtualHardwareSection>
          <vbox:Machine ovf:required="false" name="vm" OSType="Debian_64">
            <Hardware>
              <CPU count="1"/>
              <Memory RAMSize="512"/>
              <Firmware type="EFI"/>
            </Hardware>
          </vbox:Machine>
        </VirtualSystem>
      </Envelope>
      """
          .formatted(
              Dialect.OVF2,
              Dialect.RASD,
              Dialect.VBOX,
              Dialect.CIM + "StorageAllocationSettingData.xsd");

  private static EnvelopeEditor virtualBox() {
    return EnvelopeEditor.of(Envelope.read("vbox", VIRTUALBOX.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void anEthernetPortOfAnyTypeStaysAnAdapter() {
    String port =
        """
        <EthernetPortItem xmlns:epasd="%s">
          <epasd:ElementName>nic</epasd:ElementName>
          <epasd:InstanceID>9</epasd:InstanceID>
          <epasd:ResourceType>33</epasd:ResourceType>
        </EthernetPortItem>
        </VirtualHardwareSection>"""
            .formatted(Dialect.CIM + "EthernetPortAllocationSettingData");
    byte[] two =
        VIRTUALBOX.replace("</VirtualHardwareSection>", port).getBytes(StandardCharsets.UTF_8);
    Machine machine =
        EnvelopeEditor.of(Envelope.read("port", two))
            .convertTo(OvfVersion.V1_1, ForeignParts.DROP)
            .toEnvelope()
            .machines(null)
            .get(0);
    assertThat(machine.nics()).hasSize(1);
    assertThat(machine.nics().get(0).item().resourceType()).isEqualTo(10);
  }

  private static EnvelopeEditor sample(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(Envelope.class.getResourceAsStream(name), name)) {
      return EnvelopeEditor.of(Envelope.read(name, in.readAllBytes()));
    }
  }

  private static Machine machine(EnvelopeEditor editor) {
    return editor.toEnvelope().machines(null).get(0);
  }

  private static String text(EnvelopeEditor editor) {
    return new String(editor.toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void keepsTheSettingsOfVirtualBoxInStep() {
    EnvelopeEditor editor =
        virtualBox().setMemory(2L << 30).setCpus(4).setName("web").setFirmware(Firmware.BIOS, null);
    assertThat(text(editor))
        .contains("<CPU count=\"4\"/>", "<Memory RAMSize=\"2048\"/>", "<Firmware type=\"BIOS\"/>")
        .contains("name=\"web\"", "<rasd:VirtualQuantity>2048</rasd:VirtualQuantity>")
        .doesNotContain("vmw:");
    assertThat(machine(editor).firmware()).isEqualTo(Firmware.BIOS);
  }

  @Test
  void dropsTheSettingsOfVirtualBoxThatContradict() {
    EnvelopeEditor editor = virtualBox().addDisk(NewDisk.blank(1L << 30));
    assertThat(text(editor)).doesNotContain("vbox:Machine").contains("<StorageItem");
    assertThat(editor.report().of(Change.Kind.REMOVED))
        .extracting(Change::what)
        .containsExactly("drops vbox:Machine since it contradicts the added disk");
    assertThat(machine(editor).firmware()).isEqualTo(Firmware.EFI);
    assertThat(Objects.requireNonNull(machine(editor).guestOs()).vendorType())
        .isEqualTo("Debian_64");
    assertThat(machine(editor).disks().get(0).bus()).isEqualTo("sata");
    assertThat(machine(editor).disks().get(0).unit()).isZero();
  }

  @Test
  void editsOvirtInItsOwnForm() throws IOException {
    EnvelopeEditor editor =
        sample("cluster.ovf").setMemory(1L << 30).setCpus(18).setFirmware(Firmware.EFI, true);
    assertThat(text(editor))
        .contains("<rasd:num_of_sockets>3</rasd:num_of_sockets>", "<BiosType>4</BiosType>")
        .contains("<rasd:VirtualQuantity>1024</rasd:VirtualQuantity>")
        .doesNotContain("vmw:");
    assertThat(machine(editor).cpus()).isEqualTo(18);
    assertThat(machine(editor).coresPerSocket()).isEqualTo(3);
    assertThat(machine(editor.setCpus(5)).cpus()).isEqualTo(5);
    assertThat(editor.setAnnotation("A note").toEnvelope().sectionNames())
        .contains("AnnotationSection");
    assertThat(text(editor)).contains("xsi:type=\"ovf:AnnotationSection_Type\"");
  }

  @Test
  void edits09InItsOwnForm() throws IOException {
    EnvelopeEditor editor = sample("draft09.ovf").setMemory(1L << 30).addDisk(NewDisk.blank(512));
    assertThat(text(editor))
        .contains("<rasd:InstanceId>4</rasd:InstanceId>")
        .contains("<rasd:HostResource>/disk/disk2</rasd:HostResource>")
        .doesNotContain("InstanceID", "rasd:ElementName");
    assertThat(machine(editor).memoryBytes()).isEqualTo(1L << 30);
    assertThat(machine(editor).disks()).hasSize(2).allMatch(d -> "2".equals(d.controller()));
  }

  @Test
  void convertsOvirtAnd09() throws IOException {
    for (String name : List.of("cluster.ovf", "draft09.ovf")) {
      EnvelopeEditor editor = sample(name);
      Machine before = machine(editor);
      editor.convertTo(OvfVersion.V1_1, ForeignParts.WHERE_ALLOWED);
      Machine after = machine(editor);
      assertThat(text(editor))
          .doesNotContain("xsi:type", "InstanceId", "num_of_sockets", "MegaBytes")
          .contains("<rasd:HostResource>ovf:/disk/")
          .contains(Dialect.OVF1 + "\"");
      assertThat(editor.toEnvelope().version()).contains(OvfVersion.V1_1);
      assertThat(after.cpus()).isEqualTo(before.cpus());
      assertThat(after.firmware()).isEqualTo(before.firmware());
      assertThat(after.disks().get(0).capacityBytes())
          .isEqualTo(before.disks().get(0).capacityBytes());
      assertThat(editor.report().of(Change.Kind.CHANGED)).isNotEmpty();
    }
    assertThat(text(sample("cluster.ovf").convertTo(OvfVersion.V1_1, ForeignParts.WHERE_ALLOWED)))
        .contains("<rasd:Address>56:6F:00:00:00:1A</rasd:Address>", "ovf:capacity=\"3\"");
  }

  @Test
  void convertsWhatOnlyTwoHas() {
    EnvelopeEditor editor = virtualBox().convertTo(OvfVersion.V1_1, ForeignParts.WHERE_ALLOWED);
    assertThat(text(editor))
        .doesNotContain("StorageItem", "vbox:Machine")
        .contains("<rasd:ElementName>sata</rasd:ElementName>");
    assertThat(editor.report().of(Change.Kind.LOST))
        .extracting(Change::what)
        .contains("drops vbox:Machine");
    assertThat(machine(editor).firmware()).isEqualTo(Firmware.EFI);
    assertThat(text(virtualBox().convertTo(OvfVersion.V1_1, ForeignParts.KEEP)))
        .contains("vbox:Machine");
  }
}
