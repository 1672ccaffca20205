package io.intermodal.ovf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.OvfVersion;
import io.intermodal.ovf.RichDraft;
import io.intermodal.ovf.WriterProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.xml.validation.Schema;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** Holds what drafts write against the published schema. */
class WrittenFormsTest {

  @Test
  void everyFormIsValid() throws SAXException, IOException {
    Schema schema = RealDocuments.schema();
    for (WriterProfile profile : WriterProfile.values()) {
      byte[] written = RichDraft.draft().toXml(profile);
      if (profile == WriterProfile.OVF_2) {
        // The published schemas at hand are for the namespace of 1.x.
        written =
            EnvelopeEditor.of(Envelope.read("two", written))
                .convertTo(OvfVersion.V1_1, ForeignParts.WHERE_ALLOWED)
                .toBytes();
      }
      assertThat(RealDocuments.objections(schema, written)).as(profile.name()).isEmpty();
    }
  }

  @Test
  void theSchemaIsReallyAsked() throws SAXException, IOException {
    byte[] broken =
        new String(RichDraft.draft().toXml(), StandardCharsets.UTF_8)
            .replace("ovf:capacity=", "ovf:kapacity=")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(RealDocuments.objections(RealDocuments.schema(), broken))
        .anyMatch(o -> o.contains("capacity"));
  }
}
