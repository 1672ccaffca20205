package io.intermodal.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.intermodal.IntermodalException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xmlunit.builder.DiffBuilder;
import org.xmlunit.diff.Diff;

/** Proves that a document that is read and written means the same, comments included. */
class CanonicalRoundTripTest {

  @TempDir Path folder;

  static Stream<String> documents() {
    return Stream.of(
        "<?xml version='1.0' encoding='UTF-8'?><!--before--><?p one  two ?><a/><!--after--><?q?>",
        "<a><!-- c -->x<?pi  data ?>y<!----></a>",
        "<a>x<![CDATA[<&>]]]]><![CDATA[>]]>y</a>",
        "<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x42;&#13;&#10;&#9;</a>",
        "<a b=' x  y ' c='1\t2\n3\r\n4' d='&#9;&#10;&#13;&#32;' e=\"'&quot;\"/>",
        "<a>\r\nb\rc\n</a>",
        "<a xmlns='urn:1'><b xmlns=''><c xmlns='urn:1'/></b></a>",
        "<p:a xmlns:p='urn:1' p:x='1'><p:b xmlns:p='urn:2' p:x='2'/><p:c/></p:a>",
        "<a xmlns:p='urn:1' xmlns:q='urn:1' p:x='1' q:y='2'><q:b/><p:b/></a>",
        "<a xmlns:unused='urn:u' xml:lang='de' xml:space='preserve' xml:id='i'> </a>",
        "<a xmlns:xml='http://www.w3.org/XML/1998/namespace'><b xml:lang=''/></a>",
        "<ä xmlns:ö='urn:o' ö:ü='漢字'>\uD83D\uDCBE é e\u0301\uFFFD</ä>",
        "<a z='1' b='2' xmlns:z='urn:a' z:b='3' a='4'></a>",
        "<a><b></b> <c> </c>\n\n<d/></a>",
        "<a>]]&gt;</a>",
        "\n\n<!-- no declaration -->\n<a/>\n\n",
        "<a xmlns:o='urn:o'><o:x o:required='true' required='false'/><x xmlns='urn:o'/></a>");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void meansTheSame(String document) throws GeneralSecurityException, IOException {
    same("sample", document.getBytes(UTF_8), written("sample", document.getBytes(UTF_8)));
  }

  @Test
  void xmllintAgrees() throws IOException {
    Canonical.requireXmllint();
    List<Path> originals = new ArrayList<>();
    List<Path> copies = new ArrayList<>();
    for (String document : documents().toList()) {
      keep(document.getBytes(UTF_8), originals);
      keep(written("sample", document.getBytes(UTF_8)), copies);
    }
    for (int seed = 0; seed < 300; seed++) {
      byte[] document = mixture(new Random(seed)).getBytes(UTF_8);
      keep(document, originals);
      keep(written("seed " + seed, document), copies);
    }
    byte[] lie = " \n<?xml version='1.0' encoding='UTF-16'?><a b='ö'>é</a>".getBytes(UTF_8);
    XmlDocument read = XmlReader.standard().read("lie", lie);
    keep(Canonical.repaired(lie, read), originals);
    keep(XmlWriter.exact().toBytes(read), copies);
    judge(originals, originals, copies);
  }

  @Test
  void anyMixtureMeansTheSame() throws GeneralSecurityException, IOException {
    for (int seed = 0; seed < 2000; seed++) {
      byte[] document = mixture(new Random(seed)).getBytes(UTF_8);
      same("seed " + seed, document, written("seed " + seed, document));
    }
  }

  @Test
  void encodingsMeanTheSame() throws GeneralSecurityException, IOException {
    String text = "<?xml version='1.0' encoding='%s'?><a b='ö'>é</a>";
    for (String name : List.of("UTF-8", "UTF-16", "ISO-8859-1", "windows-1252")) {
      byte[] document = text.formatted(name).getBytes(Charset.forName(name));
      same(name, document, written(name, document));
    }
    byte[] lie = text.formatted("UTF-16").getBytes(UTF_8);
    XmlDocument read = XmlReader.standard().read("lie", lie);
    same("lie", Canonical.repaired(lie, read), XmlWriter.exact().toBytes(read));
  }

  @Test
  void everyRealDocumentMeansTheSame() throws GeneralSecurityException, IOException {
    Canonical.requireXmllint();
    List<Path> files = new ArrayList<>();
    List<Path> originals = new ArrayList<>();
    List<Path> copies = new ArrayList<>();
    List<String> repaired = new ArrayList<>();
    List<String> relative = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (Path file : corpus()) {
      byte[] bytes = Files.readAllBytes(file);
      XmlDocument read;
      try {
        read = XmlReader.standard().read(file.toString(), bytes);
      } catch (IntermodalException e) {
        refused.add(file.getFileName().toString());
        continue;
      }
      if (!read.warnings().isEmpty()) {
        bytes = Canonical.repaired(bytes, read);
        repaired.add(file.getFileName().toString());
      }
      byte[] again = XmlWriter.exact().toBytes(read);
      byte[] absolute = Canonical.absolute(bytes);
      if (absolute.length != bytes.length) {
        relative.add(file.getFileName().toString());
        bytes = absolute;
        again = Canonical.absolute(again);
      }
      same(file.toString(), bytes, again);
      files.add(file);
      keep(bytes, originals);
      keep(again, copies);
    }
    judge(files, originals, copies);
    assertThat(files).hasSizeGreaterThan(300);
    assertThat(repaired).as("read with a warning").isEmpty();
    assertThat(relative)
        .as("with a relative namespace")
        .containsExactly("src_powervs-template.xml.ovf");
    assertThat(refused)
        .as("not well-formed")
        .containsExactlyInAnyOrder(
            "section_compatibility_neg.ovf",
            "section_compatibility_rec.ovf",
            "empty_system.ovf",
            "item_msgid.ovf",
            "item_msgid_elename.ovf");
  }

  private static byte[] written(String name, byte[] document) {
    return XmlWriter.exact().toBytes(XmlReader.standard().read(name, document));
  }

  private void keep(byte[] document, List<Path> to) throws IOException {
    Path file = Files.createTempFile(folder, "document", ".xml");
    to.add(Files.write(file, document));
  }

  /** Compares every node of the canonical forms, where a difference is named, and their bytes. */
  private static void same(String name, byte[] original, byte[] copy)
      throws GeneralSecurityException, IOException {
    byte[] wanted = Canonical.jdk(original);
    byte[] found = Canonical.jdk(copy);
    Diff diff = DiffBuilder.compare(wanted).withTest(found).checkForIdentical().build();
    assertThat(diff.hasDifferences()).as("%s: %s", name, diff).isFalse();
    assertThat(found).as(name).isEqualTo(wanted);
  }

  /** Asks about all at once, since most agree; then, to name the one, about each. */
  private static void judge(List<Path> files, List<Path> originals, List<Path> copies)
      throws IOException {
    if (!Canonical.xmllint(originals).equals(Canonical.xmllint(copies))) {
      for (int i = 0; i < files.size(); i++) {
        assertThat(Canonical.xmllint(List.of(copies.get(i))))
            .as("%s", files.get(i))
            .isEqualTo(Canonical.xmllint(List.of(originals.get(i))));
      }
      fail("xmllint sees a difference in all of them and in none");
    }
  }

  /** Writes a random document as text, so that the reader meets what no writer of ours makes. */
  private static String mixture(Random random) {
    StringBuilder out = new StringBuilder(random.nextBoolean() ? "<?xml version='1.0'?>" : "");
    for (int i = random.nextInt(3); i > 0; i--) {
      out.append(random.nextBoolean() ? "<!--\r\n é-->" : "<?t  d\td?>\n");
    }
    element(random, 4, out);
    for (int i = random.nextInt(3); i > 0; i--) {
      out.append(random.nextBoolean() ? "<!-- -->" : "\r\n<?t?>");
    }
    return out.toString();
  }

  private static void element(Random random, int depth, StringBuilder out) {
    String name = pick(random, "a", "p:b", "q:c", "é");
    out.append('<').append(name);
    // Both prefixes are bound on each, to either of two namespaces.
    String p = pick(random, "urn:1", "urn:2");
    out.append(" xmlns:p='").append(p).append('\'');
    out.append(" xmlns:q=\"").append(p.equals("urn:1") ? "urn:3" : "urn:4").append('"');
    if (random.nextInt(3) == 0) {
      out.append("\n xmlns='").append(pick(random, "", "urn:1", "urn:d")).append('\'');
    }
    for (String attribute : List.of("x", "p:x", "q:x", "xml:lang")) {
      if (random.nextBoolean()) {
        char quote = random.nextBoolean() ? '"' : '\'';
        out.append(pick(random, " ", "\n\t", "  ")).append(attribute).append(" = ").append(quote);
        for (int i = random.nextInt(4); i > 0; i--) {
          String other = quote == '"' ? "'" : "\"";
          out.append(pick(random, "v", other, "\t", "\r\n", "\r", "\n", "&#10;", "&#x9;", "&#13;"))
              .append(pick(random, "&lt;", "&amp;", "&quot;", "&apos;", ">", " ", "]]>", "漢"));
        }
        out.append(quote);
      }
    }
    if (random.nextInt(6) == 0) {
      out.append(" />");
      return;
    }
    out.append(" >");
    for (int i = random.nextInt(6); i > 0; i--) {
      switch (random.nextInt(6)) {
        case 0 -> out.append("<!--c\t-\r\nc-->");
        case 1 -> out.append("<?t <a>&amp; ?>");
        case 2 -> out.append("<![CDATA[<&amp;]] >\r]]>");
        case 3 -> out.append(pick(random, "&lt;]]&gt;", "&#13;&#xA;", "\r\n\r \n", "\uD83D\uDCBE"));
        default -> {
          if (depth > 0) {
            element(random, depth - 1, out);
          } else {
            out.append("text");
          }
        }
      }
    }
    out.append("</").append(name).append("\n>");
  }

  private static String pick(Random random, String... of) {
    return of[random.nextInt(of.length)];
  }

  private static List<Path> corpus() throws IOException {
    String given = System.getProperty("intermodal.corpus", "");
    Path ovf = Path.of(given, "ovf");
    if (given.isBlank() || !Files.isDirectory(ovf)) {
      if (Boolean.getBoolean("intermodal.require")) {
        return fail("intermodal.corpus names no folder with real documents, and it is required");
      }
      return abort("intermodal.corpus names no folder with real documents");
    }
    try (Stream<Path> all = Files.walk(ovf)) {
      return all.filter(
              f -> {
                String name = f.toString().toLowerCase(Locale.ROOT);
                return name.endsWith(".ovf") || name.endsWith(".xml");
              })
          .sorted()
          .toList();
    }
  }
}
