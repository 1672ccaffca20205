package io.intermodal.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.intermodal.IntermodalException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class XmlRoundTripTest {

  @Property(tries = 300)
  void whatIsWrittenReadsBackEqual(@ForAll("elements") XmlElement element) {
    XmlDocument document = XmlDocument.of(element);
    byte[] bytes = XmlWriter.exact().toBytes(document);
    XmlDocument back = XmlReader.standard().read("a", bytes);
    assertThat(back.root()).isEqualTo(element);
    assertThat(XmlWriter.exact().toBytes(back)).isEqualTo(bytes);
  }

  @Provide
  Arbitrary<XmlElement> elements() {
    return tree(3);
  }

  private static Arbitrary<XmlElement> tree(int depth) {
    Arbitrary<String> names = Arbitraries.of("a", "b-c", "Item", "ümlaut");
    Arbitrary<String> texts =
        Arbitraries.strings()
            .withChars("<>&\"' \t\n\r]é中")
            .withCharRange('a', 'z')
            .ofMinLength(1)
            .ofMaxLength(12);
    Arbitrary<List<XmlElement>> inner =
        depth == 0 ? Arbitraries.just(List.of()) : tree(depth - 1).list().ofMaxSize(3);
    return Combinators.combine(names, texts, texts, inner, Arbitraries.of(true, false))
        .as(
            (name, text, value, children, prefixed) -> {
              XmlElement.Builder builder =
                  XmlElement.builder(
                      prefixed ? new XmlName("urn:x", name, "p") : XmlName.local(name));
              // A declaration of its own on each, so that trees are equal after reading.
              builder.namespace("p", "urn:x");
              builder.attribute(XmlName.local("v"), value);
              builder.attribute(new XmlName("urn:x", "v", "p"), text);
              builder.text(text);
              children.forEach(c -> builder.add(c).add(new XmlComment("c")));
              return builder.build();
            });
  }

  @Test
  void declaresWhatIsNotBound() {
    XmlElement inner = XmlElement.builder(new XmlName("urn:y", "i", "q")).build();
    XmlElement root = XmlElement.builder(new XmlName("urn:x", "r", "")).add(inner).build();
    assertThat(
            new String(XmlWriter.indented().toBytes(XmlDocument.of(root)), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <r xmlns="urn:x">
              <q:i xmlns:q="urn:y"/>
            </r>
            """);
  }

  @Test
  void takesADeclarationBackWhereItsElementEnds() {
    XmlElement inner = XmlElement.builder(new XmlName("urn:y", "i", "q")).build();
    XmlElement hidden =
        XmlElement.builder(new XmlName("urn:z", "h", "q"))
            .namespace("q", "urn:z")
            .add(inner)
            .build();
    XmlElement root =
        XmlElement.builder(new XmlName("urn:y", "r", "q")).add(hidden).add(inner).build();
    assertThat(new String(XmlWriter.exact().toBytes(XmlDocument.of(root)), StandardCharsets.UTF_8))
        .endsWith(
            "<q:r xmlns:q=\"urn:y\"><q:h xmlns:q=\"urn:z\"><q:i xmlns:q=\"urn:y\"/></q:h>"
                + "<q:i/></q:r>\n");
  }

  @Test
  void aPrefixMeansOneThingOnAnElement() {
    XmlElement declares =
        XmlElement.builder(new XmlName("urn:x", "e", "p"))
            .namespace("p", "urn:y")
            .attribute(new XmlName("urn:y", "a", "p"), "1")
            .attribute(new XmlName("urn:z", "b", "p"), "2")
            .build();
    assertThat(written(declares))
        .endsWith(
            "<p_1:e xmlns:p=\"urn:y\" xmlns:p_1=\"urn:x\" xmlns:p_2=\"urn:z\" p:a=\"1\""
                + " p_2:b=\"2\"/>\n");
    XmlElement inner =
        XmlElement.builder(new XmlName("urn:x", "i", "p"))
            .attribute(new XmlName("urn:y", "a", "p"), "1")
            .build();
    XmlElement inherits = XmlElement.builder(new XmlName("urn:x", "o", "p")).add(inner).build();
    assertThat(written(inherits))
        .endsWith("<p:o xmlns:p=\"urn:x\"><p:i xmlns:p_1=\"urn:y\" p_1:a=\"1\"/></p:o>\n");
    XmlElement plain =
        XmlElement.builder(new XmlName("urn:x", "e", "")).namespace("", "urn:y").build();
    assertThat(written(plain)).endsWith("<ns1:e xmlns=\"urn:y\" xmlns:ns1=\"urn:x\"/>\n");
    for (XmlElement element : List.of(declares, inherits, plain)) {
      XmlElement back =
          XmlReader.standard().read("r", written(element).getBytes(StandardCharsets.UTF_8)).root();
      assertThat(back.name().is(element.namespace(), element.localName())).isTrue();
      assertThat(back.attributes()).hasSameSizeAs(element.attributes());
      element
          .attributes()
          .forEach(
              a ->
                  assertThat(back.attribute(a.name().namespace(), a.name().localName()))
                      .contains(a.value()));
    }
  }

  @Test
  void refusesDeclarationsThatContradictEachOther() {
    XmlElement twice =
        XmlElement.builder(XmlName.local("r"))
            .namespace("p", "urn:x")
            .namespace("p", "urn:y")
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> written(twice))
        .withMessageContaining("declared twice on an element: p");
    XmlElement none = XmlElement.builder(XmlName.local("r")).namespace("", "urn:x").build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> written(none))
        .withMessageContaining("r is in no namespace");
  }

  private static String written(XmlElement root) {
    return new String(XmlWriter.exact().toBytes(XmlDocument.of(root)), StandardCharsets.UTF_8);
  }

  @Test
  void refusesCharactersThatXmlCannotHold() {
    for (String bad : List.of("\u0000", "\u000b", "\uFFFE", "\uD800")) {
      XmlElement root = XmlElement.builder(XmlName.local("r")).text(bad).build();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> XmlWriter.exact().toBytes(XmlDocument.of(root)))
          .withMessageContaining("XML cannot hold");
    }
  }

  @Test
  void brokenInputEndsInOurErrorsOnly() {
    byte[] sample =
        "<?xml version='1.0' encoding='UTF-8'?><a xmlns:p='u' p:b='&#10;'><!--c--><b>x&lt;</b></a>"
            .getBytes(StandardCharsets.UTF_8);
    Random random = new Random(20261101);
    for (int i = 0; i < 20_000; i++) {
      byte[] broken = sample.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      }
      if (i % 3 == 0) {
        broken = java.util.Arrays.copyOf(broken, random.nextInt(broken.length));
      }
      try {
        XmlReader.standard().read("a", broken);
      } catch (IntermodalException expected) {
        assertThat(expected.code().name()).startsWith("XML_");
      }
    }
  }
}
