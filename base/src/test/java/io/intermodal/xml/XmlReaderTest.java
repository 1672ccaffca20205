package io.intermodal.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.CommonError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReaderTest {

  private static XmlDocument read(String text) {
    return XmlReader.standard().read("a.xml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(String text, CommonError code, String reason) {
    refused(text.getBytes(StandardCharsets.UTF_8), code, reason);
  }

  private static void refused(byte[] bytes, CommonError code, String reason) {
    assertThatExceptionOfType(XmlException.class)
        .isThrownBy(() -> XmlReader.standard().read("a.xml", bytes))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .withMessageContaining(reason)
        .withMessageStartingWith("cannot read a.xml");
  }

  @Test
  void keepsEverythingInOrder() {
    XmlElement root =
        read("<!--a--><p:r xmlns:p='u' b='1' p:a='2'>t<![CDATA[<]]>&amp;<c/><!--x--><?y z?></p:r>")
            .root();
    assertThat(root.name()).isEqualTo(new XmlName("u", "r", "p"));
    assertThat(root.namespaces()).containsExactly(new XmlNamespace("p", "u"));
    assertThat(root.attributes())
        .containsExactly(
            new XmlAttribute(XmlName.local("b"), "1"),
            new XmlAttribute(new XmlName("u", "a", "p"), "2"));
    assertThat(root.children())
        .containsExactly(
            new XmlText("t<&"),
            XmlElement.builder(XmlName.local("c")).build(),
            new XmlComment("x"),
            new XmlInstruction("y", "z"));
  }

  @Test
  void saysWhereEachElementStarts() {
    XmlElement root =
        read("<?xml version='1.0'?>\n<a\n  x='>'\n>\r\n <!-- <z> --><![CDATA[<y>]]><b/>\r<c/></a>")
            .root();
    assertThat(root.line()).isEqualTo(2);
    assertThat(root.column()).isEqualTo(1);
    assertThat(root.elements().map(Object::toString)).containsExactly("<b> at 5:29", "<c> at 6:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<?xml version='1.0'?>\n<!-- c -->\n<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
        "<!doctype a><a/>"
      })
  void refusesDoctype(String text) {
    refused(text, CommonError.XML_FORBIDDEN, "DOCTYPE, which is refused always");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<a>&x;</a>", "<a b='&x;'/>", "<a><b></a>", "<a", "<a/><b/>", "<p:a/>"})
  void refusesWhatIsNotWellFormed(String text) {
    assertThatExceptionOfType(XmlException.class)
        .isThrownBy(() -> read(text))
        .satisfies(
            e -> assertThat(e.code()).isIn(CommonError.XML_MALFORMED, CommonError.XML_FORBIDDEN));
  }

  @Test
  void errorsCarryThePlace() {
    assertThatExceptionOfType(XmlException.class)
        .isThrownBy(() -> read("<a>\n  <b>\n</a>"))
        .satisfies(e -> assertThat(e.line()).isEqualTo(3))
        .satisfies(e -> assertThat(e.location().orElse("")).startsWith("a.xml:3:"));
  }

  @Test
  void saysWhatWasFoundInstead() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(65);
    }
    refused(new byte[0], CommonError.XML_MALFORMED, "an empty file");
    refused(new byte[9], CommonError.XML_MALFORMED, "zeros only");
    refused(gzip.toByteArray(), CommonError.XML_MALFORMED, "gzip data");
    refused("PK\003\004abc", CommonError.XML_MALFORMED, "a zip archive");
    refused("<!DOCTYPE html>\n<html>", CommonError.XML_MALFORMED, "an HTML page");
    refused("KDMV\001\000\000\000", CommonError.XML_MALFORMED, "a VMDK disk");
    refused(new byte[] {1, 2, 3, 4, 5, 0, 7}, CommonError.XML_MALFORMED, "binary data");
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8,UTF-16,UTF-8",
    "UTF-8,utf-16le,UTF-8",
    "UTF-16LE,UTF-8,UTF-16LE",
    "UTF-16BE,UTF-8,UTF-16BE",
    "UTF-8,US-ASCII,UTF-8"
  })
  void believesTheBytesAndNotTheDeclaration(String real, String declared, String used) {
    String text = "<?xml version=\"1.0\" encoding=\"" + declared + "\"?><a>ü中</a>";
    XmlDocument document = XmlReader.standard().read("a", text.getBytes(Charset.forName(real)));
    assertThat(document.root().text()).isEqualTo("ü中");
    assertThat(document.encoding()).isEqualTo(used);
    assertThat(document.warnings())
        .extracting(XmlWarning::kind)
        .containsExactly(XmlWarning.Kind.ENCODING_LIE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "windows-1252", "UTF-8", "UTF-16"})
  void readsTheDeclaredEncoding(String name) {
    String text = "<?xml version='1.0' encoding='" + name + "'?><a>ü</a>";
    XmlDocument document = XmlReader.standard().read("a", text.getBytes(Charset.forName(name)));
    assertThat(document.root().text()).isEqualTo("ü");
    assertThat(document.warnings()).isEmpty();
  }

  @Test
  void toleratesByteOrderMarkAndLeadingWhiteSpace() {
    assertThat(read("\uFEFF<?xml version='1.0'?><a/>").warnings()).isEmpty();
    assertThat(read("\n <?xml version='1.0'?><a/>").warnings())
        .extracting(XmlWarning::kind)
        .containsExactly(XmlWarning.Kind.LEADING_WHITE_SPACE);
    assertThat(read("\n <?xml version='1.0'?><a/>").root().line()).isEqualTo(2);
  }

  @Test
  void holdsItsBounds() {
    XmlLimits small = new XmlLimits(1000, 3, 2, 5, 10);
    for (String text :
        new String[] {
          "<a><b><c><d/></c></b></a>",
          "<a x='1' y='2' z='3'/>",
          "<a><b/><b/><b/><b/><b/></a>",
          "<a>12345678901</a>",
          "<a b='12345678901'/>",
          "<a>" + " ".repeat(1000) + "</a>"
        }) {
      assertThatExceptionOfType(XmlException.class)
          .isThrownBy(() -> XmlReader.with(small).read("a", text.getBytes(StandardCharsets.UTF_8)))
          .satisfies(e -> assertThat(e.code()).isEqualTo(CommonError.XML_LIMIT));
    }
  }

  @Test
  void namesADoctypeThatStandsInside() {
    refused("<a><!DOCTYPE a></a>", CommonError.XML_MALFORMED, "a DOCTYPE stands inside");
  }

  @Test
  void boundsTheNamespacesInScope() {
    String declarations =
        IntStream.range(0, 500)
            .mapToObj(i -> " xmlns:p" + i + "='u'")
            .collect(Collectors.joining());
    String beside = "<a>" + ("<b" + declarations + "/>").repeat(5) + "</a>";
    assertThat(read(beside).root().children()).hasSize(5);
    String inside = "<b" + declarations + ">";
    refused(
        inside.repeat(3) + "</b>".repeat(3),
        CommonError.XML_LIMIT,
        "the number of namespaces in scope is over the bound of 1024");
  }

  @Test
  void readsMoreThanTheJdkWouldByItself() {
    StringBuilder wide = new StringBuilder("<a");
    for (int i = 0; i < 400; i++) {
      wide.append(" x").append(i).append("='1'");
    }
    assertThat(read(wide + "/>").root().attributes()).hasSize(400);
    assertThat(read("<" + "n".repeat(3000) + "/>").root().localName()).hasSize(3000);
    assertThat(read("<a>" + "&amp;".repeat(200_000) + "</a>").root().text()).hasSize(200_000);
  }

  @Test
  void namesNoContentInToString() {
    XmlElement root = read("<a secret='s3cret'>s3cret</a>").root();
    assertThat(root + "" + root.attributes() + root.children()).doesNotContain("s3cret");
  }
}
