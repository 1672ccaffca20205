package io.intermodal.ovf.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.EnvelopeDraft.DraftProperty;
import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.Firmware;
import io.intermodal.ovf.Item;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.Network;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.OvfVersion;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import io.intermodal.xml.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeEditorTest {

  private static EnvelopeEditor editor() {
    return EnvelopeEditor.of(Trees.appliance());
  }

  private static String text(EnvelopeEditor editor) {
    return new String(editor.toBytes(), StandardCharsets.UTF_8);
  }

  private static Machine machine(EnvelopeEditor editor, @Nullable String option) {
    return editor.toEnvelope().machines(option).get(0);
  }

  private static void refuses(UnaryOperator<EnvelopeEditor> edit, String... words) {
    EnvelopeEditor editor = editor();
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> edit.apply(editor))
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.EDIT_REJECTED))
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
    assertThat(editor.report().changes()).isEmpty();
    assertThat(text(editor)).isEqualTo(text(editor()));
  }

  /** Returns the lines that an edit takes away and puts in; nothing else may differ. */
  private static List<String> newLines(EnvelopeEditor editor) {
    List<String> before = text(editor()).lines().toList();
    return text(editor).lines().filter(l -> !before.contains(l)).map(String::strip).toList();
  }

  private static List<String> goneLines(EnvelopeEditor editor) {
    List<String> after = text(editor).lines().toList();
    return text(editor()).lines().filter(l -> !after.contains(l)).map(String::strip).toList();
  }

  @Test
  void leavesWhatNobodyEditsAsItIs() {
    Envelope envelope = Trees.appliance();
    EnvelopeEditor editor = EnvelopeEditor.of(envelope);
    assertThat(editor.toBytes()).isEqualTo(XmlWriter.exact().toBytes(envelope.document()));
    assertThat(editor.toEnvelope().document().root()).isEqualTo(envelope.document().root());
    assertThat(editor.report().changed()).isFalse();
  }

  @Test
  void setsMemoryInEveryOption() {
    EnvelopeEditor editor = editor().setMemory(4L << 30);
    for (String option : List.of("small", "medium", "large")) {
      assertThat(machine(editor, option).memoryBytes()).isEqualTo(4L << 30);
    }
    assertThat(newLines(editor))
        .containsExactly(
            "<rasd:ElementName>4096MB of memory</rasd:ElementName>",
            "<rasd:VirtualQuantity>4096</rasd:VirtualQuantity>",
            "<rasd:ElementName>4096MB of memory</rasd:ElementName>",
            "<rasd:VirtualQuantity>4096</rasd:VirtualQuantity>");
  }

  @Test
  void setsMemoryInOneOptionThatSharesItsItem() {
    EnvelopeEditor editor = editor().setMemory(3L << 30, "large");
    assertThat(machine(editor, "small").memoryBytes()).isEqualTo(1L << 30);
    assertThat(machine(editor, "medium").memoryBytes()).isEqualTo(2L << 30);
    assertThat(machine(editor, "large").memoryBytes()).isEqualTo(3L << 30);
    assertThat(editor.report().changes())
        .extracting(Change::what)
        .containsExactly(
            "is for the options medium only",
            "adds an item that sets memory 2 GiB -> 3 GiB in the option large");
  }

  @Test
  void makesAnItemForAnOptionThatHasNone() {
    EnvelopeEditor editor = editor().setCpus(8, "large");
    assertThat(machine(editor, "large").cpus()).isEqualTo(8);
    assertThat(machine(editor, "small").cpus()).isEqualTo(2);
    assertThat(text(editor))
        .contains(
            """
                  <Item ovf:configuration="large">
                    <rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits>
                    <rasd:ElementName>8 virtual CPUs</rasd:ElementName>
                    <rasd:InstanceID>1</rasd:InstanceID>
            """);
  }

  @Test
  void writesMemoryThatIsNoWholeMibInBytes() {
    EnvelopeEditor editor = editor().setMemory(1000, "small");
    assertThat(machine(editor, "small").memoryBytes()).isEqualTo(1000);
    assertThat(text(editor)).contains("<rasd:AllocationUnits>byte</rasd:AllocationUnits>");
  }

  @Test
  void setsCoresPerSocketAsVmwareDoes() {
    EnvelopeEditor editor = editor().setCpus(4).setCoresPerSocket(2);
    assertThat(machine(editor, null).coresPerSocket()).isEqualTo(2);
    assertThat(text(editor))
        .contains("<vmw:CoresPerSocket ovf:required=\"false\">2</vmw:CoresPerSocket>");
    refuses(e -> e.setCoresPerSocket(3), "2 processors", "sockets of 3 cores");
  }

  @Test
  void setsAProperty() {
    EnvelopeEditor editor = editor().setProperty("app.size.1", "16");
    assertThat(newLines(editor)).hasSize(1);
    assertThat(property(editor, "app.size.1", null)).isEqualTo("16");
    assertThat(property(editor, "app.size.1", "large")).isEqualTo("4");
    assertThat(editor.report().of(Change.Kind.NOTE))
        .extracting(Change::what)
        .containsExactly("app.size.1 has values of their own in the options large, medium");
    EnvelopeEditor large = editor().setProperty("app.size.1", "32", "large");
    assertThat(property(large, "app.size.1", "large")).isEqualTo("32");
    assertThat(property(large, "app.size.1", "medium")).isEqualTo("4");
    assertThat(property(large, "app.size.1", "small")).isEqualTo("8");
    EnvelopeEditor small = editor().setProperty("app.ip.1", "10.0.0.1", "small");
    assertThat(property(small, "app.ip.1", "small")).isEqualTo("10.0.0.1");
    assertThat(property(small, "app.ip.1", "large")).isNull();
  }

  @Test
  void emptiesAPropertyThatHasItsValueTwice() {
    String own = "<Property ovf:key=\"size\" ovf:type=\"uint16\" ovf:value=\"8\">";
    for (String stated : List.of(own, own.replace(" ovf:value=\"8\"", ""))) {
      Envelope twice =
          Envelope.read(
              "twice",
              text(editor())
                  .replace(own, stated + "<Value ovf:value=\"9\"/>")
                  .getBytes(StandardCharsets.UTF_8));
      EnvelopeEditor editor = EnvelopeEditor.of(twice).setProperty("app.size.1", "");
      assertThat(property(editor, "app.size.1", null)).isEmpty();
      assertThat(property(editor, "app.size.1", "large")).isEqualTo("4");
      editor = EnvelopeEditor.of(twice).setProperty("app.size.1", "16");
      assertThat(text(editor)).doesNotContain("ovf:value=\"9\"");
    }
  }

  private static @Nullable String property(
      EnvelopeEditor editor, String key, @Nullable String option) {
    return machine(editor, option).properties().stream()
        .filter(p -> p.property().fullKey().equals(key))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void refusesValuesThatAPropertyCannotHave() {
    refuses(e -> e.setProperty("app.size.1", "-1"), "must be a whole number from 0 to 65535");
    refuses(e -> e.setProperty("app.size.1", "70000", "large"), "its value must be a whole number");
    refuses(e -> e.setProperty("app.ip.1", "front"), "must be an IPv4 or IPv6 address");
    for (String open : List.of("", "${vami.size}")) {
      assertThat(property(editor().setProperty("app.size.1", open), "app.size.1", null))
          .isEqualTo(open);
    }
    Envelope bounded =
        Envelope.read(
            "bounded",
            text(editor())
                .replace(
                    "ovf:password=\"true\"", "ovf:password=\"true\" ovf:qualifiers=\"MinLen(8)\"")
                .getBytes(StandardCharsets.UTF_8));
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> EnvelopeEditor.of(bounded).setProperty("app.admin.1", "hunter2"))
        .withMessage(
            "cannot set the property app.admin.1: its value must have at least 8 characters");
  }

  @Test
  void addsPropertiesOfKnownTypesOnly() {
    refuses(
        e -> e.addProperty(new DraftProperty("p", "uint15", "1", true, false, null)),
        "there is no type uint15; did you mean uint16");
    refuses(
        e -> e.addProperty(new DraftProperty("p", "blob", null, true, false, null)),
        "there is no type blob");
    refuses(
        e -> e.addProperty(new DraftProperty("p", "boolean", "yes", true, false, null)),
        "its value must be true or false");
    for (String type : List.of("ip:front", "string(1..5)", "real32", "Boolean", "password")) {
      DraftProperty property = new DraftProperty("p", type, null, true, false, null);
      assertThat(property(editor().addProperty(property), "p", null)).isNull();
    }
  }

  @Test
  void addsAPropertyWithValuesForOptions() {
    DraftProperty property =
        new DraftProperty("p", "uint8", "1", true, false, "L", Map.of("large", "3", "medium", "2"));
    EnvelopeEditor editor = editor().addProperty(property);
    assertThat(property(editor, "p", "small")).isEqualTo("1");
    assertThat(property(editor, "p", "medium")).isEqualTo("2");
    assertThat(property(editor, "p", "large")).isEqualTo("3");
    refuses(
        e ->
            e.addProperty(
                new DraftProperty("p", "uint8", "1", true, false, null, Map.of("large", "300"))),
        "from 0 to 255");
    refuses(
        e ->
            e.addProperty(
                new DraftProperty("p", "uint8", "1", true, false, null, Map.of("huge", "3"))),
        "option huge");
  }

  @Test
  void keepsSecretsToItself() {
    EnvelopeEditor editor = editor().setProperty("app.admin.1", "hunter2");
    assertThat(editor.report().toString()).doesNotContain("hunter2", "s3cret");
    assertThat(editor.report().of(Change.Kind.NOTE)).hasSize(1);
    refuses(e -> e.setProperty("app.admin.1", "hunter2\u0001"), "U+0001");
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> editor().setProperty("app.admin.2", "hunter2"))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @Test
  void addsAndRemovesProperties() {
    DraftProperty property = new DraftProperty("port", "uint16", "80", true, false, "Port");
    EnvelopeEditor editor = editor().addProperty("app", "1", property);
    assertThat(property(editor, "app.port.1", null)).isEqualTo("80");
    assertThat(editor.removeProperty("app.port.1").toEnvelope().document().root())
        .isEqualTo(Trees.appliance().document().root());
    EnvelopeEditor plain = editor().addProperty(property);
    assertThat(property(plain, "port", null)).isEqualTo("80");
    assertThat(plain.toEnvelope().findings()).noneMatch(f -> f.message().contains("port"));
    refuses(
        e ->
            e.addProperty("app", "1", new DraftProperty("size", "string", null, true, false, null)),
        "already");
  }

  @Test
  void addsADiskWhereThereIsRoom() {
    EnvelopeEditor editor = editor().addDisk(NewDisk.vmdk("data disk.vmdk", 77, 5L << 30));
    Machine machine = machine(editor, "large");
    Machine.AttachedDisk disk = machine.disks().get(machine.disks().size() - 1);
    assertThat(disk.capacityBytes()).isEqualTo(5L << 30);
    assertThat(disk.controller()).isEqualTo("3");
    assertThat(disk.unit()).isEqualTo(2);
    assertThat(disk.item().instanceId()).isEqualTo("7");
    Envelope envelope = editor.toEnvelope();
    assertThat(envelope.fileOf(envelope.disk("disk3").orElseThrow()).orElseThrow().href())
        .isEqualTo("data%20disk.vmdk");
    assertThat(editor.report().changes())
        .extracting(Change::what)
        .containsExactly(
            "lists the file data disk.vmdk with the id file3",
            "adds the disk disk3 of 5 GiB",
            "attaches it to the controller 3 at the address 2 with InstanceID 7");
    assertThat(goneLines(editor)).isEmpty();
    assertThat(envelope.findings()).hasSameSizeAs(Trees.appliance().findings());
  }

  @Test
  void addsAControllerWhenAllAreFull() {
    EnvelopeEditor editor = editor();
    for (int i = 0; i < 14; i++) {
      editor.addDisk(NewDisk.blank(1 << 20));
    }
    Machine machine = machine(editor, "large");
    assertThat(machine.controllers()).hasSize(2);
    assertThat(machine.controllers().get(1).busNumber()).isEqualTo(1);
    assertThat(machine.controllers().get(1).subtype()).isEqualTo("VirtualSCSI");
    assertThat(machine.disks())
        .filteredOn(d -> "3".equals(d.controller()))
        .extracting(Machine.AttachedDisk::unit)
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15);
  }

  @Test
  void removesADiskWithAllThatIsItsOwn() {
    EnvelopeEditor editor = editor().removeDisk("disk1");
    assertThat(editor.toEnvelope().file("file1")).isEmpty();
    assertThat(editor.toEnvelope().disk("disk1")).isEmpty();
    assertThat(machine(editor, "large").disks()).hasSize(1);
    assertThat(text(editor)).contains("<!-- the second disk is made empty -->");
    assertThat(newLines(editor)).isEmpty();
    refuses(e -> e.removeDisk("disc1"), "did you mean disk1");
  }

  @Test
  void replacesTheFileOfADisk() {
    EnvelopeEditor editor = editor().replaceDisk("disk1", NewDisk.vmdk("new.vmdk", 9, 16L << 30));
    Envelope envelope = editor.toEnvelope();
    assertThat(envelope.file("file1").orElseThrow().href()).isEqualTo("new.vmdk");
    assertThat(envelope.file("file1").orElseThrow().sizeBytes()).isEqualTo(9);
    assertThat(envelope.disk("disk1").orElseThrow().capacityBytes()).isEqualTo(16L << 30);
    assertThat(machine(editor, null).disks()).hasSize(1);
    EnvelopeEditor blank = editor().replaceDisk("disk2", NewDisk.vmdk("b.vmdk", 9, 1 << 20));
    assertThat(blank.toEnvelope().disk("disk2").orElseThrow().fileRef()).isEqualTo("file3");
  }

  @Test
  void addsAndRemovesFiles() {
    EnvelopeEditor editor = editor().addFile("licence", "licence.txt", 3L);
    assertThat(editor.toEnvelope().file("licence").orElseThrow().sizeBytes()).isEqualTo(3);
    editor.setFileSize("licence.txt", 4).removeFile("licence");
    assertThat(editor.toEnvelope().document().root())
        .isEqualTo(Trees.appliance().document().root());
    refuses(e -> e.removeFile("file1"), "needed by /Envelope/DiskSection/Disk[1]");
    refuses(e -> e.removeFile("state.nvram"), "needed by", "ExtraConfig");
    refuses(e -> e.addFile("file1", "x", null), "already");
    refuses(e -> e.addFile(null, "../x", null), "no name of a file");
    refuses(e -> e.addFile(null, "system disk.vmdk", null), "listed already");
  }

  @Test
  void addsANicLikeTheOthers() {
    EnvelopeEditor editor = editor().addNic("storage", null, "00:50:56:01:02:03");
    Machine.Nic nic = machine(editor, null).nics().get(1);
    assertThat(nic.network()).isEqualTo("storage");
    assertThat(nic.model()).isEqualTo("VmxNet3");
    assertThat(nic.mac()).isEqualTo("00:50:56:01:02:03");
    assertThat(editor.toEnvelope().networks()).extracting(n -> n.name()).contains("storage");
    assertThat(machine(editor.removeNic("7"), null).nics()).hasSize(1);
    refuses(e -> e.addNic("front", null, "nonsense"), "not of the form");
    refuses(e -> e.removeNic("3"), "no network adapter", "there are 6");
  }

  @Test
  void renamesANetworkEverywhere() {
    EnvelopeEditor editor = editor().renameNetwork("front", "DMZ 1");
    assertThat(text(editor))
        .doesNotContain("\"front\"", ">front<", "ip:front")
        .contains("The front");
    assertThat(machine(editor, null).nics().get(0).network()).isEqualTo("DMZ 1");
    assertThat(newLines(editor)).hasSize(3);
    refuses(e -> e.renameNetwork("fron", "x"), "did you mean front");
    refuses(e -> e.renameNetwork("front", "back"), "already");
  }

  @Test
  void putsTwoNetworksTogether() {
    EnvelopeEditor editor = editor().mergeNetwork("front", "back");
    Envelope envelope = editor.toEnvelope();
    assertThat(envelope.networks()).extracting(Network::name).containsExactly("back");
    assertThat(machine(editor, null).nics()).extracting(Machine.Nic::network).containsOnly("back");
    assertThat(text(editor)).doesNotContain("front").contains("ip:back", "Ip(&quot;back&quot;)");
    assertThat(editor.report().of(Change.Kind.REMOVED))
        .extracting(Change::what)
        .containsExactly("removes the network front; what was on it is on back");
    refuses(e -> e.mergeNetwork("front", "bck"), "there is no network bck; did you mean back");
    refuses(e -> e.mergeNetwork("fron", "back"), "did you mean front");
    refuses(e -> e.mergeNetwork("back", "back"), "it is the same network");
    refuses(
        e -> e.renameNetwork("front", "back"),
        "already; to put what is on front on it too, merge the networks");
  }

  @Test
  void keepsOneConnectionOfAnAdapterOnBothNetworks() {
    String front = "<rasd:Connection>front</rasd:Connection>";
    String back = front.replace("front", "back");
    for (String both : List.of(front + back, back + front, front + front)) {
      Envelope envelope =
          Envelope.read(
              "both", text(editor()).replace(front, both).getBytes(StandardCharsets.UTF_8));
      EnvelopeEditor editor = EnvelopeEditor.of(envelope).mergeNetwork("front", "back");
      assertThat(machine(editor, null).nics().get(0).item().connections()).containsExactly("back");
      assertThat(editor.report().of(Change.Kind.REMOVED))
          .extracting(Change::what)
          .contains("removes the connection to front: the adapter has one to back");
    }
  }

  @Test
  void mergesWhatVcloudSaysAboutNetworks() {
    String vcloud = "http://www.vmware.com/vcloud/v1.5";
    Envelope envelope =
        Envelope.read(
            "vcloud",
            text(editor())
                .replace(
                    "  <DeploymentOptionSection>",
                    "  <v:NetworkConfigSection xmlns:v=\""
                        + vcloud
                        + "\"><Info>I</Info><v:NetworkConfig networkName=\"front\"><v:A/></v:NetworkConfig>"
                        + "<v:NetworkConfig networkName=\"back\"><v:B/></v:NetworkConfig>"
                        + "</v:NetworkConfigSection>\n  <DeploymentOptionSection>")
                .getBytes(StandardCharsets.UTF_8));
    EnvelopeEditor editor = EnvelopeEditor.of(envelope).mergeNetwork("front", "back");
    assertThat(text(editor)).contains("<v:B/>").doesNotContain("<v:A/>", "\"front\"");
    assertThat(editor.report().of(Change.Kind.LOST))
        .extracting(Change::what)
        .containsExactly("drops the settings of the network front: those of back count");
    editor = EnvelopeEditor.of(envelope).renameNetwork("back", "rear");
    assertThat(text(editor)).contains("<v:A/>", "<v:B/>", "networkName=\"rear\"");
  }

  @Test
  void givesIdsThatDifferToFilesWithoutOne() {
    Envelope without =
        Envelope.read(
            "without",
            text(editor())
                .replace(
                    "  </References>",
                    "    <File ovf:href=\"a\"/><File ovf:href=\"b\"/></References>")
                .getBytes(StandardCharsets.UTF_8));
    EnvelopeEditor editor =
        EnvelopeEditor.of(without).convertTo(OvfVersion.V1_1, ForeignParts.KEEP);
    assertThat(editor.toEnvelope().files())
        .extracting(FileReference::id)
        .containsExactly("file1", "file2", "file3", "file4");
  }

  @Test
  void saysThatAPropertyIsNoLongerForSomeOptions() {
    Envelope limited =
        Envelope.read(
            "limited",
            text(editor())
                .replace(
                    "<Property ovf:key=\"size\"",
                    "<Property ovf:configuration=\"large\" ovf:key=\"size\"")
                .getBytes(StandardCharsets.UTF_8));
    EnvelopeEditor dropped =
        EnvelopeEditor.of(limited).convertTo(OvfVersion.V1_1, ForeignParts.DROP);
    assertThat(dropped.report().of(Change.Kind.LOST))
        .extracting(Change::what)
        .contains(
            "puts the property size into every deployment option, no longer only into large: 1.1"
                + " cannot say so");
    assertThat(property(dropped, "app.size.1", "small")).isEqualTo("8");
    EnvelopeEditor kept = EnvelopeEditor.of(limited).convertTo(OvfVersion.V1_1, ForeignParts.KEEP);
    assertThat(kept.report().of(Change.Kind.LOST)).isEmpty();
    assertThat(text(kept)).contains("ovf:configuration=\"large\" ovf:key=\"size\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ip(\"a\")|Ip(\"n w\")",
        "Ip('a'), MinLen(1)|Ip('n w'), MinLen(1)",
        "Ip(a)|Ip(\"n w\")",
        "Ip(\"b,a\") Netmask(a)|Ip(\"b,a\") Netmask(\"n w\")",
        "Ip()|Ip()",
        "ValueMap{\"a\"}|ValueMap{\"a\"}"
      })
  void renamesNetworksInQualifiers(String before, String after) {
    assertThat(NetworkNames.qualifiers(before, "a", "n w")).isEqualTo(after);
  }

  @Test
  void setsFirmwareWhereItIsStated() {
    EnvelopeEditor editor = editor().setFirmware(Firmware.EFI, true);
    assertThat(machine(editor, null).firmware()).isEqualTo(Firmware.EFI);
    assertThat(newLines(editor))
        .containsExactly(
            "<vmw:Config ovf:required=\"false\" vmw:key=\"firmware\" vmw:value=\"efi\"/>",
            "<vmw:Config ovf:required=\"false\""
                + " vmw:key=\"bootOptions.efiSecureBootEnabled\" vmw:value=\"true\"/>");
    assertThat(editor.report().of(Change.Kind.NOTE))
        .extracting(Change::what)
        .containsExactly("the package has an NVRAM file, made for the firmware it had");
    refuses(e -> e.setFirmware(Firmware.BIOS, true), "secure boot needs EFI");
  }

  @Test
  void setsTheName() {
    EnvelopeEditor editor = editor().setName("mail & more");
    assertThat(machine(editor, null).name()).isEqualTo("mail & more");
    assertThat(machine(editor, null).id()).isEqualTo("vm");
    assertThat(newLines(editor))
        .containsExactly(
            "<Name>mail &amp; more</Name>",
            "<vssd:VirtualSystemIdentifier>mail &amp; more</vssd:VirtualSystemIdentifier>");
    refuses(e -> e.setName(" "), "empty");
  }

  @Test
  void setsTheHardwareFamilyAndSaysWhatFollows() {
    EnvelopeEditor editor = editor().setHardwareFamily("vmx-6");
    assertThat(machine(editor, null).virtualSystemTypes()).containsExactly("vmx-6");
    assertThat(editor.report().of(Change.Kind.NOTE))
        .extracting(Change::what)
        .containsExactly(
            "the device virtualscsi needs vmx-7 or later",
            "the device vmxnet3 needs vmx-7 or later",
            "vmx-6 needs ESXi 4.0 or later");
    assertThat(editor().setHardwareFamily("virtualbox-2.2").report().of(Change.Kind.NOTE))
        .hasSize(3);
    refuses(EnvelopeEditor::setHardwareFamily, "name one");
    refuses(e -> e.setHardwareFamily("vmx-7 vmx-8"), "no blank");
  }

  @Test
  void keepsOneOption() {
    for (String option : List.of("small", "medium", "large")) {
      Machine before = Trees.appliance().machines(option).get(0);
      EnvelopeEditor kept = editor().keepOption(option);
      assertThat(kept.toEnvelope().deploymentOptions())
          .extracting(o -> o.id())
          .containsExactly(option);
      EnvelopeEditor flat = editor().flatten(option);
      assertThat(flat.toEnvelope().deploymentOptions()).isEmpty();
      for (EnvelopeEditor editor : List.of(kept, flat)) {
        Machine after = machine(editor, null);
        assertThat(after.memoryBytes()).isEqualTo(before.memoryBytes());
        assertThat(after.disks()).hasSameSizeAs(before.disks());
        assertThat(property(editor, "app.size.1", null))
            .isEqualTo(option.equals("small") ? "8" : "4");
        assertThat(text(editor)).doesNotContain("ovf:configuration");
      }
    }
    refuses(e -> e.keepOption("smal"), "did you mean small");
  }

  @Test
  void removesAnOption() {
    EnvelopeEditor editor = editor().removeOption("small").removeOption("large");
    assertThat(editor.toEnvelope().defaultDeploymentOption()).contains("medium");
    assertThat(machine(editor, "medium").memoryBytes()).isEqualTo(2L << 30);
    assertThat(text(editor)).doesNotContain("Disk 2");
    assertThat(editor.report().of(Change.Kind.NOTE))
        .extracting(Change::what)
        .containsExactly("the default option is medium now");
  }

  @Test
  void dropsVendorKeys() {
    EnvelopeEditor editor = editor().dropVendor("nvram");
    assertThat(text(editor)).doesNotContain("nvram");
    assertThat(newLines(editor)).isEmpty();
    assertThat(
            Objects.requireNonNull(machine(editor().dropVendor("vmw:osType"), null).guestOs())
                .vendorType())
        .isNull();
    assertThat(editor().dropVendor("firmware").report().of(Change.Kind.NOTE)).hasSize(1);
    refuses(e -> e.dropVendor("firmwar"), "did you mean firmware");
    EnvelopeEditor all = editor().dropOptionalVendorParts();
    assertThat(text(all))
        .doesNotContain("nvram", "firmware", "osType", "vmw:qualifiers")
        .contains("tools.syncTimeWithHost", "FooSection");
    EnvelopeEditor marked = editor().markVendorOptional().dropOptionalVendorParts();
    assertThat(text(marked)).doesNotContain("vmw:key", "x:");
  }

  @Test
  void putsSectionsIn() {
    XmlElement section =
        XmlElement.builder(new XmlName("urn:x", "FooSection", "x"))
            .attribute(new XmlName(Dialect.OVF1, "required", "ovf"), "false")
            .add(XmlElement.builder(new XmlName(Dialect.OVF1, "Info", "")).text("New").build())
            .build();
    EnvelopeEditor editor = editor().putSection(section).putEnvelopeSection(section);
    assertThat(text(editor)).doesNotContain("Foreign").contains("New");
    assertThat(editor.toEnvelope().sections()).extracting(Section::name).contains("FooSection");
    int changes = editor.report().changes().size();
    editor.putSection(section).putEnvelopeSection(section);
    assertThat(editor.report().changes()).hasSize(changes);
  }

  @Test
  void setsTextsOfTheProduct() {
    EnvelopeEditor editor =
        editor()
            .setProduct(ProductInfo.of("Shop", "Example", "2"))
            .setLicense("Be kind.")
            .setAnnotation("A note");
    Section.Product product = editor.toEnvelope().products().get(0);
    assertThat(product.product()).isEqualTo("Shop");
    assertThat(product.vendor()).isEqualTo("Example");
    assertThat(editor.toEnvelope().eulas().get(0).license()).isEqualTo("Be kind.");
    assertThat(text(editor))
        .contains(
            "      <Product>Shop</Product>\n      <Vendor>Example</Vendor>\n      <Version>2<")
        .contains("    <AnnotationSection>\n      <Info>A note</Info>\n");
  }

  @Test
  void asksWhichOfSeveralMachinesIsMeant() {
    Envelope two =
        Envelope.read(
            "two",
            ("<Envelope xmlns='"
                    + Dialect.OVF1
                    + "' xmlns:ovf='"
                    + Dialect.OVF1
                    + "'>"
                    + "<VirtualSystemCollection ovf:id='all'><Info/>"
                    + "<VirtualSystem ovf:id='a'><Info/><VirtualHardwareSection><Info/>"
                    + "</VirtualHardwareSection></VirtualSystem>"
                    + "<VirtualSystem ovf:id='b'><Info/><VirtualHardwareSection><Info/>"
                    + "</VirtualHardwareSection></VirtualSystem></VirtualSystemCollection></Envelope>")
                .getBytes(StandardCharsets.UTF_8));
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> EnvelopeEditor.of(two).setMemory(1 << 20))
        .withMessageContaining("choose one of a, b, or all");
    EnvelopeEditor editor = EnvelopeEditor.of(two).machine("b").setMemory(1 << 20);
    assertThat(editor.toEnvelope().machines(null))
        .extracting(Machine::memoryBytes)
        .containsExactly(null, 1L << 20);
    editor.everyMachine().setCpus(2);
    assertThat(editor.toEnvelope().machines(null)).extracting(Machine::cpus).containsExactly(2, 2);
  }

  @Test
  void refusesDialectsThatAreNotWritten() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> editor().convertTo(OvfVersion.V0_9, ForeignParts.KEEP))
        .withMessageContaining("0.9");
  }

  @Test
  void removingTheLastOptionItemLeavesOthers() {
    EnvelopeEditor editor = editor().removeOption("large");
    assertThat(editor.toEnvelope().machines("medium").get(0).memoryBytes()).isEqualTo(2L << 30);
    assertThat(
            editor.toEnvelope().contents().stream()
                .flatMap(c -> c.sections(Section.VirtualHardware.class))
                .flatMap(h -> h.items().stream())
                .map(Item::configurations))
        .doesNotContain(List.of("large"));
  }
}
