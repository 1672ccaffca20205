package io.intermodal.ovf.edit;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.Envelope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.catalog.CatalogFeatures;
import javax.xml.catalog.CatalogManager;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Finds real descriptors and the published schemas beside them; tests are skipped without. */
final class RealDocuments {

  private RealDocuments() {}

  private static Path corpus() {
    String folder = System.getProperty("intermodal.corpus", "");
    if (!folder.isBlank() && Files.isDirectory(Path.of(folder, "ovf"))) {
      return Path.of(folder);
    }
    return absent("intermodal.corpus names no folder with real documents");
  }

  private static Path absent(String what) {
    if (Boolean.getBoolean("intermodal.require")) {
      return fail(what + ", and it is required");
    }
    return abort(what);
  }

  /** Returns every descriptor that can be read, by its name in the folder. */
  static Map<String, Envelope> envelopes() throws IOException {
    Path folder = corpus().resolve("ovf");
    Map<String, Envelope> all = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          files
              .filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(".ovf"))
              .sorted()
              .toList()) {
        try {
          all.put(
              folder.relativize(file).toString(),
              Envelope.read(file.getFileName().toString(), Files.readAllBytes(file)));
        } catch (IntermodalException e) {
          if (e.code() != CommonError.XML_MALFORMED) {
            throw e;
          }
        }
      }
    }
    return all;
  }

  /** Loads DSP8023 1.1.1 from the folder of schemas beside the documents. */
  static Schema schema() throws SAXException {
    Path folder = corpus().resolve("../reference/xsd").normalize();
    if (!Files.isRegularFile(folder.resolve("catalog.xml"))) {
      absent("there are no schemas in reference/xsd beside the real documents");
    }
    SchemaFactory factory = SchemaFactory.newDefaultInstance();
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "file");
    factory.setResourceResolver(
        CatalogManager.catalogResolver(
            CatalogFeatures.builder().with(CatalogFeatures.Feature.RESOLVE, "continue").build(),
            folder.resolve("catalog.xml").toUri()));
    return factory.newSchema(folder.resolve("ovf-1.1.1/dsp8023_1.1.1.xsd").toFile());
  }

  /** Returns what the schema has against a document. */
  static List<String> objections(Schema schema, byte[] document) throws IOException {
    List<String> objections = new ArrayList<>();
    Validator validator = schema.newValidator();
    validator.setErrorHandler(
        new ErrorHandler() {
          @Override
          public void warning(SAXParseException e) {}

          @Override
          public void error(SAXParseException e) {
            objections.add(e.getLineNumber() + ": " + e.getMessage());
          }

          @Override
          public void fatalError(SAXParseException e) throws SAXException {
            throw e;
          }
        });
    try {
      validator.validate(new StreamSource(new ByteArrayInputStream(document)));
    } catch (SAXException e) {
      objections.add(String.valueOf(e.getMessage()));
    }
    return objections;
  }
}
