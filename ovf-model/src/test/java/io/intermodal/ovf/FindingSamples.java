package io.intermodal.ovf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds one small change for each finding of a descriptor, which turns the clean sample into one
 * that has it. The clean sample is the good twin of them all.
 */
final class FindingSamples {

  private static final String OVF1 = "http://schemas.dmtf.org/ovf/envelope/1";
  private static final String OVF2 = "http://schemas.dmtf.org/ovf/envelope/2";
  private static final String OVF09 = "http://www.vmware.com/schema/ovf/1/envelope";

  /** Stands for the piece that is replaced. */
  private static final String SAME = "§";

  /**
   * Is a changed sample.
   *
   * @param consumer the product it is for; null for every reader
   */
  record Sample(FindingCode code, @Nullable Consumer consumer, List<String> changes) {

    /** Replaces every second text wherever it is by the one after it. */
    String of(String clean) {
      String text = clean;
      for (int i = 0; i < changes.size(); i += 2) {
        String piece = changes.get(i);
        if (!text.contains(piece)) {
          throw new IllegalArgumentException(code + ": the sample does not hold " + piece);
        }
        text = text.replace(piece, changes.get(i + 1).replace(SAME, piece));
      }
      return text;
    }
  }

  private final List<Sample> rows = new ArrayList<>();

  private FindingSamples() {}

  static List<Sample> all() {
    FindingSamples samples = new FindingSamples();
    samples.envelope();
    samples.systems();
    samples.targets();
    return samples.rows;
  }

  private void row(FindingCode code, String... changes) {
    rows.add(new Sample(code, null, List.of(changes)));
  }

  private void target(FindingCode code, Consumer consumer, String... changes) {
    rows.add(new Sample(code, consumer, List.of(changes)));
  }

  private void targets() {
    target(FindingCode.TARGET_DIALECT, Consumer.VMWARE, OVF1, OVF2);
    target(
        FindingCode.TARGET_ITEM,
        Consumer.VMWARE,
        "<Item ovf:bound=\"min\">",
        "<StorageItem><rasd:InstanceID>x</rasd:InstanceID></StorageItem>§");
    target(
        FindingCode.TARGET_REQUIRED,
        Consumer.VIRTUALBOX,
        "<vmw:Config ovf:required=\"false\"",
        "<vmw:Config");
    target(FindingCode.TARGET_FAMILY, Consumer.VMWARE, "vmx-14", "virtualbox-2.2");
    target(
        FindingCode.TARGET_PLACE,
        Consumer.VMWARE,
        "<VirtualSystemCollection ovf:id",
        "<StartupSection><Info/></StartupSection>§");
    target(FindingCode.TARGET_FORMAT, Consumer.VMWARE, "vmdk.html#streamOptimized", "vhdspec.mspx");
    target(FindingCode.TARGET_STORAGE, Consumer.OVIRT, "ovf:size=\"20\"", "§ ovf:chunkSize='10'");
    target(FindingCode.TARGET_MISREAD, Consumer.OVIRT, "byte * 2^20", "byte * 2^30");
  }

