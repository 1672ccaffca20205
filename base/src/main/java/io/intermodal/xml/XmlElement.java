package io.intermodal.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds an element with all that was written in it, in order. Immutable. Two elements are equal
 * when names with prefixes, declarations, attributes and children are; the place does not matter.
 */
public final class XmlElement implements XmlNode {

  private final XmlName name;
  private final List<XmlNamespace> namespaces;
  private final List<XmlAttribute> attributes;
  private final List<XmlNode> children;
  private final List<XmlElement> childElements;
  private final int line;
  private final int column;

  private XmlElement(Builder builder) {
    name = builder.name;
    namespaces = List.copyOf(builder.namespaces);
    attributes = List.copyOf(builder.attributes);
    children = List.copyOf(builder.children);
    childElements = elementsOf(children);
    line = builder.line;
    column = builder.column;
  }

  /** Takes over what is known of an element when it ends; the lists do not change. */
  XmlElement(OpenElement start, List<XmlNode> children, List<XmlElement> childElements) {
    name = start.name;
    namespaces = start.namespaces;
    attributes = start.attributes;
    line = start.line;
    column = start.column;
    this.children = children;
    this.childElements = childElements;
  }

  /** Picks the elements out once: a reader asks for them again and again. */
  private static List<XmlElement> elementsOf(List<XmlNode> nodes) {
    int number = 0;
    for (XmlNode node : nodes) {
      number += node instanceof XmlElement ? 1 : 0;
    }
    XmlElement[] found = new XmlElement[number];
    for (XmlNode node : nodes) {
      if (node instanceof XmlElement element) {
        found[found.length - number--] = element;
      }
    }
    return FixedList.of(found);
  }

  /** Starts an element. */
  public static Builder builder(XmlName name) {
    return new Builder(name);
  }

  /** Returns the same element, its place included, with other attributes and children. */
  public XmlElement with(
      List<XmlAttribute> otherAttributes, List<? extends XmlNode> otherChildren) {
    Builder builder = new Builder(name).at(line, column);
    builder.namespaces.addAll(namespaces);
    builder.attributes.addAll(otherAttributes);
    builder.children.addAll(otherChildren);
    return builder.build();
  }

  /** Returns the name. */
  public XmlName name() {
    return name;
  }

  /** Returns the namespace URI; empty without one. */
  public String namespace() {
    return name.namespace();
  }

  /** Returns the name without its prefix. */
  public String localName() {
    return name.localName();
  }

  /** Returns the namespaces declared here, in order. */
  public List<XmlNamespace> namespaces() {
    return namespaces;
  }

  /** Returns the attributes in order, declarations not among them. */
  public List<XmlAttribute> attributes() {
    return attributes;
  }

  /** Returns elements, texts, comments and instructions in order. */
  public List<XmlNode> children() {
    return children;
  }

  /** Returns the line of the start tag, counted from 1; 0 when it was not read from a document. */
  public int line() {
    return line;
  }

  /** Returns the column of the start tag, from 1; 0 when it was not read from a document. */
  public int column() {
    return column;
  }

  /** Tells whether namespace and local name are these. */
  public boolean is(String namespace, String localName) {
    return name.is(namespace, localName);
  }

  /** Finds the value of an attribute; an empty namespace means an attribute without prefix. */
  public Optional<String> attribute(String namespace, String localName) {
    for (XmlAttribute attribute : attributes) {
      if (attribute.name().is(namespace, localName)) {
        return Optional.of(attribute.value());
      }
    }
    return Optional.empty();
  }

  /** Returns the child elements in order, to loop over. */
  public List<XmlElement> childElements() {
    return childElements;
  }

  /** Returns the child elements in order, as a stream. */
  public Stream<XmlElement> elements() {
    return childElements.stream();
  }

  /** Finds the first child element of a name. */
  public Optional<XmlElement> element(String namespace, String localName) {
    for (XmlElement child : childElements) {
      if (child.is(namespace, localName)) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
  }

  /** Returns the text of this element and of all in it, as written; empty without any. */
  public String text() {
    if (children.size() == 1 && children.get(0) instanceof XmlText only) {
      return only.value();
    }
    StringBuilder all = new StringBuilder();
    collect(this, all);
    return all.toString();
  }

  private static void collect(XmlElement element, StringBuilder to) {
    for (XmlNode child : element.children) {
      if (child instanceof XmlText text) {
        to.append(text.value());
      } else if (child instanceof XmlElement inner) {
        collect(inner, to);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof XmlElement that
            && name.equals(that.name)
            && namespaces.equals(that.namespaces)
            && attributes.equals(that.attributes)
            && children.equals(that.children));
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, attributes, children.size());
  }

  /** Names the element and its place, never its content: a document may hold passwords. */
  @Override
  public String toString() {
    return "<" + name.qualified() + ">" + (line > 0 ? " at " + line + ":" + column : "");
  }

  /** Collects an element. Not thread-safe. */
  public static final class Builder {

    private final XmlName name;
    private final List<XmlNamespace> namespaces = new ArrayList<>(0);
    private final List<XmlAttribute> attributes = new ArrayList<>(4);
    private final List<XmlNode> children = new ArrayList<>(4);
    private int line;
    private int column;

    private Builder(XmlName name) {
      this.name = Objects.requireNonNull(name, "name");
    }

    /** Declares a namespace here. */
    public Builder namespace(String prefix, String uri) {
      namespaces.add(new XmlNamespace(prefix, uri));
      return this;
    }

    /** Adds an attribute. */
    public Builder attribute(XmlName attribute, String value) {
      attributes.add(new XmlAttribute(attribute, value));
      return this;
    }

    /** Adds a child. */
    public Builder add(XmlNode child) {
      children.add(Objects.requireNonNull(child, "child"));
      return this;
    }

    /** Adds a run of text. */
    public Builder text(String value) {
      return add(new XmlText(value));
    }

    private Builder at(int atLine, int atColumn) {
      line = atLine;
      column = atColumn;
      return this;
    }

    /** Makes the element. */
    public XmlElement build() {
      return new XmlElement(this);
    }
  }
}
