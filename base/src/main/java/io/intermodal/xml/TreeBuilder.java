package io.intermodal.xml;

import io.intermodal.CommonError;
import java.io.CharArrayReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Builds the tree of one document, checking the bounds as it goes. */
final class TreeBuilder {

  private static final Pattern UNBOUND =
      Pattern.compile("(Element|Attribute)PrefixUnbound\\?([^&]*)&([^&:]*)[^&]*&?([^&]*)");

  private final String source;
  private final XmlLimits limits;
  private final Decoded input;
  private final TagCursor cursor;
  private final OpenElements open = new OpenElements();
  private final TextRun text = new TextRun();
  private final NameTable names = new NameTable();
  private final List<XmlNode> prolog = new ArrayList<>();
  private final List<XmlNode> epilog = new ArrayList<>();
  private @Nullable XmlElement root;
  private int elements;
  private int namespacesInScope;

  TreeBuilder(String source, XmlLimits limits, Decoded input) {
    this.source = source;
    this.limits = limits;
    this.input = input;
    this.cursor = new TagCursor(input.chars());
  }

  XmlDocument build() {
    refuseDoctype();
    XMLStreamReader reader = null;
    try {
      reader =
          StaxFactory.create(limits.maxAttributes())
              .createXMLStreamReader(new CharArrayReader(input.chars()));
      while (reader.hasNext()) {
        event(reader.next(), reader);
      }
    } catch (XMLStreamException e) {
      throw malformed(e);
    } catch (XmlException e) {
      throw e;
    } catch (RuntimeException e) {
      // The JDK's parser answers some broken input with an unchecked exception of its own.
      throw error(CommonError.XML_MALFORMED, "it is not well-formed", e);
    } finally {
      close(reader);
    }
    if (root == null) {
      throw error(CommonError.XML_MALFORMED, "it has no root element", null);
    }
    return new XmlDocument(prolog, root, epilog, input.encoding(), input.warnings());
  }

  private static void close(@Nullable XMLStreamReader reader) {
    try {
      if (reader != null) {
        reader.close();
      }
    } catch (XMLStreamException e) {
      // Nothing is held open: the input is an array.
    }
  }

