package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.packaging.OvfPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalizedTest {

  private static final Map<String, String> FILES =
      Map.of(
          "da.xml",
          "<Strings xmlns='http://schemas.dmtf.org/ovf/envelope/1'"
              + " xmlns:o='http://schemas.dmtf.org/ovf/envelope/1' xml:lang='da'>"
              + "<Msg o:msgid='lan'>Det indre net</Msg></Strings>",
          "lizenz.txt",
          "Seien Sie nett,\nimmer.",
          "open.xml",
          "<o:Strings xmlns:o='http://schemas.dmtf.org/ovf/envelope/1' xml:lang='fr'>"
              + "<o:Msg o:msgid='vm'>Une machine</o:Msg></o:Strings>");

  private static Optional<byte[]> file(FileReference reference) {
    return Optional.ofNullable(FILES.get(reference.href()))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static Envelope read() throws IOException {
    return Envelope.read("strings.ovf", EnvelopeTest.sample("strings.ovf"));
  }

  private static @Nullable String lan(Envelope envelope) {
    return envelope.networks().get(0).description();
  }

  @Test
  void namesTheLanguages() throws IOException {
    assertThat(read().languages()).containsExactly("en", "de", "de-AT", "da");
  }

  @Test
  void looksUpExactlyThenWiderThenKeepsTheText() throws IOException {
    Envelope envelope = read();
    assertThat(lan(envelope.localized("de-AT"))).isEqualTo("Das innere Netzl");
    assertThat(lan(envelope.localized("de-DE"))).isEqualTo("Das innere Netz");
    assertThat(lan(envelope.localized("DE"))).isEqualTo("Das innere Netz");
    assertThat(lan(envelope.localized("fr"))).isEqualTo("The inner network");
    assertThat(lan(envelope.localized("en-GB"))).isEqualTo("The inner network");
    Envelope austrian = envelope.localized("de-AT");
    assertThat(austrian.language()).contains("de-AT");
    assertThat(austrian.contents().get(0).name()).isEqualTo("Maschine");
    assertThat(austrian.deploymentOptions().get(0).description()).isEqualTo("Small");
    assertThat(austrian.eulas().get(0).license()).isEqualTo("Sei nett");
  }

  @Test
  void takesWhatIsEmptyFromTheEnvelopesOwnLanguage() throws IOException {
    Envelope envelope = read();
    assertThat(envelope.deploymentOptions().get(0).label()).isNull();
    for (String language : new String[] {"en", "de", "es"}) {
      assertThat(envelope.localized(language).deploymentOptions().get(0).label())
          .as(language)
          .isEqualTo("Small one");
    }
  }

  @Test
  void readsTextsInFiles() throws IOException {
    Envelope envelope = read();
    assertThat(envelope.localized("de", LocalizedTest::file).eulas().get(0).license())
        .isEqualTo("Seien Sie nett,\nimmer.");
    Envelope danish = envelope.localized("da", LocalizedTest::file);
    assertThat(lan(danish)).isEqualTo("Det indre net");
    assertThat(danish.contents().get(0).name()).isEqualTo("Maskine");
    Section.Header note = danish.contents().get(0).sections().get(1).header();
    assertThat(note.info()).isEqualTo("A note");
    assertThat(
            envelope
                .localized("fr", LocalizedTest::file)
                .contents()
                .get(0)
                .sections()
                .get(1)
                .header()
                .info())
        .isEqualTo("Une machine");
  }

  @Test
  void translatesInForeignSectionsToo() throws IOException {
    Section note = read().localized("de").contents().get(0).sections().get(1);
    assertThat(note.name()).isEqualTo("NoteSection");
    assertThat(note.header().element().text()).contains("Das innere Netz");
  }

  @Test
  void leavesEverythingElseAsItIs() throws IOException {
    Envelope envelope = read();
    Envelope german = envelope.localized("de");
    assertThat(german.files()).isEqualTo(envelope.files());
    // The option's own text is empty; in German it is not.
    assertThat(german.findings())
        .isEqualTo(
            envelope.findings().stream()
                .filter(f -> f.code() != FindingCode.CONFIGURATION_TEXT)
                .toList());
    assertThat(german.document().root().line()).isEqualTo(envelope.document().root().line());
    Envelope bare =
        Envelope.read("options.ovf", EnvelopeTest.sample("options.ovf")).localized("de");
    assertThat(bare.language()).contains("en-US");
  }

  @Test
  void refusesFilesThatHoldNoTranslations() throws IOException {
    Envelope envelope = read();
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(
            () ->
                envelope.localized("de", f -> Optional.of("<a/>".getBytes(StandardCharsets.UTF_8))))
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.STRINGS_INVALID))
        .withMessageContaining("da.xml");
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(
            () -> envelope.localized("de", f -> Optional.of("no".getBytes(StandardCharsets.UTF_8))))
        .satisfies(e -> assertThat(e.code()).isEqualTo(CommonError.XML_MALFORMED));
    String doctype = "<!DOCTYPE a [<!ENTITY x 'y'>]><Strings/>";
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(
            () ->
                envelope.localized(
                    "de", f -> Optional.of(doctype.getBytes(StandardCharsets.UTF_8))))
        .satisfies(e -> assertThat(e.code()).isEqualTo(CommonError.XML_FORBIDDEN));
  }

  @Test
  void boundsWhatTextsGrowTo() {
    StringBuilder text =
        new StringBuilder(
            "<Envelope xmlns='http://schemas.dmtf.org/ovf/envelope/1'><References/><NetworkSection><Info/>");
    for (int i = 0; i < 1000; i++) {
      text.append("<Network name='n").append(i).append("'><Description msgid='m'/></Network>");
    }
    text.append(
            "</NetworkSection><VirtualSystem id='a'><Info/></VirtualSystem><Strings><Msg msgid='m'>")
        .append("x".repeat(100_000))
        .append("</Msg></Strings></Envelope>");
    Envelope envelope = Envelope.read("a", text.toString().getBytes(StandardCharsets.UTF_8));
    assertThatExceptionOfType(IntermodalException.class)
        .isThrownBy(() -> envelope.localized("en"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(OvfError.PACKAGE_LIMIT))
        .withMessageContaining("texts grow over");
  }

  @Test
  void aPackageBringsItsFiles(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("a.ovf"), EnvelopeTest.sample("strings.ovf"));
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    OvfPackage pack = OvfPackage.open(folder.resolve("a.ovf"));
    assertThat(lan(pack.localized("da"))).isEqualTo("Det indre net");
    Files.delete(folder.resolve("da.xml"));
    assertThat(lan(OvfPackage.open(folder.resolve("a.ovf")).localized("da")))
        .isEqualTo("Overridden");
  }
}
