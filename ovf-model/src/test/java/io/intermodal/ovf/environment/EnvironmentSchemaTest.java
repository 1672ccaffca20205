package io.intermodal.ovf.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.intermodal.ovf.environment.OvfEnvironment.Entity;
import io.intermodal.ovf.environment.OvfEnvironment.Platform;
import io.intermodal.ovf.environment.OvfEnvironment.Property;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.catalog.CatalogFeatures;
import javax.xml.catalog.CatalogManager;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** Holds documents against DSP8027 1.0.0, where the folder with schemas is given. */
class EnvironmentSchemaTest {

  private static Path corpus() {
    String folder = System.getProperty("intermodal.corpus", "");
    Path corpus = Path.of(folder);
    if (!folder.isBlank() && Files.isDirectory(corpus.resolve("../reference/xsd"))) {
      return corpus;
    }
    if (Boolean.getBoolean("intermodal.require")) {
      return fail("there is no folder with schemas beside intermodal.corpus, and it is required");
    }
    return abort("there is no folder with schemas beside intermodal.corpus");
  }

  private static Schema schema() throws SAXException {
    Path folder = corpus().resolve("../reference/xsd").normalize();
    SchemaFactory factory = SchemaFactory.newDefaultInstance();
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "file");
    factory.setResourceResolver(
        CatalogManager.catalogResolver(
            CatalogFeatures.builder().with(CatalogFeatures.Feature.RESOLVE, "continue").build(),
            folder.resolve("catalog.xml").toUri()));
    return factory.newSchema(folder.resolve("ovf-1.0.0/dsp8027_1.0.0.xsd").toFile());
  }

  private static void validate(Schema schema, byte[] xml) throws SAXException, IOException {
    schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(xml)));
  }

  @Test
  void whatIsWrittenIsValid() throws SAXException, IOException {
    Schema schema = schema();
    validate(schema, OvfEnvironment.of("", null, List.of(), List.of()).toXmlWithSecrets());
    validate(
        schema,
        OvfEnvironment.of(
                OvfEnvironmentTest.shop(), "web", new Platform("K", "1", "V", "de_DE", -90))
            .toXmlWithSecrets());
    validate(
        schema,
        OvfEnvironment.of(
                "a",
                new Platform(null, null, "V", null, null),
                List.of(new Property("k", "line\nline", false)),
                List.of(new Entity("e", List.of()), new Entity("f", List.of())))
            .toXmlWithSecrets());
  }

  @Test
  void whatOthersWriteBecomesValid() throws SAXException, IOException {
    Schema schema = schema();
    for (String name : List.of("guest-info.xml", "azure.xml")) {
      OvfEnvironment read = OvfEnvironment.read(name, OvfEnvironmentTest.sample(name));
      validate(schema, read.conforming().toXmlWithSecrets());
    }
    byte[] asWritten =
        OvfEnvironment.read("guest-info.xml", OvfEnvironmentTest.sample("guest-info.xml"))
            .toXmlWithSecrets();
    assertThatExceptionOfType(SAXException.class).isThrownBy(() -> validate(schema, asWritten));
  }

  @Test
  void realDocumentsAreReadAndBecomeValid() throws SAXException, IOException {
    Schema schema = schema();
    int properties = 0;
    try (Stream<Path> files = Files.list(corpus().resolve("ovf/env"))) {
      List<Path> documents = files.sorted().toList();
      assertThat(documents).hasSize(5);
      for (Path document : documents) {
        OvfEnvironment read = OvfEnvironment.open(document);
        OvfEnvironment again = OvfEnvironment.read("again", read.toXmlWithSecrets());
        assertThat(again.document().root()).isEqualTo(read.document().root());
        validate(schema, read.conforming().toXmlWithSecrets());
        assertThat(read.conforming().properties()).isEqualTo(read.properties());
        assertThat(read.conforming().entities()).isEqualTo(read.entities());
        properties += read.properties().size();
      }
    }
    assertThat(properties).isEqualTo(4 + 0 + 2 + 1 + 5);
  }
}