  private void envelope() {
    row(FindingCode.XML_ENCODING, "encoding=\"UTF-8\"", "encoding=\"utf-16\"");
    row(FindingCode.XML_PROLOG, "<?xml version", "\n<?xml version");
    row(FindingCode.NAMESPACE_UNKNOWN, OVF1, "http://example.com/none");
    row(FindingCode.NAMESPACE_ABSENT, "<Envelope xmlns=\"" + OVF1 + "\"", "<Envelope");
    row(FindingCode.VERSION_MISSING, OVF1, OVF09);
    row(
        FindingCode.VERSION_MIXED,
        "<NetworkSection>",
        "<PlacementGroupSection ovf:id='g'><Info/></PlacementGroupSection>§");
    row(FindingCode.ELEMENT_ORDER, "<Info>A machine</Info>\n", "<Name/>§");
    row(FindingCode.REFERENCES_MISSING, "References>", "Reference>");
    row(FindingCode.CONTENT_MISSING, "VirtualSystemCollection", "NoSystemCollection");
    row(
        FindingCode.CONTENT_MULTIPLE,
        "<Strings ovf:fileRef",
        "<VirtualSystem ovf:id='b'><Info/>" + "</VirtualSystem>§");
    row(
        FindingCode.COLLECTION_EMPTY,
        "<VirtualSystem ovf:id=\"web\">",
        "<VirtualSystemCollection ovf:id='e'><Info/></VirtualSystemCollection>§");
    row(
        FindingCode.SYSTEM_ID_DUPLICATE,
        "<VirtualSystemCollection ovf:id=\"group\"",
        "<VirtualSystemCollection ovf:id='web'");
    row(FindingCode.INFO_MISSING, "<Info>Networks</Info>", "");
    row(FindingCode.ID_MISSING, "ovf:diskId=\"d3\"", "");
    row(FindingCode.ID_DUPLICATE, "ovf:diskId=\"d3\"", "ovf:diskId='d2'");
    row(FindingCode.HREF_MISSING, "ovf:href=\"disk1.vmdk\"", "");
    row(FindingCode.HREF_UNSAFE, "disk1.vmdk", "../disk1.vmdk");
    row(FindingCode.HREF_REMOTE, "\"disk1.vmdk", "\"http://example.com/a");
    row(FindingCode.HREF_DUPLICATE, "texts.xml", "disk1.vmdk");
    row(FindingCode.FILE_UNUSED, "<Strings ovf:fileRef=\"texts\"/>", "");
    row(FindingCode.SIZE_NEGATIVE, "ovf:size=\"20\"", "ovf:size='-2'");
    row(FindingCode.NUMBER_INVALID, "ovf:size=\"20\"", "ovf:size='abcd'");
    row(FindingCode.PLACEHOLDER, "ovf:size=\"20\"", "ovf:size='@@SIZE@@'");
    row(FindingCode.UNIT_UNKNOWN, "byte * 2^20", "furlong");
    row(FindingCode.UNIT_ABSENT, "\"1048576\"", "\"20\"");
    row(FindingCode.REFERENCE_DANGLING, "ovf:/disk/d3", "ovf:/disk/d9");
    row(FindingCode.PARENT_UNKNOWN, "<rasd:Parent>3", "<rasd:Parent>33");
    row(FindingCode.PARENT_CYCLE, "<rasd:ResourceSubType>lsi", "<rasd:Parent>4</rasd:Parent>§");
    row(FindingCode.PARENT_ORDER, "ovf:diskId=\"d1\"", "§ ovf:parentRef='d2'");
    row(
        FindingCode.DISK_ORDER,
        "<File ovf:id=\"texts\"",
        "<File ovf:id='f3' ovf:href='disk3.vmdk'/>§",
        "ovf:diskId=\"d3\"",
        "§ ovf:fileRef='f3'");
    row(FindingCode.DISK_UNUSED, "ovf:/disk/d3", "ovf:/disk/d1");
    row(FindingCode.DISK_ATTACHED_TWICE, "ovf:/disk/d3", "ovf:/disk/d1");
    row(
        FindingCode.POPULATED_OVER_CAPACITY,
        "populatedSize=\"1000\"",
        "populatedSize='8589934593'");
    row(FindingCode.CAPACITY_MISSING, "ovf:capacity=\"1048576\"", "");
    row(FindingCode.CAPACITY_ZERO, "\"1048576\"", "\"0\"");
    row(FindingCode.FORMAT_UNKNOWN, "vmdk.html#streamOptimized", "tape");
    row(
        FindingCode.FORMAT_MISSING,
        "ovf:format=\"http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized\"",
        "");
    row(FindingCode.FILE_SHARED, "ovf:fileRef=\"f2\"", "ovf:fileRef='f1'");
  }

