package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads values that are stated for some deployment options, for all, or for none in particular. */
class OptionValuesTest {

  private static final String OPTIONS =
      "<DeploymentOptionSection><Info/>"
          + "<Configuration ovf:id='small'><Label>S</Label><Description>S</Description>"
          + "</Configuration>"
          + "<Configuration ovf:id='large'><Label>L</Label><Description>L</Description>"
          + "</Configuration></DeploymentOptionSection>";

  private static Envelope envelope(String disks, String inSystem) {
    return Envelope.read(
        "a",
        ("<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1'"
                + " xmlns:ovf='http://schemas.dmtf.org/ovf/envelope/1'"
                + " xmlns:vmw='http://www.vmware.com/schema/ovf'><References/>"
                + disks
                + OPTIONS
                + "<VirtualSystem ovf:id='a'><Info/>"
                + inSystem
                + "</VirtualSystem></Envelope>")
            .getBytes(StandardCharsets.UTF_8));
  }

  private static ProductProperty property(String attributes, String values) {
    return envelope(
            "",
            "<ProductSection><Info/><Property ovf:key='ip' ovf:type='string' "
                + attributes
                + ">"
                + values
                + "</Property></ProductSection>")
        .products()
        .get(0)
        .properties()
        .get(0);
  }

  @Test
  void takesAValueForNoOptionWhereTheDefaultIsEmpty() {
    String values = "<Value ovf:value='192.0.2.1'/><Value ovf:value='192.0.2.2'/>";
    assertThat(property("ovf:value=''", values).value()).isEqualTo("192.0.2.1");
    assertThat(property("", values).value()).isEqualTo("192.0.2.1");
    assertThat(property("ovf:value='192.0.2.9'", values).value()).isEqualTo("192.0.2.9");
    assertThat(property("", "").value()).isNull();
  }

  @Test
  void prefersTheValueOfAnOptionToOneForNone() {
    ProductProperty property =
        property(
            "ovf:value=''",
            "<Value ovf:value='b'/><Value ovf:value='a' ovf:configuration='small'/>");
    assertThat(property.valueIn("small")).isEqualTo("a");
    assertThat(property.valueIn("large")).isEqualTo("b");
    assertThat(property.valueIn(null)).isEqualTo("b");
  }

  @Test
  void prefersTheFirmwareOfAnOptionWhereverItStands() {
    Envelope envelope =
        envelope(
            "",
            "<VirtualHardwareSection><Info/>"
                + "<vmw:ExtraConfig vmw:key='firmware' vmw:value='efi' ovf:configuration='small'/>"
                + "<vmw:Config vmw:key='firmware' vmw:value='@@NONE@@'/>"
                + "<vmw:Config vmw:key='firmware' vmw:value='bios'/>"
                + "<vmw:Config vmw:key='firmware' vmw:value='efi' ovf:configuration='large'/>"
                + "</VirtualHardwareSection>");
    assertThat(envelope.machines("small").get(0).firmware()).isEqualTo(Firmware.BIOS);
    assertThat(envelope.machines("large").get(0).firmware()).isEqualTo(Firmware.EFI);
  }

  @Test
  void acceptsACapacityThatOnlyAnotherOptionKnows() {
    String disks =
        "<DiskSection><Info/>"
            + "<Disk ovf:diskId='d' ovf:capacity='${size}' ovf:capacityAllocationUnits='byte * 2^30'"
            + "/></DiskSection>";
    String product =
        "<ProductSection><Info/><Property ovf:key='size' ovf:type='uint16' ovf:value='%s'"
            + " ovf:configuration='large'/></ProductSection>";
    Envelope known = envelope(disks, product.formatted("20"));
    assertThat(known.disks().get(0).capacityBytes()).isNull();
    assertThat(known.findings())
        .extracting(Finding::code)
        .doesNotContain(FindingCode.PROPERTY_UNRESOLVED);
    assertThat(envelope(disks, product.formatted("much")).findings())
        .filteredOn(f -> f.code() == FindingCode.PROPERTY_UNRESOLVED)
        .extracting(Finding::message)
        .containsExactly("the capacity names a property without a number: ${size}");
  }

  @Test
  void passesOverSecureBootThatIsNeitherTrueNorFalse() {
    Envelope envelope =
        envelope(
            "",
            "<VirtualHardwareSection><Info/>"
                + "<vmw:Config vmw:key='bootOptions.efiSecureBootEnabled' vmw:value='@@SB@@'/>"
                + "<vmw:ExtraConfig vmw:key='uefi.secureBoot.enabled' vmw:value='TRUE'/>"
                + "</VirtualHardwareSection>");
    assertThat(envelope.machines(null).get(0).secureBoot()).isTrue();
  }

  @Test
  void readsMarksOnSettingsInAnEnvelopeOfUnknownNamespace() {
    Envelope envelope =
        Envelope.read(
            "a",
            ("<Envelope xmlns='urn:odd' xmlns:o='urn:odd'"
                    + " xmlns:vmw='http://www.vmware.com/schema/ovf'><References/>"
                    + "<VirtualSystem o:id='a'><Info/><VirtualHardwareSection><Info/>"
                    + "<vmw:Config vmw:key='k' vmw:value='v' o:required='false'"
                    + " o:configuration='large'/>"
                    + "</VirtualHardwareSection></VirtualSystem></Envelope>")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(envelope.machines(null).get(0).vmwareConfigs())
        .containsExactly(new VmwareConfig(false, "k", "v", false, List.of("large")));
  }

  @Test
  void resolvesToTheFirstOfTwoPropertiesThatHasAValue() {
    Envelope envelope =
        envelope(
            "",
            "<ProductSection><Info/><Property ovf:key='k' ovf:type='string'/>"
                + "<Property ovf:key='k' ovf:type='string' ovf:value='7'/>"
                + "<Property ovf:key='k' ovf:type='string' ovf:value='8'/>"
                + "<Property ovf:key='r' ovf:type='string' ovf:value='is ${k}'/></ProductSection>");
    assertThat(envelope.machines(null).get(0).properties())
        .extracting(Machine.EffectiveProperty::value)
        .containsExactly(null, "7", "8", "is 7");
    assertThat(PropertySheet.of(envelope).entries())
        .extracting(PropertyEntry::value)
        .containsExactly(null, "7", "8", "is 7");
  }

  @Test
  void acceptsOptionsWhoseTextsAreAmongTheMessages() {
    String option =
        "<DeploymentOptionSection><Info/><Configuration ovf:id='one'><Label ovf:msgid='l'/>"
            + "<Description%s/></Configuration></DeploymentOptionSection>";
    assertThat(envelope(option.formatted(" ovf:msgid='d'"), "").findings())
        .extracting(Finding::code)
        .doesNotContain(FindingCode.CONFIGURATION_TEXT);
    assertThat(envelope(option.formatted(""), "").findings())
        .filteredOn(f -> f.code() == FindingCode.CONFIGURATION_TEXT)
        .extracting(Finding::message)
        .containsExactly("the option one lacks its Label or Description");
  }
}
