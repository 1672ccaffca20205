package io.intermodal.ovf.edit;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import io.intermodal.xml.XmlNamespace;
import io.intermodal.xml.XmlNode;
import io.intermodal.xml.XmlText;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows where each element of a tree stands: its parent, its path, prefixes and indentation. */
final class TreePlaces {

  private static final Map<String, String> USUAL_PREFIXES =
      Map.ofEntries(
          Map.entry(Dialect.OVF1, "ovf"),
          Map.entry(Dialect.OVF2, "ovf"),
          Map.entry(Dialect.OVIRT, "ovf"),
          Map.entry(Dialect.OVF09, "ovf"),
          Map.entry(Dialect.RASD, "rasd"),
          Map.entry(Dialect.VSSD, "vssd"),
          Map.entry(Dialect.CIM + "StorageAllocationSettingData", "sasd"),
          Map.entry(Dialect.CIM + "EthernetPortAllocationSettingData", "epasd"),
          Map.entry(Dialect.VMW, "vmw"),
          Map.entry(Dialect.VBOX, "vbox"),
          Map.entry(Dialect.XSI, "xsi"));

  private final XmlElement root;
  private final IdentityHashMap<XmlElement, Place> places = new IdentityHashMap<>();
  private final String unit;

  TreePlaces(XmlElement root) {
    this.root = root;
    index(root);
    String first = lead(root);
    unit = first.isEmpty() ? "" : first.substring(first.lastIndexOf('\n') + 1);
  }

  /** Indexes all children of an element at once: broken documents have thousands of siblings. */
  private void index(XmlElement element) {
    Map<String, Integer> counts = new HashMap<>();
    element.elements().forEach(c -> counts.merge(c.localName(), 1, Integer::sum));
    Map<String, Integer> seen = new HashMap<>();
    XmlNode before = null;
    for (XmlNode node : element.children()) {
      if (node instanceof XmlElement child) {
        String name = child.localName();
        int number = seen.merge(name, 1, Integer::sum);
        boolean one = counts.getOrDefault(name, 0) == 1;
        String step = Texts.shorten(name) + (one ? "" : "[" + number + "]");
        places.put(child, new Place(element, step, white(before)));
        index(child);
      }
      before = node;
    }
  }

  /** Tells whether two are one: elements and values that are equal may stand in many places. */
  @SuppressWarnings("ReferenceEquality") // It is what this is for.
  static boolean same(@Nullable Object a, @Nullable Object b) {
    return a == b;
  }

  /** Returns a text that only breaks a line and indents; empty for anything else. */
  static String white(@Nullable XmlNode node) {
    return node instanceof XmlText text && text.value().indexOf('\n') >= 0 && text.value().isBlank()
        ? text.value()
        : "";
  }

  /** Returns the white space before the first child element. */
  static String lead(XmlElement parent) {
    XmlNode before = null;
    for (XmlNode node : parent.children()) {
      if (node instanceof XmlElement) {
        return white(before);
      }
      before = node;
    }
    return "";
  }

  @Nullable XmlElement parent(XmlElement element) {
    Place place = places.get(element);
    return place == null ? null : place.parent();
  }

  /** Returns the line end and indentation before an element; empty when it has none. */
  String indentation(XmlElement element) {
    Place place = places.get(element);
    return place == null ? (unit.isEmpty() ? "" : "\n") : place.white();
  }

  /** Returns by how much the children of the root are indented. */
  String unit() {
    return unit;
  }

  String path(XmlElement element) {
    StringBuilder path = new StringBuilder();
    XmlElement at = element;
    for (Place place = places.get(at); place != null; place = places.get(at)) {
      path.insert(0, "/" + place.step());
      at = place.parent();
    }
    return path.insert(0, "/" + root.localName()).toString();
  }

  /** Makes the name of an element to be put into another one, with a prefix that holds there. */
  XmlName element(XmlElement in, String namespace, String localName) {
    return new XmlName(namespace, localName, prefix(in, namespace, false));
  }

  /** Makes the name of an attribute for an element, with a prefix that holds there. */
  XmlName attribute(XmlElement of, String namespace, String localName) {
    return namespace.isEmpty()
        ? XmlName.local(localName)
        : new XmlName(namespace, localName, prefix(of, namespace, true));
  }

  private String prefix(XmlElement in, String namespace, boolean attribute) {
    if (namespace.isEmpty()) {
      return "";
    }
    Map<String, String> bound = new HashMap<>();
    for (XmlElement at = in; at != null; at = parent(at)) {
      for (XmlNamespace declared : at.namespaces()) {
        boolean inner = bound.putIfAbsent(declared.prefix(), declared.uri()) == null;
        boolean fit = !attribute || !declared.prefix().isEmpty();
        if (inner && fit && declared.uri().equals(namespace)) {
          return declared.prefix();
        }
      }
      // What was built in code may use a prefix without declaring it; the writer declares it.
      bound.putIfAbsent(at.name().prefix(), at.name().namespace());
    }
    for (Map.Entry<String, String> one : bound.entrySet()) {
      if (one.getValue().equals(namespace) && !(attribute && one.getKey().isEmpty())) {
        return one.getKey();
      }
    }
    String usual = USUAL_PREFIXES.getOrDefault(namespace, "ns");
    String prefix = usual;
    for (int i = 1; bound.containsKey(prefix); i++) {
      prefix = usual + i;
    }
    return prefix;
  }

  /** Returns what a prefix stands for at an element; null when it is not bound. */
  @Nullable String uri(XmlElement in, String prefix) {
    for (XmlElement at = in; at != null; at = parent(at)) {
      for (XmlNamespace declared : at.namespaces()) {
        if (declared.prefix().equals(prefix)) {
          return declared.uri();
        }
      }
    }
    return null;
  }

  /** Holds the parent of an element, its step in the path and the white space before it. */
  private record Place(XmlElement parent, String step, String white) {}
}
