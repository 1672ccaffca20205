package io.intermodal.ovf.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.IntermodalException;
import io.intermodal.iso.IsoFile;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.PropertySheet;
import io.intermodal.ovf.environment.OvfEnvironment.Entity;
import io.intermodal.ovf.environment.OvfEnvironment.Platform;
import io.intermodal.ovf.environment.OvfEnvironment.Property;
import io.intermodal.ovf.internal.SecretNames;
import io.intermodal.xml.XmlElement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OvfEnvironmentTest {

  static byte[] sample(String name) throws IOException {
    try (InputStream in = OvfEnvironmentTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static OvfEnvironment read(String name) throws IOException {
    return OvfEnvironment.read(name, sample(name));
  }

  static PropertySheet shop() throws IOException {
    return PropertySheet.of(Envelope.read("properties.ovf", sample("../properties.ovf")))
        .with("app.host.1", "w1")
        .with("app.workers.1", "4")
        .with("mode", "primary");
  }

  private static String text(byte[] xml) {
    return new String(xml, StandardCharsets.UTF_8);
  }

  @Test
  void readsWhatVmwareWrites() throws IOException {
    OvfEnvironment read = read("guest-info.xml");
    assertThat(read.id()).isEmpty();
    assertThat(read.platform())
        .contains(new Platform("Hypervisor", "7.0.3", "Example, Inc.", "en", null));
    assertThat(read.value("hostname")).contains("web1");
    assertThat(read.value("plain")).contains("unqualified");
    assertThat(read.value("motd")).contains("first\nsecond");
    assertThat(read.value("none")).isEmpty();
    assertThat(read.foreignSections())
        .extracting(XmlElement::localName)
        .containsExactly("EthernetAdapterSection");
    assertThat(read.document().root().attribute("http://www.vmware.com/schema/ovfenv", "esxId"))
        .contains("host-7");
  }

  @Test
  void losesNothing() throws IOException {
    for (String name : List.of("guest-info.xml", "azure.xml")) {
      OvfEnvironment read = read(name);
      OvfEnvironment again = OvfEnvironment.read("again", read.toXmlWithSecrets());
      assertThat(again.document().root()).isEqualTo(read.document().root());
      assertThat(again.document().prolog()).isEqualTo(read.document().prolog());
    }
  }

  @Test
  void keepsSecretsToItself() throws IOException {
    for (String name : List.of("guest-info.xml", "azure.xml")) {
      OvfEnvironment read = read(name);
      String shown =
          read
              + text(read.toRedactedXml())
              + read.properties()
              + read.entities()
              + read.foreignSections()
              + read.document();
      assertThat(shown).as(name).doesNotContain("hunter2");
      assertThat(text(read.toXmlWithSecrets())).contains("hunter2");
    }
    assertThat(text(read("azure.xml").toRedactedXml()))
        .contains("<UserPassword>***</UserPassword>")
        .contains("<Part>***</Part>")
        .contains("<DisableSshPasswordAuthentication>false</DisableSshPasswordAuthentication>")
        .contains("<UserName>operator</UserName>")
        .contains("<Setting key=\"adminToken\" value=\"***\"/>")
        .contains("<Named name=\"db-password\">***</Named>")
        .contains("<Login password=\"***\"/>");
  }

  @Test
  void putsEverythingInOrder() throws IOException {
    OvfEnvironment ordered = read("guest-info.xml").conforming();
    assertThat(ordered.document().root().elements().map(XmlElement::localName))
        .containsExactly("PlatformSection", "PropertySection", "EthernetAdapterSection");
    assertThat(
            ordered
                .document()
                .root()
                .elements()
                .findFirst()
                .orElseThrow()
                .elements()
                .map(XmlElement::localName))
        .containsExactly("Kind", "Version", "Vendor", "Locale");
    assertThat(ordered.properties()).isEqualTo(read("guest-info.xml").properties());
    assertThat(ordered.platform()).isEqualTo(read("guest-info.xml").platform());
    assertThat(ordered.conforming().toXmlWithSecrets()).isEqualTo(ordered.toXmlWithSecrets());
  }

  /** An attribute may stand with a prefix and without; one of them counts, and it is kept. */
  @Test
  void putsAttributesThatStandTwiceInOrder() {
    String text =
        "<Environment xmlns='http://schemas.dmtf.org/ovf/environment/1'"
            + " xmlns:oe='http://schemas.dmtf.org/ovf/environment/1' id='plain' oe:id='counts'>"
            + "<PropertySection><Property key='a' oe:key='b' oe:value='c' value='d'/>"
            + "</PropertySection></Environment>";
    OvfEnvironment read = OvfEnvironment.read("twice", text.getBytes(StandardCharsets.UTF_8));
    OvfEnvironment ordered = read.conforming();
    assertThat(ordered.id()).isEqualTo("counts").isEqualTo(read.id());
    assertThat(ordered.properties())
        .containsExactly(new Property("b", "c", false))
        .isEqualTo(read.properties());
  }

  @Test
  void knowsShortNamesOfSecrets() {
    for (String name : List.of("admin_pwd", "adminPwd", "rootpw", "root_pass", "pass", "api-key")) {
      assertThat(SecretNames.matches(name)).as(name).isTrue();
    }
    for (String name : List.of("bypass", "compass_url", "passive", "monkey", "pwr")) {
      assertThat(SecretNames.matches(name)).as(name).isFalse();
    }
  }

  @Test
  void tellsAMachineWhatItsPackageSays() throws IOException {
    OvfEnvironment made =
        OvfEnvironment.of(shop(), "db", new Platform("KVM", "8.2", null, "de_DE", 60));
    assertThat(made.id()).isEqualTo("db");
    assertThat(made.properties())
        .containsExactly(
            new Property("name", "db", false),
            new Property("mode", "primary", false),
            new Property("domain", "example.com", false),
            new Property("edition", "basic", false));
    assertThat(made.entities()).extracting(Entity::id).containsExactly("web");
    assertThat(made.entities().get(0).properties())
        .contains(
            new Property("app.url.1", "http://w1.example.com/basic", false),
            new Property("app.admin.1", "s3cretdefault", true),
            new Property("app.login.1", "root:s3cretdefault", true),
            new Property("app.ip.1", "", false));
    assertThat(made.platform()).contains(new Platform("KVM", "8.2", null, "de_DE", 60));
    assertThat(text(made.toRedactedXml()) + made + made.entities()).doesNotContain("s3cret");
    assertThat(text(made.toXmlWithSecrets())).contains("s3cretdefault");
  }

  @Test
  void writesWhatTheSchemaHas() {
    OvfEnvironment made =
        OvfEnvironment.of(
            "web <1>",
            new Platform("K", null, null, "en", null),
            List.of(new Property("a", "x\ny\t\"z\"\r", false)),
            List.of(new Entity("db", List.of(new Property("b", "", false)))));
    assertThat(text(made.toXmlWithSecrets()))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Environment xmlns="http://schemas.dmtf.org/ovf/environment/1" \
            xmlns:oe="http://schemas.dmtf.org/ovf/environment/1" oe:id="web &lt;1&gt;">
              <PlatformSection>
                <Kind>K</Kind>
                <Locale>en</Locale>
              </PlatformSection>
              <PropertySection>
                <Property oe:key="a" oe:value="x&#10;y&#9;&quot;z&quot;&#13;"/>
              </PropertySection>
              <Entity oe:id="db">
                <PropertySection>
                  <Property oe:key="b" oe:value=""/>
                </PropertySection>
              </Entity>
            </Environment>
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "\u001b[31m", "\uFFFE", "\uD800", "\uDC00x"})
  void refusesWhatXmlCannotHold(String value) {
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(
            () ->
                OvfEnvironment.of(
                    "vm", null, List.of(new Property("key", "hunter2" + value, true)), List.of()))
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.ENVIRONMENT_VALUE))
        .withMessageStartingWith("cannot write the property key: it has a control character")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @net.jqwik.api.Property(tries = 500)
  void whatIsWrittenIsRead(
      @ForAll @Size(max = 6) List<String> keys, @ForAll @Size(max = 6) List<String> values) {
    List<Property> properties =
        IntStream.range(0, Math.min(keys.size(), values.size()))
            .mapToObj(
                i -> new Property(keys.get(i), values.get(i), SecretNames.matches(keys.get(i))))
            .toList();
    boolean holds = properties.stream().allMatch(p -> holds(p.key()) && holds(p.value()));
    List<Entity> entities = List.of(new Entity("other", properties));
    if (!holds) {
      assertThatExceptionOfType(IntermodalException.class)
          .isThrownBy(() -> OvfEnvironment.of("vm", null, properties, entities))
          .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.ENVIRONMENT_VALUE));
      return;
    }
    OvfEnvironment made = OvfEnvironment.of("vm", null, properties, entities);
    OvfEnvironment back = OvfEnvironment.read("back", made.toXmlWithSecrets());
    assertThat(back.properties()).isEqualTo(properties);
    assertThat(back.entities()).isEqualTo(entities);
    assertThat(back.conforming().properties()).isEqualTo(properties);
  }

  private static boolean holds(String text) {
    return text.codePoints()
        .allMatch(
            c ->
                (c >= 32 || c == '\t' || c == '\n' || c == '\r')
                    && !(c >= 0xD800 && c < 0xE000)
                    && c != 0xFFFE
                    && c != 0xFFFF);
  }

  @Test
  void refusesOtherXml() {
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> OvfEnvironment.read("a", "<Envelope/>".getBytes(StandardCharsets.UTF_8)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.NOT_AN_ENVIRONMENT))
        .withMessageContaining("its root is Envelope");
  }

  @Test
  void comesBackFromItsImage(@TempDir Path folder) throws IOException {
    OvfEnvironment made = OvfEnvironment.of(shop(), "web", null);
    Path image = folder.resolve("env.iso");
    byte[] bytes = made.toImageWithSecrets(List.of(IsoFile.of("setup.sh", new byte[] {'#', '!'})));
    Files.write(image, bytes);
    assertThat(bytes.length % 32768).isZero();
    assertThat(OvfEnvironment.isImage(image)).isTrue();
    OvfEnvironment back = OvfEnvironment.open(image);
    assertThat(back.toXmlWithSecrets()).isEqualTo(made.toXmlWithSecrets());
    assertThat(made.toImageWithSecrets(List.of())).isEqualTo(made.toImageWithSecrets(List.of()));
    Path document = folder.resolve("env.xml");
    Files.write(document, made.toXmlWithSecrets());
    assertThat(OvfEnvironment.isImage(document)).isFalse();
    assertThat(OvfEnvironment.open(document).id()).isEqualTo("web");
  }

  @Test
  void brokenDocumentsEndInOurErrorsOnly() throws IOException {
    for (String name : List.of("guest-info.xml", "azure.xml")) {
      byte[] sample = sample(name);
      Random random = new Random(11);
      for (int i = 0; i < 2000; i++) {
        byte[] broken = sample.clone();
        for (int n = random.nextInt(5); n >= 0; n--) {
          int at = random.nextInt(broken.length);
          int from = random.nextInt(broken.length);
          int length = Math.min(random.nextInt(16), broken.length - Math.max(at, from));
          System.arraycopy(sample, from, broken, at, length);
        }
        broken = i % 7 == 0 ? Arrays.copyOf(broken, random.nextInt(broken.length)) : broken;
        try {
          OvfEnvironment read = OvfEnvironment.read("a", broken);
          read.toRedactedXml();
          read.toXmlWithSecrets();
          assertThat(read.conforming().properties()).isEqualTo(read.properties());
        } catch (IntermodalException expected) {
          assertThat(expected.getMessage()).startsWith("cannot read");
        }
      }
    }
  }
}
