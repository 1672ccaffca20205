package io.intermodal.ovf;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import io.intermodal.xml.XmlNode;
import io.intermodal.xml.XmlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts translations into a tree. What needs none stays the same element. */
final class Localizer {

  /** A text that many elements name must not make a gigabyte of a megabyte. */
  private static final long MOST_CHARACTERS = 64L << 20;

  private final StringTable table;
  private final Dialect dialect;
  private final String language;
  private long characters;
  private int replaced;

  Localizer(StringTable table, Dialect dialect, String language) {
    this.table = table;
    this.dialect = dialect;
    this.language = language;
  }

  /** Returns the root in the language, and says so in it; empty when nothing changes. */
  Optional<XmlElement> translated(XmlElement root) {
    XmlElement translated = element(root);
    if (replaced == 0) {
      return Optional.empty();
    }
    if (!table.speaks(language)) {
      return Optional.of(translated);
    }
    List<XmlAttribute> attributes = new ArrayList<>();
    for (XmlAttribute attribute : root.attributes()) {
      if (!attribute.name().is(Dialect.XML, "lang")) {
        attributes.add(attribute);
      }
    }
    attributes.add(new XmlAttribute(new XmlName(Dialect.XML, "lang", "xml"), language));
    return Optional.of(translated.with(attributes, translated.children()));
  }

  private XmlElement element(XmlElement e) {
    String message = message(e);
    if (message != null) {
      characters += message.length();
      if (characters > MOST_CHARACTERS) {
        throw new IntermodalException(
            OvfError.PACKAGE_LIMIT,
            "cannot translate the envelope: its texts grow over "
                + MOST_CHARACTERS
                + " characters");
      }
      replaced++;
      return e.with(e.attributes(), List.of(new XmlText(message)));
    }
    if (dialect.is(e, "Strings")) {
      return e;
    }
    int before = replaced;
    List<XmlNode> children = new ArrayList<>(e.children().size());
    for (XmlNode child : e.children()) {
      children.add(child instanceof XmlElement inner ? element(inner) : child);
    }
    return replaced > before ? e.with(e.attributes(), children) : e;
  }

  /** Only plain texts are translated: an element with others in it is not a message. */
  private @Nullable String message(XmlElement e) {
    boolean own = dialect.ovf(e.namespace());
    String id =
        own
            ? dialect.filled(e, "msgid")
            : e.attributes().stream()
                .filter(a -> a.name().localName().equals("msgid"))
                .filter(a -> !a.name().namespace().isEmpty() && dialect.ovf(a.name().namespace()))
                .map(a -> Dialect.blankToNull(a.value()))
                .findFirst()
                .orElse(null);
    return id == null || e.elements().findAny().isPresent()
        ? null
        : table.message(id, language, e.text());
  }
}
