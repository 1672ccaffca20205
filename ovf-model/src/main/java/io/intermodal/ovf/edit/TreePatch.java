package io.intermodal.ovf.edit;

import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import io.intermodal.xml.XmlNamespace;
import io.intermodal.xml.XmlNode;
import io.intermodal.xml.XmlText;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects changes to a tree and applies them at once. Elements are told apart by identity; what no
 * change names is the same object afterwards. Elements that are put in get the indentation of their
 * neighbours.
 */
final class TreePatch {

  private final TreePlaces places;
  private final IdentityHashMap<XmlElement, Ops> ops = new IdentityHashMap<>();

  TreePatch(TreePlaces places) {
    this.places = places;
  }

  boolean isEmpty() {
    return ops.isEmpty();
  }

  boolean removes(XmlElement element) {
    Ops of = ops.get(element);
    return of != null && of.removed;
  }

  void remove(XmlElement element) {
    of(element).removed = true;
  }

  /** Replaces the content of an element by a text. */
  void text(XmlElement element, String text) {
    of(element).text = text;
  }

  /** Sets an attribute, in its place when it is there. */
  void attribute(XmlElement element, XmlName name, String value) {
    of(element).attributes.add(new XmlAttribute(name, value));
  }

  void dropAttribute(XmlElement element, XmlName name) {
    of(element).dropped.add(name);
  }

  void before(XmlElement sibling, XmlElement added) {
    of(sibling).before.add(added);
  }

  void after(XmlElement sibling, XmlElement added) {
    of(sibling).after.add(added);
  }

  /** Adds a child after the last child element. */
  void append(XmlElement parent, XmlElement added) {
    XmlElement last = parent.elements().reduce((a, b) -> b).orElse(null);
    if (last == null) {
      of(parent).only.add(added);
    } else {
      after(last, added);
    }
  }

  private Ops of(XmlElement element) {
    return ops.computeIfAbsent(element, e -> new Ops());
  }

  XmlElement apply(XmlElement root) {
    return element(root, ops.get(root));
  }

  private XmlElement element(XmlElement element, @Nullable Ops own) {
    List<XmlNode> children = new ArrayList<>(element.children().size());
    boolean same = own == null;
    XmlNode before = null;
    for (XmlNode node : element.children()) {
      if (!(node instanceof XmlElement child)) {
        children.add(node);
      } else {
        Ops of = ops.get(child);
        XmlElement done = element(child, of);
        same = same && of == null && TreePlaces.same(done, child);
        add(done, of, before, children);
      }
      before = node;
    }
    if (same) {
      return element;
    }
    if (own != null) {
      own.content(element, children, places);
    }
    XmlElement.Builder built = XmlElement.builder(element.name());
    element.namespaces().forEach(n -> built.namespace(n.prefix(), n.uri()));
    for (XmlAttribute attribute : own == null ? element.attributes() : own.attributes(element)) {
      built.attribute(attribute.name(), attribute.value());
    }
    children.forEach(built::add);
    return built.build();
  }

  private void add(
      XmlElement done, @Nullable Ops of, @Nullable XmlNode before, List<XmlNode> children) {
    if (of == null) {
      children.add(done);
      return;
    }
    String white = TreePlaces.white(before);
    for (XmlElement added : of.before) {
      children.add(indented(added, white, places.unit()));
      text(white, children);
    }
    int last = children.size() - 1;
    if (!of.removed) {
      children.add(done);
    } else if (!white.isEmpty() && last >= 0 && TreePlaces.same(children.get(last), before)) {
      children.remove(last);
    }
    for (XmlElement added : of.after) {
      text(white, children);
      children.add(indented(added, white, places.unit()));
    }
  }

  private static void text(String white, List<XmlNode> to) {
    if (!white.isEmpty()) {
      to.add(new XmlText(white));
    }
  }

  /** Copies an element, with its children on lines of their own where no text is among them. */
  static XmlElement indented(XmlElement element, String white, String unit) {
    XmlElement.Builder copy = XmlElement.builder(element.name());
    for (XmlNamespace namespace : element.namespaces()) {
      copy.namespace(namespace.prefix(), namespace.uri());
    }
    element.attributes().forEach(a -> copy.attribute(a.name(), a.value()));
    boolean lines =
        !white.isEmpty()
            && !element.children().isEmpty()
            && element.children().stream().noneMatch(XmlText.class::isInstance);
    String inner = white + unit;
    for (XmlNode child : element.children()) {
      if (lines) {
        copy.text(inner);
      }
      copy.add(child instanceof XmlElement e ? indented(e, lines ? inner : "", unit) : child);
    }
    return lines ? copy.text(white).build() : copy.build();
  }

  /** Holds what is to be done to one element. */
  private static final class Ops {

    final List<XmlElement> before = new ArrayList<>(0);
    final List<XmlElement> after = new ArrayList<>(0);
    final List<XmlElement> only = new ArrayList<>(0);
    final List<XmlAttribute> attributes = new ArrayList<>(0);
    final List<XmlName> dropped = new ArrayList<>(0);
    @Nullable String text;
    boolean removed;

    void content(XmlElement element, List<XmlNode> children, TreePlaces places) {
      if (text != null) {
        children.clear();
        if (!text.isEmpty()) {
          children.add(new XmlText(text));
        }
      }
      if (only.isEmpty()) {
        return;
      }
      String white = places.indentation(element);
      if (!white.isEmpty() && !children.isEmpty()) {
        XmlNode last = children.get(children.size() - 1);
        if (!TreePlaces.white(last).isEmpty()) {
          children.remove(children.size() - 1);
        }
      }
      String inner = white.isEmpty() ? "" : white + places.unit();
      for (XmlElement added : only) {
        TreePatch.text(inner, children);
        children.add(indented(added, inner, places.unit()));
      }
      TreePatch.text(white, children);
    }

    List<XmlAttribute> attributes(XmlElement element) {
      List<XmlAttribute> result = new ArrayList<>(element.attributes());
      for (XmlName name : dropped) {
        result.removeIf(a -> a.name().is(name.namespace(), name.localName()));
      }
      for (XmlAttribute set : attributes) {
        int at = -1;
        for (int i = 0; i < result.size(); i++) {
          if (result.get(i).name().is(set.name().namespace(), set.name().localName())) {
            at = i;
          }
        }
        if (at < 0) {
          result.add(set);
        } else {
          result.set(at, new XmlAttribute(result.get(at).name(), set.value()));
        }
      }
      return result;
    }
  }
}
