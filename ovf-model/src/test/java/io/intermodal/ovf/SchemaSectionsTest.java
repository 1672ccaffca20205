package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the sections that are typed against those of the published schemas. */
class SchemaSectionsTest {

  private static final Pattern SECTION = Pattern.compile("element name=\"([A-Za-z]+Section)\"");

  private static Path schema(String name) {
    Path file =
        Path.of(System.getProperty("intermodal.corpus", ""), "..", "reference", "xsd", name);
    if (Files.isRegularFile(file)) {
      return file;
    }
    if (Boolean.getBoolean("intermodal.require")) {
      return fail("the schema " + name + " is not beside the corpus, and it is required");
    }
    return abort("the schema " + name + " is not beside the corpus");
  }

  @ParameterizedTest
  @CsvSource({
    "ovf-1.1.1/dsp8023_1.1.1.xsd, http://schemas.dmtf.org/ovf/envelope/1, 11",
    "ovf-2.0.0c-draft/dsp8023_2.0.0c.xsd, http://schemas.dmtf.org/ovf/envelope/2, 18",
    "ovf-2.0.0c-draft/dsp8023_2.0.0c.xsd, http://schemas.dmtf.org/ovf/envelope/1, 18"
  })
  void everySectionOfTheSchemaHasARecord(String schema, String namespace, int number)
      throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher matcher = SECTION.matcher(Files.readString(schema(schema)));
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    assertThat(names).hasSize(number);
    StringBuilder text = new StringBuilder("<Envelope xmlns='" + namespace + "'><References/>");
    names.forEach(n -> text.append("<" + n + "><Info/></" + n + ">"));
    text.append("<VirtualSystem id='a'><Info/></VirtualSystem></Envelope>");
    Envelope envelope = Envelope.read("a", text.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(envelope.sections()).hasSize(number);
    assertThat(envelope.sections()).as("typed").noneMatch(Section.Other.class::isInstance);
  }
}
