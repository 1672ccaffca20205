package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the tree of a descriptor into the model. */
final class EnvelopeParser {

  /** Children of an envelope or system that are not sections. */
  private static final Set<String> NO_SECTION =
      Set.of("References", "Strings", "Info", "Name", "VirtualSystem", "VirtualSystemCollection");

  private final Dialect dialect;
  private final Findings findings;
  private final SectionParser sections;

  EnvelopeParser(Dialect dialect, Findings findings) {
    this.dialect = dialect;
    this.findings = findings;
    this.sections = new SectionParser(dialect, findings);
  }

  List<FileReference> files(XmlElement root) {
    List<FileReference> files = new ArrayList<>();
    dialect
        .children(root, "References")
        .flatMap(r -> dialect.children(r, "File"))
        .forEach(file -> files.add(file(file)));
    return files;
  }

  private FileReference file(XmlElement file) {
    Long size = storedSize(file);
    Long chunk =
        Numbers.size(dialect.attribute(file, "chunkSize"), "the chunk size", file, findings);
    return new FileReference(
        dialect.filled(file, "id"),
        dialect.filled(file, "href"),
        size,
        dialect.filled(file, "compression"),
        chunk != null && chunk > 0 ? chunk : null,
        file);
  }

  /** Products ignore a size below zero, which some write for one that is not known. */
  private @Nullable Long storedSize(XmlElement file) {
    String text = dialect.attribute(file, "size");
    if (text != null && isNegative(text.strip())) {
      findings.add(
          FindingCode.SIZE_NEGATIVE,
          file,
          "the size is below zero: " + Texts.shorten(text.strip()));
      return null;
    }
    return Numbers.size(text, "the size", file, findings);
  }

  private static boolean isNegative(String text) {
    return text.startsWith("-") && Texts.areDigits(text.substring(1), 100);
  }

  List<Content> contents(XmlElement of) {
    return of.elements().filter(this::isContent).map(this::content).toList();
  }

  private boolean isContent(XmlElement element) {
    return dialect.is(element, "VirtualSystem")
        || dialect.is(element, "VirtualSystemCollection")
        || dialect.is(element, "Content");
  }

  private Content content(XmlElement element) {
    String id = dialect.filled(element, "id");
    String name = name(element);
    String kind = dialect.sectionName(element);
    List<Content> members = contents(element);
    if (kind.equals("VirtualSystemCollection") || !members.isEmpty()) {
      return new Content.VirtualSystemCollection(id, name, sections(element), members, element);
    }
    return new Content.VirtualSystem(id, name, sections(element), element);
  }

  private @Nullable String name(XmlElement element) {
    return dialect.text(element, "Name");
  }

  List<Section> sections(XmlElement of) {
    List<Section> list = new ArrayList<>();
    of.elements().filter(this::isSection).forEach(element -> list.add(sections.parse(element)));
    return list;
  }

  /**
   * Tells a section from the many plain elements that oVirt puts beside them: a section is called
   * one, or begins as every section has to, with an Info.
   */
  private boolean isSection(XmlElement element) {
    if (isContent(element)
        || (dialect.ovf(element.namespace()) && NO_SECTION.contains(element.localName()))) {
      return false;
    }
    return dialect.sectionName(element).endsWith("Section")
        || dialect.is(element, "Section")
        || element.elements().findFirst().filter(e -> dialect.is(e, "Info")).isPresent();
  }
}