  private void systems() {
    row(FindingCode.NETWORK_DUPLICATE, "<Network ovf:name", "<Network ovf:name='net'/>§");
    row(FindingCode.NETWORK_UNKNOWN, "<rasd:Connection>net", "<rasd:Connection>none");
    row(
        FindingCode.NETWORKS_EMPTY,
        "<Network ovf:name=\"net\"><Description>The network</Description></Network>",
        "");
    row(
        FindingCode.SECTION_REQUIRED_UNKNOWN,
        "<NetworkSection>",
        "<eg:FooSection ovf:required='true'><Info/></eg:FooSection>§");
    row(
        FindingCode.SECTION_VENDOR_REQUIRED,
        "<NetworkSection>",
        "<vmw:StorageSection ovf:required='true'><Info/></vmw:StorageSection>§");
    row(
        FindingCode.SECTION_UNKNOWN,
        "<NetworkSection>",
        "<eg:FooSection ovf:required='false'><Info/></eg:FooSection>§");
    row(
        FindingCode.SECTION_MISPLACED,
        "<NetworkSection>",
        "<InstallSection ovf:initialBootStopDelay='1'><Info/></InstallSection>§");
    row(
        FindingCode.SECTION_DUPLICATE,
        "<DeploymentOptionSection>",
        "<NetworkSection><Info/><Network ovf:name='b'/></NetworkSection>§");
    row(FindingCode.ELEMENT_REQUIRED_UNKNOWN, "<Network ovf:name", "<eg:Switch/>§");
    row(FindingCode.ELEMENT_VENDOR_REQUIRED, "<vmw:Config ovf:required=\"false\"", "<vmw:Config");
    row(FindingCode.HARDWARE_MISSING, "VirtualHardwareSection", "eg:S");
    row(
        FindingCode.SYSTEM_TYPE_MISSING,
        "<Envelope xmlns=\"" + OVF1,
        "<Envelope ovf:version='0.9' xmlns=\"" + OVF09,
        "<vssd:VirtualSystemType>vmx-14</vssd:VirtualSystemType>",
        "");
    row(
        FindingCode.HARDWARE_AMBIGUOUS,
        "<AnnotationSection>",
        "<VirtualHardwareSection><Info/><System><vssd:VirtualSystemType>vmx-14"
            + "</vssd:VirtualSystemType></System></VirtualHardwareSection>§");
    row(FindingCode.ATTRIBUTE_UNQUALIFIED, "ovf:bound", "bound");
    row(FindingCode.DRAFT_SPELLING, "InstanceID", "InstanceId");
    row(
        FindingCode.CONFIGURATION_UNKNOWN,
        "ovf:configuration=\"large\"",
        "ovf:configuration='huge'");
    row(
        FindingCode.CONFIGURATION_OVERLAP,
        "<Item ovf:bound=\"min\">",
        "<Item ovf:configuration='large'>");
    row(FindingCode.CONFIGURATION_TEXT, "<Label>Small</Label>", "");
    row(FindingCode.CONFIGURATION_DEFAULT, "ovf:id=\"small\"", "§ ovf:default='true'");
    row(FindingCode.INSTANCE_ID_MISSING, "<rasd:InstanceID>7</rasd:InstanceID>", "");
    row(FindingCode.INSTANCE_ID_DUPLICATE, "<rasd:InstanceID>7", "<rasd:InstanceID>6");
    row(FindingCode.RESOURCE_TYPE_MISSING, "<rasd:ResourceType>10</rasd:ResourceType>", "");
    row(FindingCode.BOUND_INVALID, "ovf:bound=\"min\"", "ovf:bound='least'");
    row(
        FindingCode.BOUND_CONTRADICTS,
        "<Item ovf:configuration=\"large\">",
        "<Item ovf:bound='max'>",
        "<rasd:VirtualQuantity>4",
        "<rasd:VirtualQuantity>0");
    row(FindingCode.QUANTITY_MISSING, "<rasd:VirtualQuantity>512</rasd:VirtualQuantity>", "");
    row(FindingCode.ELEMENT_NAME_MISSING, "<rasd:ElementName>NIC</rasd:ElementName>", "");
    row(FindingCode.ADDRESS_TAKEN, "<rasd:AddressOnParent>2", "<rasd:AddressOnParent>1");
    row(FindingCode.ADDRESS_INVALID, "<rasd:AddressOnParent>2", "<rasd:AddressOnParent>7");
    row(FindingCode.STARTUP_UNKNOWN, "Item ovf:id=\"web\"", "Item ovf:id='db'");
    row(FindingCode.STARTUP_INVALID, "guestShutdown", "explode");
    row(
        FindingCode.STARTUP_AT_ENVELOPE,
        "<VirtualSystemCollection ovf:id",
        "<StartupSection><Info/></StartupSection>§");
    row(FindingCode.INSTALL_DELAY, "\"300\"", "\"70000\"");
    row(FindingCode.LICENSE_MISSING, "<License>Be kind.</License>", "");
    row(FindingCode.MESSAGES_INVALID, "ovf:msgid=\"a\"", "");
    row(
        FindingCode.SCALE_OUT_INVALID,
        "<AnnotationSection>",
        "<ScaleOutSection ovf:id='s'><Info/><InstanceCount ovf:default='1'"
            + " ovf:minimum='2'/></ScaleOutSection>§");
    row(
        FindingCode.PRODUCT_DUPLICATE,
        "<InstallSection",
        "<ProductSection ovf:class='org.example'><Info/></ProductSection>§");
    row(FindingCode.PROPERTY_KEY_MISSING, "ovf:key=\"name\"", "");
    row(FindingCode.PROPERTY_KEY_DUPLICATE, "ovf:key=\"root_password\"", "ovf:key='name'");
    row(FindingCode.PROPERTY_TYPE, "uint16", "nosuchtype");
    row(FindingCode.PROPERTY_KEY_FORM, "ovf:key=\"name\"", "ovf:key='a.b'");
    row(
        FindingCode.PROPERTY_VALUE,
        "ovf:type=\"uint16\" ovf:value=\"4\"",
        "ovf:type='uint16' ovf:value='70000'");
    row(
        FindingCode.PROPERTY_QUALIFIER,
        "ovf:key=\"domain\"",
        "ovf:key='domain' ovf:qualifiers='Foo(1)'");
    row(FindingCode.SECRET_STATED, "ovf:password=\"true\"", "§ ovf:value='x'");
    row(FindingCode.PROPERTY_UNRESOLVED, "www.${domain}", "www.${region}");
    row(FindingCode.COMPRESSION_UNKNOWN, "\"gzip\"", "\"bzip2\"");
    row(FindingCode.COMPRESSION_NAME, "ovf:compression=\"gzip\"", "");
    row(FindingCode.OS_ID_INVALID, "ovf:id=\"96\"", "ovf:id='70000'");
    row(FindingCode.FIRMWARE_UNKNOWN, "\"efi\"", "\"openfirmware\"");
  }
}
