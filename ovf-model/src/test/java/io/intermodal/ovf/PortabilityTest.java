package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PortabilityTest {

  private static Envelope envelope(String body) {
    return Envelope.read(
        "a",
        ("<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1'"
                + " xmlns:ovf='http://schemas.dmtf.org/ovf/envelope/1' xmlns:x='urn:x'"
                + " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                + " xsi:schemaLocation='a b'><References/>"
                + body
                + "</Envelope>")
            .getBytes(StandardCharsets.UTF_8));
  }

  private static Envelope sample(String name) throws IOException {
    return Envelope.read(name, EnvelopeTest.sample(name));
  }

  private static final String PLAIN = "<VirtualSystem ovf:id='v'><Info/></VirtualSystem>";

  @Test
  void whatOvfDefinesIsTheFirstLevel() throws IOException {
    assertThat(envelope(PLAIN).portability()).satisfies(p -> assertThat(p.level()).isEqualTo(1));
    assertThat(sample("newsections.ovf").portability().reasons()).isEmpty();
  }

  @Test
  void whatMayBeIgnoredIsTheSecond() {
    Portability attribute =
        envelope("<VirtualSystem ovf:id='v' x:note='n'><Info/></VirtualSystem>").portability();
    assertThat(attribute.level()).isEqualTo(2);
    assertThat(attribute.reasons())
        .containsExactly(
            new Extension(
                Extension.Kind.ATTRIBUTE,
                "/Envelope/VirtualSystem/@note",
                "urn:x",
                "note",
                false,
                false,
                false));
    Portability section =
        envelope(
                "<x:OwnSection ovf:required='false'><Info/><x:a><x:b/></x:a></x:OwnSection>"
                    + PLAIN)
            .portability();
    assertThat(section.level()).isEqualTo(2);
    assertThat(section.reasons())
        .extracting(Extension::path, Extension::kind, Extension::stated)
        .containsExactly(tuple("/Envelope/OwnSection", Extension.Kind.SECTION, true));
  }

  @Test
  void whatMustBeUnderstoodIsTheThird() {
    Envelope silent = envelope("<x:OwnSection><Info/></x:OwnSection>" + PLAIN);
    assertThat(silent.portability().level()).isEqualTo(3);
    assertThat(silent.notUnderstood())
        .containsExactly(
            new Extension(
                Extension.Kind.SECTION,
                "/Envelope/OwnSection",
                "urn:x",
                "OwnSection",
                true,
                false,
                false));
    Envelope element =
        envelope(
            "<NetworkSection><Info/><Network ovf:name='n'><x:vlan ovf:required='true'>7</x:vlan>"
                + "</Network></NetworkSection>"
                + PLAIN);
    assertThat(element.portability().level()).isEqualTo(3);
    assertThat(element.notUnderstood())
        .extracting(Extension::path, Extension::required, Extension::stated)
        .containsExactly(tuple("/Envelope/NetworkSection/Network/vlan", true, true));
  }

  @Test
  void countsWhatStandsBesideTheSectionsOfTheEnvelope() {
    Envelope foreign = envelope("<x:a/><x:b ovf:required='false'/>" + PLAIN);
    assertThat(foreign.portability().level()).isEqualTo(3);
    assertThat(foreign.portability().reasons())
        .extracting(Extension::path, Extension::kind, Extension::required)
        .containsExactly(
            tuple("/Envelope/a", Extension.Kind.ELEMENT, true),
            tuple("/Envelope/b", Extension.Kind.ELEMENT, false));
    assertThat(foreign.notUnderstood()).extracting(Extension::name).containsExactly("a");
    assertThat(envelope("<Odd/>" + PLAIN).portability().level()).isEqualTo(2);
  }

  @Test
  void knowsWhichRequiredPartsItHonours() throws IOException {
    Envelope vendors = sample("vendors.ovf");
    assertThat(vendors.portability().level()).isEqualTo(3);
    assertThat(vendors.notUnderstood())
        .extracting(Extension::name, Extension::path)
        .containsExactly(
            tuple("vServiceDependencySection", "/Envelope/VirtualSystem/vServiceDependencySection"),
            tuple("ExtraConfig", "/Envelope/VirtualSystem/VirtualHardwareSection/ExtraConfig[2]"),
            tuple("ExtraConfig", "/Envelope/VirtualSystem/VirtualHardwareSection/ExtraConfig[3]"));
    assertThat(vendors.portability().reasons())
        .filteredOn(Extension::honoured)
        .filteredOn(Extension::required)
        .extracting(Extension::path)
        .containsExactly("/Envelope/VirtualSystem/VirtualHardwareSection/Config[2]");
  }

  @Test
  void encryptionIsPortableButNotUnderstood() throws IOException {
    assertThat(sample("newsections.ovf").notUnderstood())
        .extracting(Extension::name)
        .containsExactly("EncryptionSection");
  }

  @Test
  void notesOfCloudManagersMayBeIgnored() throws IOException {
    Portability ovirt = sample("cluster.ovf").portability();
    assertThat(ovirt.level()).isEqualTo(2);
    assertThat(ovirt.reasons())
        .extracting(Extension::path)
        .containsExactly("/Envelope/Content/BiosType");
  }

  @Test
  void namesTheRequiredOnesHoweverManyThereAre() {
    StringBuilder body = new StringBuilder("<x:OwnSection><Info/></x:OwnSection>");
    for (int i = 0; i < 3000; i++) {
      body.insert(0, "<x:NoteSection ovf:required='false'><Info/></x:NoteSection>");
    }
    Envelope envelope = envelope(body + PLAIN);
    assertThat(envelope.findings()).hasSize(Finding.MOST + 1);
    Portability portability = envelope.portability();
    assertThat(portability.complete()).isFalse();
    assertThat(portability.reasons()).hasSize(Portability.MOST + 1);
    assertThat(portability.reasons().get(0).name()).isEqualTo("OwnSection");
    assertThat(envelope.notUnderstood()).hasSize(1);
  }
}
