package io.intermodal.ovf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shows how far rules reach: what comes near to breaking one and does not. */
class RulesTest {

  private static String clean() throws IOException {
    return new String(EnvelopeTest.sample("clean.ovf"), UTF_8);
  }

  private static Envelope read(String text) {
    return Envelope.read("sample", text.getBytes(UTF_8));
  }

  private static List<FindingCode> codes(String text) {
    return read(text).findings().stream().map(Finding::code).toList();
  }

  private static List<FindingCode> changed(String piece, String by) throws IOException {
    assertThat(clean()).contains(piece);
    return codes(clean().replace(piece, by));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Blanks and commas part alternatives; letter case and spaces mean nothing.
        "vmx-14 | vmx-13, vmx-14",
        "byte * 2^20 | byte*1024*1024",
        "powerOn | PowerOn",
        "guestShutdown | suspend",
        // Numbers at their ends.
        "ovf:id=\"96\" | ovf:id='65535'",
        "\"300\" | \"65535\"",
        "ovf:order=\"1\" | ovf:order='65535'",
        "<rasd:AddressOnParent>2 | <rasd:AddressOnParent>15",
        "populatedSize=\"1000\" | populatedSize='8589934592'",
        // What a System or a licence may leave out.
        "<vssd:VirtualSystemType>vmx-14</vssd:VirtualSystemType> | <vssd:Caption/>",
        "<License>Be kind.</License> | <License ovf:msgid='a'/>",
        // A required flag that says so by a number.
        "ovf:required=\"false\" vmw:key=\"firmware\" | ovf:required='0' vmw:key='firmware'",
        // Unknown elements of a CIM class, and foreign ones, that may be ignored.
        "<rasd:InstanceID>7 | <rasd:Unknown ovf:required='false'/><rasd:InstanceID>7",
        "<Description>The network | <Description>net",
        // A value that only looks like a reference.
        "www.${domain} | www.$domain",
        // A device that one option replaces may take its place.
        "<Item ovf:configuration=\"large\"> | <Item ovf:configuration='large small'>",
      })
  void theseAreClean(String piece, String by) throws IOException {
    String text = clean();
    if (piece.equals("powerOn")) {
      text = text.replace("ovf:order=\"1\"", "ovf:order=\"1\" ovf:startAction=\"powerOn\"");
    }
    assertThat(text).contains(piece);
    assertThat(codes(text.replace(piece, by))).isSubsetOf(FindingCode.ELEMENT_ORDER);
  }

  @Test
  void devicesOfOneOptionMayOverlapButDevicesOfAllMayNot() throws IOException {
    String item = "<Item ovf:configuration=\"large\">";
    assertThat(changed(item, "<Item>")).contains(FindingCode.INSTANCE_ID_DUPLICATE);
    assertThat(changed("<Item ovf:bound=\"min\">", "<Item ovf:configuration='small large'>"))
        .containsExactly(FindingCode.CONFIGURATION_OVERLAP);
  }

  @Test
  void aFileThatIsListedTwiceIsToldOfOnce() throws IOException {
    String file = "<File ovf:id=\"f1\" ovf:href=\"disk1.vmdk\" ovf:size=\"20\"/>";
    assertThat(changed(file, file + file)).containsExactly(FindingCode.HREF_DUPLICATE);
  }

  @Test
  void anUnknownRequiredSectionOfAVendorIsToldApart() throws IOException {
    String section = "<vmw:%s><Info/></vmw:%s><NetworkSection>";
    assertThat(changed("<NetworkSection>", section.formatted("StorageSection", "StorageSection")))
        .containsExactly(FindingCode.SECTION_VENDOR_REQUIRED);
    assertThat(changed("<NetworkSection>", section.formatted("MyOwnSection", "MyOwnSection")))
        .containsExactly(FindingCode.SECTION_REQUIRED_UNKNOWN);
  }

  @Test
  void aNegativeSizeIsNoSizeAndNoError() throws IOException {
    Envelope envelope = read(clean().replace("ovf:size=\"20\"", "ovf:size=\"-2\""));
    assertThat(envelope.file("f1").orElseThrow().sizeBytes()).isNull();
    assertThat(envelope.findings(Strictness.STRICT))
        .extracting(Finding::severity)
        .containsExactly(Severity.WARNING);
  }

  @Test
  void secretsAreNeverQuoted() throws IOException {
    String text =
        clean()
            .replace("ovf:password=\"true\"", "ovf:password='true' ovf:value='s3cret'")
            .replace(
                "<NetworkSection>",
                "<eg:GuestSection ovf:required='false'><Info/><eg:AdminPassword>s3cret"
                    + "</eg:AdminPassword></eg:GuestSection><NetworkSection>");
    List<Finding> findings = read(text).findings();
    assertThat(findings)
        .extracting(Finding::code)
        .contains(FindingCode.SECRET_STATED, FindingCode.SECTION_UNKNOWN);
    assertThat(findings.toString()).doesNotContain("s3cret");
  }

  @Test
  void aProductIsToldOnlyOfOthersRequiredElements() throws IOException {
    Envelope envelope = read(clean().replace("<vmw:Config ovf:required=\"false\"", "<vmw:Config"));
    assertThat(envelope.findingsFor(Consumer.VMWARE)).isEmpty();
    assertThat(envelope.findingsFor(Consumer.OVIRT))
        .filteredOn(f -> f.code() == FindingCode.TARGET_REQUIRED)
        .hasSize(2)
        .allMatch(f -> f.message().startsWith("oVirt refuses the element vmw:Config"));
  }

  @Test
  void xenServerIsSaidToMixUpEqualUnitsOfTwoControllers() throws IOException {
    String second =
        "<Item><rasd:ElementName>B</rasd:ElementName><rasd:InstanceID>33</rasd:InstanceID>"
            + "<rasd:ResourceType>6</rasd:ResourceType></Item>";
    String text =
        clean()
            .replace(
                "<vmw:Config ovf:required=\"false\" vmw:key=\"firmware\"",
                second + "<vmw:Config ovf:required=\"false\" vmw:key=\"firmware\"")
            .replace(
                "<rasd:Parent>3</rasd:Parent><rasd:ResourceType>17</rasd:ResourceType></Item>"
                    + "\n        <Item><rasd:AutomaticAllocation>",
                "<rasd:Parent>33</rasd:Parent><rasd:ResourceType>17</rasd:ResourceType></Item>"
                    + "<Item><rasd:AutomaticAllocation>")
            .replace("<rasd:AddressOnParent>2", "<rasd:AddressOnParent>0");
    assertThat(read(text).findings()).extracting(Finding::code).isEmpty();
    assertThat(read(text).findingsFor(Consumer.XENSERVER))
        .extracting(Finding::message)
        .anyMatch(m -> m.contains("equal AddressOnParent"))
        .anyMatch(m -> m.contains("lose the firmware EFI"))
        .anyMatch(m -> m.contains("has no Limit"));
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void manyDevicesInOneCircleAreWalkedOverOnce() {
    int most = 20_000;
    String items =
        IntStream.range(0, most)
            .mapToObj(
                i ->
                    "<Item><rasd:ElementName>e</rasd:ElementName><rasd:InstanceID>"
                        + i
                        + "</rasd:InstanceID><rasd:Parent>"
                        + (i + 1) % most
                        + "</rasd:Parent><rasd:ResourceType>6</rasd:ResourceType></Item>")
            .collect(Collectors.joining());
    assertThat(codes(machine(items))).containsOnlyOnce(FindingCode.PARENT_CYCLE);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void manySystemsWithManyNetworksTakeNoLongerThanTheirText() {
    String networks =
        IntStream.range(0, 5000)
            .mapToObj(i -> "<Network ovf:name='n" + i + "'/>")
            .collect(Collectors.joining());
    String systems =
        IntStream.range(0, 5000)
            .mapToObj(
                i ->
                    "<VirtualSystem ovf:id='v"
                        + i
                        + "'><Info/><VirtualHardwareSection><Info/></VirtualHardwareSection>"
                        + "</VirtualSystem>")
            .collect(Collectors.joining());
    String text =
        envelope(
            "<NetworkSection><Info/>"
                + networks
                + "</NetworkSection><VirtualSystemCollection ovf:id='c'><Info/>"
                + systems
                + "</VirtualSystemCollection>");
    assertThat(codes(text)).isEmpty();
  }

  private static String machine(String items) {
    return envelope(
        "<VirtualSystem ovf:id='vm'><Info/><VirtualHardwareSection><Info/>"
            + items
            + "</VirtualHardwareSection></VirtualSystem>");
  }

  private static String envelope(String content) {
    return "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1'"
        + " xmlns:ovf='http://schemas.dmtf.org/ovf/envelope/1' xmlns:rasd='"
        + "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData'>"
        + "<References/>"
        + content
        + "</Envelope>";
  }

  @Test
  void asksForTheDelayOfTheFirstBootOnlyBeforeVersionTwo() {
    String envelope =
        "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/%s'><References/><VirtualSystem>"
            + "<Info/><InstallSection><Info/></InstallSection></VirtualSystem></Envelope>";
    assertThat(codes(envelope.formatted("1"))).contains(FindingCode.INSTALL_DELAY);
    assertThat(codes(envelope.formatted("2"))).doesNotContain(FindingCode.INSTALL_DELAY);
  }
}
