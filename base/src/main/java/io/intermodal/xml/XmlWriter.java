package io.intermodal.xml;

import java.nio.charset.StandardCharsets;

/**
 * Writes a tree as UTF-8; the same tree gives the same bytes. A prefix that is not bound where it
 * is used gets its declaration there; one that stands for another namespace on that very element
 * already gives way to a new one. Immutable and thread-safe.
 *
 * <p>Text and attributes may hold what XML 1.0 allows; other characters are refused with {@code
 * IllegalArgumentException}, since no escape for them exists.
 */
public final class XmlWriter {

  private static final XmlWriter EXACT = new XmlWriter(false);
  private static final XmlWriter INDENTED = new XmlWriter(true);

  private final boolean indent;

  private XmlWriter(boolean indent) {
    this.indent = indent;
  }

  /** Returns the writer for trees that were read: white space stays as it is in the tree. */
  public static XmlWriter exact() {
    return EXACT;
  }

  /** Returns the writer for trees that were built: elements without text get lines of their own. */
  public static XmlWriter indented() {
    return INDENTED;
  }

  /** Writes a document. */
  public byte[] toBytes(XmlDocument document) {
    StringBuilder out = new StringBuilder(1024);
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    for (XmlNode node : document.prolog()) {
      misc(node, out);
      out.append('\n');
    }
    element(document.root(), new NamespaceScope(), 0, out);
    out.append('\n');
    for (XmlNode node : document.epilog()) {
      misc(node, out);
      out.append('\n');
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void element(XmlElement element, NamespaceScope scope, int depth, StringBuilder out) {
    int outer = scope.mark();
    StringBuilder declarations = new StringBuilder();
    for (XmlNamespace namespace : element.namespaces()) {
      declare(namespace.prefix(), namespace.uri(), scope, declarations);
    }
    String name = bound(element.name(), scope, declarations);
    StringBuilder attributes = new StringBuilder();
    for (XmlAttribute attribute : element.attributes()) {
      if (attribute.name().prefix().isEmpty() && !attribute.name().namespace().isEmpty()) {
        throw new IllegalArgumentException(
            "an attribute in a namespace needs a prefix: " + attribute.name().localName());
      }
      boolean plain = attribute.name().prefix().isEmpty();
      String qualified =
          plain ? attribute.name().localName() : bound(attribute.name(), scope, declarations);
      attributes.append(' ').append(qualified).append("=\"");
      escape(attribute.value(), true, attributes);
      attributes.append('"');
    }
    out.append('<').append(name).append(declarations).append(attributes);
    if (element.children().isEmpty()) {
      out.append("/>");
      scope.backTo(outer);
      return;
    }
    out.append('>');
    boolean lines = indent && element.children().stream().noneMatch(XmlText.class::isInstance);
    for (XmlNode child : element.children()) {
      if (lines) {
        newLine(depth + 1, out);
      }
      if (child instanceof XmlElement inner) {
        element(inner, scope, depth + 1, out);
      } else if (child instanceof XmlText text) {
        escape(text.value(), false, out);
      } else {
        misc(child, out);
      }
    }
    if (lines) {
      newLine(depth, out);
    }
    out.append("</").append(name).append('>');
    scope.backTo(outer);
  }

  /** Returns a name with a prefix that is bound to its namespace here. */
  private static String bound(XmlName name, NamespaceScope scope, StringBuilder out) {
    if (scope.binds(name.prefix(), name.namespace())) {
      scope.fix(name.prefix());
      return name.qualified();
    }
    if (!scope.fixed(name.prefix())) {
      declare(name.prefix(), name.namespace(), scope, out);
      return name.qualified();
    }
    if (name.namespace().isEmpty()) {
      throw new IllegalArgumentException(
          name.localName() + " is in no namespace, where the names without a prefix are in one");
    }
    String word = name.prefix().isEmpty() ? "ns" : name.prefix() + "_";
    int number = 1;
    while (!scope.free(word + number)) {
      number++;
    }
    XmlName other = new XmlName(name.namespace(), name.localName(), word + number);
    declare(other.prefix(), other.namespace(), scope, out);
    return other.qualified();
  }

  private static void declare(String prefix, String uri, NamespaceScope scope, StringBuilder out) {
    if (uri.isEmpty() && !prefix.isEmpty()) {
      throw new IllegalArgumentException("a prefix needs a namespace: " + prefix);
    }
    if (scope.fixed(prefix)) {
      throw new IllegalArgumentException("a prefix is declared twice on an element: " + prefix);
    }
    scope.declare(prefix, uri);
    out.append(prefix.isEmpty() ? " xmlns" : " xmlns:" + prefix).append("=\"");
    escape(uri, true, out);
    out.append('"');
  }

  private static void newLine(int depth, StringBuilder out) {
    out.append('\n').append("  ".repeat(depth));
  }

  private static void misc(XmlNode node, StringBuilder out) {
    if (node instanceof XmlComment comment) {
      if (comment.value().contains("--") || comment.value().endsWith("-")) {
        throw new IllegalArgumentException("a comment cannot hold two dashes");
      }
      plain(comment.value());
      out.append("<!--").append(comment.value()).append("-->");
    } else if (node instanceof XmlInstruction pi) {
      if (pi.data().contains("?>")) {
        throw new IllegalArgumentException("an instruction cannot hold its own end");
      }
      plain(pi.data());
      out.append("<?").append(pi.target());
      out.append(pi.data().isEmpty() ? "" : " " + pi.data()).append("?>");
    }
  }

  private static void plain(String value) {
    escape(value, false, new StringBuilder());
  }

  private static void escape(String value, boolean attribute, StringBuilder out) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        // Needed in "]]>" only; always written so that texts need no look-behind.
        case '>' -> out.append("&gt;");
        case '"' -> out.append(attribute ? "&quot;" : "\"");
        // A reader would turn these into blanks or line feeds.
        case '\t' -> out.append(attribute ? "&#9;" : "\t");
        case '\n' -> out.append(attribute ? "&#10;" : "\n");
        case '\r' -> out.append("&#13;");
        default -> {
          if (c < ' ' || c > '\uFFFD' || (Character.isSurrogate(c) && !isPair(value, i))) {
            throw new IllegalArgumentException(
                String.format("XML cannot hold the character U+%04X", (int) c));
          }
          out.append(c);
        }
      }
    }
  }

  private static boolean isPair(String value, int i) {
    return Character.isHighSurrogate(value.charAt(i))
        ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
  }
}