  private void event(int event, XMLStreamReader reader) {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> start(reader);
      case XMLStreamConstants.END_ELEMENT -> end();
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
        if (open.depth() > 0) {
          check(text.length() + (long) reader.getTextLength(), limits.maxTextLength(), "a text");
          text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        }
      }
      case XMLStreamConstants.COMMENT -> {
        String comment = reader.getText();
        check(comment.length(), limits.maxTextLength(), "a comment");
        add(new XmlComment(comment));
      }
      case XMLStreamConstants.PROCESSING_INSTRUCTION -> {
        String data = reader.getPIData();
        add(new XmlInstruction(reader.getPITarget(), data == null ? "" : data));
      }
      case XMLStreamConstants.DTD -> throw doctype(0, 0);
      case XMLStreamConstants.ENTITY_REFERENCE ->
          throw error(
              CommonError.XML_FORBIDDEN, "it uses an entity of its own; none is resolved", null);
      default -> {
        // Start and end of the document say nothing.
      }
    }
  }

  private void start(XMLStreamReader reader) {
    flush();
    cursor.next();
    int attributeCount = reader.getAttributeCount();
    int namespaceCount = reader.getNamespaceCount();
    check(open.depth() + 1L, limits.maxDepth(), "the depth of elements");
    check(++elements, limits.maxElements(), "the number of elements");
    check(
        (long) attributeCount + namespaceCount, limits.maxAttributes(), "the number of attributes");
    namespacesInScope += namespaceCount;
    check(namespacesInScope, limits.maxNamespacesInScope(), "the number of namespaces in scope");
    XmlName name = name(reader.getNamespaceURI(), reader.getLocalName(), reader.getPrefix());
    List<XmlNamespace> namespaces = namespaces(reader, namespaceCount);
    List<XmlAttribute> attributes = attributes(reader, attributeCount);
    OpenElement element = open.push();
    element.name = name;
    element.namespaces = namespaces;
    element.attributes = attributes;
    element.line = cursor.line();
    element.column = cursor.column();
  }

  private static List<XmlNamespace> namespaces(XMLStreamReader reader, int count) {
    if (count == 0) {
      return List.of();
    }
    XmlNamespace[] found = new XmlNamespace[count];
    for (int i = 0; i < count; i++) {
      found[i] =
          new XmlNamespace(
              orEmpty(reader.getNamespacePrefix(i)), orEmpty(reader.getNamespaceURI(i)));
    }
    return FixedList.of(found);
  }

  private List<XmlAttribute> attributes(XMLStreamReader reader, int count) {
    if (count == 0) {
      return List.of();
    }
    XmlAttribute[] found = new XmlAttribute[count];
    for (int i = 0; i < count; i++) {
      String value = reader.getAttributeValue(i);
      check(value.length(), limits.maxTextLength(), "an attribute");
      found[i] =
          new XmlAttribute(
              name(
                  reader.getAttributeNamespace(i),
                  reader.getAttributeLocalName(i),
                  reader.getAttributePrefix(i)),
              value);
    }
    return FixedList.of(found);
  }

  private void end() {
    flush();
    XmlElement done = open.pop();
    namespacesInScope -= done.namespaces().size();
    if (open.depth() == 0) {
      root = done;
    } else {
      open.add(done);
    }
  }

  private void add(XmlNode node) {
    flush();
    if (open.depth() > 0) {
      open.add(node);
    } else {
      (root == null ? prolog : epilog).add(node);
    }
  }

  private void flush() {
    XmlText run = text.take();
    if (run != null && open.depth() > 0) {
      open.add(run);
    }
  }

  private XmlName name(@Nullable String uri, String local, @Nullable String prefix) {
    return names.of(orEmpty(uri), local, orEmpty(prefix));
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  private void check(long found, long bound, String what) {
    if (found > bound) {
      throw new XmlException(
          CommonError.XML_LIMIT,
          source,
          cursor.line(),
          cursor.column(),
          what + " is over the bound of " + bound,
          null);
    }
  }

  /** Looks for a DOCTYPE before the parser does, which would first work through its content. */
  private void refuseDoctype() {
    char[] chars = input.chars();
    int line = 1;
    int lineStart = 0;
    int i = 0;
    while (i < chars.length) {
      if (matches(chars, i, "<!--")) {
        i = skip(chars, i + 4, "-->");
      } else if (matches(chars, i, "<?")) {
        i = skip(chars, i + 2, "?>");
      } else if (matches(chars, i, "<!DOCTYPE")) {
        for (int j = 0; j < i; j++) {
          if (chars[j] == '\n') {
            line++;
            lineStart = j + 1;
          }
        }
        throw doctype(line, i - lineStart + 1);
      } else if (Character.isWhitespace(chars[i])) {
        i++;
      } else {
        return;
      }
    }
  }

  private static boolean matches(char[] chars, int at, String what) {
    return chars.length - at >= what.length()
        && new String(chars, at, what.length()).toUpperCase(Locale.ROOT).equals(what);
  }

  private static int skip(char[] chars, int from, String end) {
    int i = from;
    while (i < chars.length && !matches(chars, i, end)) {
      i++;
    }
    return i + end.length();
  }

  private XmlException doctype(int line, int column) {
    return new XmlException(
        CommonError.XML_FORBIDDEN,
        source,
        line,
        column,
        "it has a DOCTYPE, which is refused always; remove it",
        null);
  }

  private XmlException error(CommonError code, String reason, @Nullable Throwable cause) {
    return new XmlException(code, source, cursor.line(), cursor.column(), reason, cause);
  }

  private XmlException malformed(XMLStreamException e) {
    int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNumber());
    int column = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getColumnNumber());
    if (StaxFactory.isLimit(e)) {
      String reason = "the number of attributes is over the bound of " + limits.maxAttributes();
      return new XmlException(CommonError.XML_LIMIT, source, line, column, reason, null);
    }
    String message = e.getMessage() == null ? "it is not well-formed" : e.getMessage();
    int at = message.indexOf("Message: ");
    String reason = at >= 0 ? message.substring(at + "Message: ".length()).strip() : message;
    Matcher unbound = UNBOUND.matcher(reason);
    if (unbound.find()) {
      String prefix = unbound.group(1).equals("Element") ? unbound.group(2) : unbound.group(4);
      reason = "the prefix " + prefix + " is not bound to a namespace; declare it or remove it";
    }
    if (reason.startsWith("Content is not allowed in prolog")) {
      reason = "it is not XML: it does not start with a tag";
    }
    if (reason.startsWith("Scanner State")) {
      reason = "a DOCTYPE stands inside of an element";
    }
    if (reason.contains("AttributeNSNotUnique") || reason.contains("AttributeNotUnique")) {
      reason = "an attribute stands twice in one element";
    }
    // The cause is left out: in a few messages the parser quotes the document.
    return new XmlException(CommonError.XML_MALFORMED, source, line, column, quote(reason), null);
  }

  private static String quote(String reason) {
    String oneLine = reason.replaceAll("\\s+", " ");
    return oneLine.length() > 200 ? oneLine.substring(0, 200) + "…" : oneLine;
  }
}
