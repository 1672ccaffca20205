package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.intermodal.IntermodalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads every property of real documents, where the folder with them is given. */
class PropertyCorpusTest {

  private static Path corpus() {
    String folder = System.getProperty("intermodal.corpus", "");
    if (!folder.isBlank() && Files.isDirectory(Path.of(folder, "ovf"))) {
      return Path.of(folder, "ovf");
    }
    if (Boolean.getBoolean("intermodal.require")) {
      return fail("intermodal.corpus names no folder with real documents, and it is required");
    }
    return abort("intermodal.corpus names no folder with real documents");
  }

  /** Is a descriptor that opens; five of the corpus are no well-formed XML. */
  private record Opened(Path file, Envelope envelope) {}

  private static List<Opened> all() throws IOException {
    List<Opened> opened = new ArrayList<>();
    try (Stream<Path> files = Files.walk(corpus())) {
      for (Path file :
          files
              .filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(".ovf"))
              .sorted()
              .toList()) {
        try {
          opened.add(new Opened(file, Envelope.read(file.toString(), Files.readAllBytes(file))));
        } catch (IntermodalException e) {
          assertThat(e).hasMessageContaining("is not bound to a namespace");
        }
      }
    }
    return opened;
  }

  private static Stream<ProductProperty> properties(Envelope envelope) {
    return envelope.products().stream().flatMap(p -> p.properties().stream());
  }

  @Test
  void everyDeclarationIsRead() throws IOException {
    int count = 0;
    TreeSet<String> types = new TreeSet<>();
    TreeSet<String> qualifiers = new TreeSet<>();
    for (Opened one : all()) {
      for (ProductProperty property : properties(one.envelope()).toList()) {
        count++;
        if (property.kind() == PropertyType.Kind.UNKNOWN) {
          types.add(property.type() == null ? "(none)" : property.type().text());
        }
        property.qualifiers().notUnderstood().forEach(q -> qualifiers.add(q.name()));
      }
    }
    assertThat(count).isEqualTo(378);
    // Both are in VMware's set of descriptors to be refused: prop_invalid_type and prop_no_type.
    assertThat(types).containsExactly("(none)", "nosuchtype");
    assertThat(qualifiers).isEmpty();
  }

  @Test
  void everySheetIsFilledIn() throws IOException {
    List<String> invalid = new ArrayList<>();
    for (Opened one : all()) {
      List<String> configurations = new ArrayList<>();
      configurations.add(null);
      one.envelope().deploymentOptions().forEach(o -> configurations.add(o.id()));
      for (String configuration : configurations) {
        PropertySheet sheet = PropertySheet.of(one.envelope(), configuration);
        sheet.entries().stream()
            .filter(e -> e.state() == PropertyEntry.State.INVALID)
            .forEach(
                e ->
                    invalid.add(
                        one.file().getFileName()
                            + " "
                            + e.property().fullKey()
                            + " "
                            + e.problems()));
      }
    }
    assertThat(invalid).isEmpty();
  }

  @Test
  void knownPropertiesHaveTheirKnownForms() throws IOException {
    int platform = 0;
    int hidden = 0;
    for (Opened one : all()) {
      platform +=
          (int)
              properties(one.envelope())
                  .filter(p -> p.qualifiers().platformValue().isPresent())
                  .count();
      hidden += (int) properties(one.envelope()).filter(p -> !p.configurations().isEmpty()).count();
    }
    assertThat(platform).isEqualTo(74);
    assertThat(hidden).isEqualTo(15);
  }

  /** Strict is VMware's verdict as far as properties go. */
  @Test
  void strictIsVmwaresVerdict() throws IOException {
    List<String> wrong = new ArrayList<>();
    int accepted = 0;
    int refused = 0;
    for (Opened one : all()) {
      String path = one.file().toString().replace('\\', '/');
      if (!path.contains("/conformance/ProductSection")) {
        continue;
      }
      boolean bad =
          one.envelope().findings(Strictness.STRICT).stream()
              .filter(f -> f.code().name().startsWith("PRO"))
              .anyMatch(f -> f.severity() == Severity.ERROR);
      boolean good = path.contains("/Pos/");
      accepted += good ? 1 : 0;
      refused += good ? 0 : 1;
      if (bad == good) {
        wrong.add(one.file().getFileName().toString());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(accepted).isEqualTo(21);
    assertThat(refused).isEqualTo(5);
  }
}
