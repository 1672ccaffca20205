package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads the sections that version 2 of the format added. */
class Ovf2SectionsTest {

  private static Envelope read() throws IOException {
    return Envelope.read("newsections.ovf", EnvelopeTest.sample("newsections.ovf"));
  }

  private static <T extends Section> T section(Envelope envelope, Class<T> kind) {
    return envelope.everywhere(kind).findFirst().orElseThrow();
  }

  @Test
  void noSectionOfTheSchemaIsLeftUntyped() throws IOException {
    Envelope envelope = read();
    assertThat(envelope.everywhere(Section.Other.class)).isEmpty();
    assertThat(envelope.sectionNames())
        .contains("ScaleOutSection", "EncryptionSection", "SharedDiskSection");
    assertThat(envelope.findings()).allMatch(f -> f.severity() == Severity.INFO);
  }

  @Test
  void readsSharedDisks() throws IOException {
    Envelope envelope = read();
    Disk quorum = envelope.disk("quorum").orElseThrow();
    assertThat(quorum.shared()).isTrue();
    assertThat(quorum.readOnly()).isTrue();
    assertThat(quorum.capacityBytes()).isEqualTo(1L << 30);
    assertThat(envelope.disk("data")).map(Disk::readOnly).contains(false);
    assertThat(envelope.disk("d-base")).map(Disk::shared).contains(false);
  }

  @Test
  void countsCopiesByOption() throws IOException {
    Section.ScaleOut copies = section(read(), Section.ScaleOut.class);
    assertThat(copies.id()).isEqualTo("web-copy");
    assertThat(copies.description()).isEqualTo("Web tier");
    assertThat(copies.countIn(null)).contains(new InstanceCount(1, 2, null, List.of()));
    InstanceCount many = copies.countIn("many").orElseThrow();
    assertThat(many).isEqualTo(new InstanceCount(3, 4, 9, List.of("many")));
    assertThat(many.allows(2)).isFalse();
    assertThat(many.allows(9)).isTrue();
    assertThat(many.allows(10)).isFalse();
  }

  @Test
  void readsPlacement() throws IOException {
    Envelope envelope = read();
    Section.PlacementGroup group = section(envelope, Section.PlacementGroup.class);
    assertThat(group.policy()).isEqualTo("availability");
    assertThat(group.description()).isEqualTo("Not on one host");
    assertThat(section(envelope, Section.Placement.class).group()).isEqualTo(group.id());
  }

  @Test
  void readsTheOrderOfBootSources() throws IOException {
    Envelope envelope = read();
    BootConfiguration boot = section(envelope, Section.BootDevices.class).configurations().get(0);
    assertThat(boot.elementName()).isEqualTo("Network first");
    assertThat(boot.sources())
        .containsExactly(
            new BootSource(BootSource.Kind.NETWORK, 1, null, "CIM:Network:1"),
            new BootSource(BootSource.Kind.DISK, 2, null, "CIM:Hard-Disk:2"),
            new BootSource(BootSource.Kind.OTHER, null, null, "ACME:Drum:0"));
    assertThat(envelope.machines(null).get(0).bootOrder()).isEqualTo(boot.sources());
  }

  @Test
  void readsFilesForTheGuest() throws IOException {
    Section.EnvironmentFiles files = section(read(), Section.EnvironmentFiles.class);
    assertThat(files.files()).containsExactly(new EnvironmentFile("conf", "etc/app.conf"));
    assertThat(files.transports()).containsExactly("iso", "com.example.push");
  }

  @Test
  void describesKeysWithoutTheirMaterial() throws IOException {
    Section.Encryption encryption = section(read(), Section.Encryption.class);
    assertThat(encryption.keys())
        .containsExactly(
            new EncryptionKey(
                EncryptionKey.Kind.DERIVED,
                "k1",
                "http://www.w3.org/2009/xmlenc11#pbkdf2",
                "disk key",
                "ops",
                List.of("#secret-part")),
            new EncryptionKey(
                EncryptionKey.Kind.ENCRYPTED,
                "k2",
                "http://www.w3.org/2001/04/xmlenc#kw-aes256",
                "data key",
                null,
                List.of("ovf:/file/base", "#k1")));
    assertThat(encryption.toString()).doesNotContain("S2V5");
  }

  @Test
  void readsPortProfilesAndIcons() throws IOException {
    Envelope envelope = read();
    List<NetworkPortProfile> profiles = envelope.networks().get(0).portProfiles();
    assertThat(profiles.get(0).items())
        .extracting(Item::allocationUnits)
        .containsExactly("bit / second");
    assertThat(profiles.get(1).uri()).isEqualTo("http://profiles.example/gold.xml");
    assertThat(envelope.products().get(0).icons())
        .containsExactly(new Icon("logo", "image/png", 48, 32));
  }

  @Test
  void waitsForAnInstallationAsLongAsTheSectionSays() throws IOException {
    assertThat(section(read(), Section.Install.class).bootStopLimit())
        .contains(Duration.ofMinutes(5));
    for (String stated : new String[] {"", " ovf:initialBootStopDelay='0'"}) {
      String text =
          "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1'"
              + " xmlns:ovf='http://schemas.dmtf.org/ovf/envelope/1'><References/>"
              + "<VirtualSystem ovf:id='a'><Info/><InstallSection"
              + stated
              + "><Info/></InstallSection></VirtualSystem></Envelope>";
      Envelope envelope = Envelope.read("a", text.getBytes(StandardCharsets.UTF_8));
      assertThat(section(envelope, Section.Install.class).bootStopLimit()).isEmpty();
    }
  }

  @Test
  void readsTheNewSectionsInOldEnvelopesToo() throws IOException {
    String text = new String(EnvelopeTest.sample("newsections.ovf"), StandardCharsets.UTF_8);
    String old =
        text.replaceFirst(
            "xmlns=\"http://schemas.dmtf.org/ovf/envelope/2\"",
            "xmlns=\"http://schemas.dmtf.org/ovf/envelope/1\"");
    Envelope envelope = Envelope.read("old", old.getBytes(StandardCharsets.UTF_8));
    assertThat(envelope.version()).contains(OvfVersion.V1_1);
    assertThat(envelope.everywhere(Section.Other.class)).isEmpty();
    assertThat(section(envelope, Section.ScaleOut.class).counts()).hasSize(2);
  }

  @Test
  void brokenNewSectionsAreFindingsAndNotErrors() {
    String text =
        "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/2'"
            + " xmlns:ovf='http://schemas.dmtf.org/ovf/envelope/2'><References/>"
            + "<VirtualSystem ovf:id='a'><Info/>"
            + "<ScaleOutSection><Info/><InstanceCount ovf:default='lots'/></ScaleOutSection>"
            + "<PlacementSection><Info/></PlacementSection>"
            + "<BootDeviceSection><Info/></BootDeviceSection>"
            + "<EncryptionSection><Info/></EncryptionSection></VirtualSystem></Envelope>";
    Envelope envelope = Envelope.read("a", text.getBytes(StandardCharsets.UTF_8));
    Section.ScaleOut copies = section(envelope, Section.ScaleOut.class);
    assertThat(copies.id()).isNull();
    assertThat(copies.counts()).containsExactly(new InstanceCount(1, null, null, List.of()));
    assertThat(section(envelope, Section.Placement.class).group()).isNull();
    assertThat(envelope.machines(null).get(0).bootOrder()).isEmpty();
    assertThat(envelope.findings()).extracting(Finding::code).contains(FindingCode.NUMBER_INVALID);
  }
}
