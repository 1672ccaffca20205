package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlWriter;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EnvelopePropertyTest {

  @Provide
  Arbitrary<EnvelopeShape> shapes() {
    return EnvelopeShape.any();
  }

  @Property(tries = 200)
  void whatIsWrittenReadsBackEqual(@ForAll("shapes") EnvelopeShape shape) {
    XmlDocument document = ShapeWriter.document(shape);
    Envelope envelope = read(document);
    assertThat(envelope.document().root()).isEqualTo(document.root());
    assertThat(envelope.document().prolog()).isEqualTo(document.prolog());
    assertThat(envelope.document().epilog()).isEqualTo(document.epilog());
    byte[] once = XmlWriter.exact().toBytes(document);
    assertThat(XmlWriter.exact().toBytes(envelope.document())).isEqualTo(once);
  }

  @Property(tries = 100)
  void everyDialectHasTheSameValues(@ForAll("shapes") EnvelopeShape shape) {
    for (EnvelopeShape.Form form : EnvelopeShape.Form.values()) {
      for (boolean prefixed : List.of(true, false)) {
        EnvelopeShape same = new EnvelopeShape(form, prefixed, shape.seed(), shape.systems());
        Envelope envelope = read(ShapeWriter.document(same));
        assertThat(EnvelopeShape.told(envelope.machines(null)))
            .as("%s, prefixed %s", form, prefixed)
            .isEqualTo(shape.expected());
      }
    }
  }

  @Property(tries = 50)
  void strictnessChangesNoFindingButItsSeverity(@ForAll("shapes") EnvelopeShape shape) {
    Envelope envelope = read(ShapeWriter.document(shape));
    assertThat(envelope.findings(Strictness.STRICT))
        .extracting(Finding::code)
        .isEqualTo(envelope.findings(Strictness.LENIENT).stream().map(Finding::code).toList());
  }

  private static Envelope read(XmlDocument document) {
    return Envelope.read("a", XmlWriter.exact().toBytes(document));
  }
}
