package io.intermodal.xml;

import java.nio.charset.StandardCharsets;

/**
 * Writes a tree as UTF-8; the same tree gives the same bytes. A prefix that is not bound where it
 * is used gets its declaration there. Immutable and thread-safe.
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
    out.append('<').append(element.name().qualified());
    for (XmlNamespace namespace : element.namespaces()) {
      declare(namespace.prefix(), namespace.uri(), scope, out);
    }
    bind(element.name(), scope, out);
    for (XmlAttribute attribute : element.attributes()) {
      if (!attribute.name().prefix().isEmpty()) {
        bind(attribute.name(), scope, out);
      } else if (!attribute.name().namespace().isEmpty()) {
        throw new IllegalArgumentException(
            "an attribute in a namespace needs a prefix: " + attribute.name().localName());
      }
    }
    for (XmlAttribute attribute : element.attributes()) {
      out.append(' ').append(attribute.name().qualified()).append("=\"");
      escape(attribute.value(), true, out);
      out.append('"');
    }
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
    out.append("</").append(element.name().qualified()).append('>');
    scope.backTo(outer);
  }

  private static void bind(XmlName name, NamespaceScope scope, StringBuilder out) {
    if (!scope.binds(name.prefix(), name.namespace())) {
      declare(name.prefix(), name.namespace(), scope, out);
    }
  }

  private static void declare(String prefix, String uri, NamespaceScope scope, StringBuilder out) {
    if (uri.isEmpty() && !prefix.isEmpty()) {
      throw new IllegalArgumentException("a prefix needs a namespace: " + prefix);
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
