package io.intermodal.ovf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.ovf.Content;
import io.intermodal.ovf.Disk;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.FindingCode;
import io.intermodal.ovf.OvfVersion;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Converts what has no place of its own in 1.1. */
class ConversionTest {

  private static final String DISKS =
      "<DiskSection ovf:required=\"false\"><Info>Disks</Info><Disk ovf:diskId=\"a\""
          + " ovf:capacity=\"1\"/></DiskSection>";
  private static final String SHARED =
      "<SharedDiskSection><Info>Shared</Info><SharedDisk ovf:diskId=\"b\""
          + " ovf:capacity=\"2\"/></SharedDiskSection>";

  private static Envelope two(String sections, String content) {
    return Envelope.read(
        "two",
        """
        <Envelope xmlns="%1$s" xmlns:ovf="%1$s">
          <References/>
          %2$s
          %3$s
        </Envelope>
        """
            .formatted(Dialect.OVF2, sections, content)
            .getBytes(StandardCharsets.UTF_8));
  }

  private static EnvelopeEditor one(Envelope envelope, ForeignParts foreign) {
    return EnvelopeEditor.of(envelope).convertTo(OvfVersion.V1_1, foreign);
  }

  private static String text(EnvelopeEditor editor) {
    return new String(editor.toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void joinsSharedDisksWithTheOthers() {
    String machine = "<VirtualSystem ovf:id=\"vm\"><Info>A machine</Info></VirtualSystem>";
    for (String sections : List.of(DISKS + SHARED, SHARED + DISKS, DISKS + DISKS + SHARED)) {
      EnvelopeEditor editor = one(two(sections, machine), ForeignParts.WHERE_ALLOWED);
      Envelope envelope = editor.toEnvelope();
      assertThat(envelope.sections()).hasSize(1);
      Section section = envelope.sections().get(0);
      assertThat(section.name()).isEqualTo("DiskSection");
      // The machine may not be deployed without the shared ones.
      assertThat(section.header().required()).isTrue();
      assertThat(envelope.disks()).extracting(Disk::id).contains("a", "b");
      assertThat(envelope.findings())
          .extracting(f -> f.code())
          .doesNotContain(FindingCode.SECTION_DUPLICATE);
      assertThat(editor.report().of(Change.Kind.CHANGED))
          .extracting(Change::what)
          .contains("is joined with the DiskSection before it");
      assertThat(editor.report().of(Change.Kind.LOST))
          .extracting(Change::what)
          .containsExactly("disks may be shared no more: 1.x cannot say so");
    }
  }

  @Test
  void givesNoIdThatSomethingNames() {
    String group =
        """
        <VirtualSystemCollection ovf:id="group">
          <Info>Two</Info>
          <StartupSection><Info>Order</Info><Item ovf:id="vm2" ovf:order="1"/></StartupSection>
          <AnnotationSection><Info>Note</Info><Annotation>see vm3 first</Annotation>
          </AnnotationSection>
          <VirtualSystem ovf:id="web"><Info>Web</Info></VirtualSystem>
          <VirtualSystem><Info>Nameless</Info></VirtualSystem>
        </VirtualSystemCollection>
        """;
    String disk =
        "<DiskSection><Info>Disks</Info><Disk ovf:diskId=\"a\" ovf:fileRef=\"file2\""
            + " ovf:capacity=\"1\"/></DiskSection>";
    Envelope envelope = two(disk, group);
    // Two ids are there, so that the first word to be tried is the third.
    Envelope converted = one(envelope, ForeignParts.WHERE_ALLOWED).toEnvelope();
    assertThat(Work.everyContent(converted.contents()))
        .extracting(Content::id)
        .containsExactly("group", "web", "vm4");
  }

  @Test
  void writesTheTypeThatWasReadUnderThePrefixOfOvf() {
    String text =
        """
        <o:Envelope xmlns:o="%s" xmlns:q="%s" xmlns:xsi="%s">
          <o:References/>
          <o:Section xsi:type="q:DiskSection_Type"><o:Info>Disks</o:Info>
            <o:Disk o:diskId="d" o:capacity="1048576"/></o:Section>
          <o:Section xsi:type="q:RadioSection_Type"><o:Info>Radio</o:Info></o:Section>
          <o:Content o:id="vm" xsi:type="q:VirtualSystem_Type"><o:Info>vm</o:Info></o:Content>
        </o:Envelope>
        """;
    for (String bound : List.of(Dialect.VMW, Dialect.OVF09, Dialect.DRAFT)) {
      Envelope envelope =
          Envelope.read(
              "typed",
              text.formatted(Dialect.OVF09, bound, Dialect.XSI).getBytes(StandardCharsets.UTF_8));
      assertThat(envelope.disks()).hasSize(1);
      for (ForeignParts foreign : ForeignParts.values()) {
        EnvelopeEditor editor = one(envelope, foreign);
        assertThat(editor.toEnvelope().disks()).as(bound + foreign).hasSize(1);
        assertThat(text(editor)).contains("<o:DiskSection>", "<o:VirtualSystem ");
      }
    }
    assertThat(
            text(
                one(
                    Envelope.read(
                        "typed",
                        text.formatted(Dialect.OVF09, Dialect.VMW, Dialect.XSI)
                            .getBytes(StandardCharsets.UTF_8)),
                    ForeignParts.KEEP)))
        .contains("<q:RadioSection>");
  }

  @Test
  void namesASectionOfTwoThatWasTyped() {
    Envelope envelope =
        Envelope.read(
            "typed",
            """
            <Envelope xmlns="%1$s" xmlns:o="%1$s" xmlns:xsi="%2$s">
              <References/>
              <Section xsi:type="o:ScaleOutSection_Type"><Info>Scale</Info></Section>
              <Content o:id="vm" xsi:type="o:VirtualSystem_Type"><Info>vm</Info></Content>
            </Envelope>
            """
                .formatted(Dialect.OVF09, Dialect.XSI)
                .getBytes(StandardCharsets.UTF_8));
    assertThat(one(envelope, ForeignParts.KEEP).toEnvelope().sectionNames())
        .contains("ScaleOutSection");
  }
}
