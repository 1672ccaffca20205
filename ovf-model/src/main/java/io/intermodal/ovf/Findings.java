package io.intermodal.ovf;

import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects findings about a descriptor and knows the path of each element. */
final class Findings {

  /** A broken template of a megabyte must not become a report of a gigabyte. */
  private static final int MOST = 1000;

  private final XmlElement root;
  private final List<Finding> found = new ArrayList<>();
  private @Nullable IdentityHashMap<XmlElement, XmlElement> parents;

  Findings(XmlElement root) {
    this.root = root;
  }

  void add(FindingCode code, XmlElement at, String message) {
    add(code, code.severity(), at, message);
  }

  void add(FindingCode code, Severity severity, XmlElement at, String message) {
    if (found.size() < MOST) {
      boolean read = at.line() > 0;
      found.add(
          new Finding(
              code,
              severity,
              read ? at.line() : null,
              read ? at.column() : null,
              path(at),
              message));
    } else if (found.size() == MOST) {
      found.add(Finding.of(FindingCode.TOO_MANY, null, "more than " + MOST + " findings"));
    }
  }

  List<Finding> list() {
    return List.copyOf(found);
  }

  private String path(XmlElement element) {
    IdentityHashMap<XmlElement, XmlElement> map = parents;
    if (map == null) {
      map = new IdentityHashMap<>();
      index(root, map);
      parents = map;
    }
    StringBuilder path = new StringBuilder();
    for (XmlElement at = element; at != null; at = map.get(at)) {
      path.insert(0, "/" + step(at, map.get(at)));
    }
    return path.toString();
  }

  private static String step(XmlElement element, @Nullable XmlElement parent) {
    if (parent == null) {
      return element.localName();
    }
    int index = 0;
    int count = 0;
    for (XmlElement sibling : parent.elements().toList()) {
      if (sibling.localName().equals(element.localName())) {
        count++;
        // Equal content is common among items; only identity tells which one it is.
        if (identical(sibling, element)) {
          index = count;
        }
      }
    }
    return element.localName() + (count > 1 ? "[" + index + "]" : "");
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean identical(XmlElement a, XmlElement b) {
    return a == b;
  }

  private static void index(XmlElement element, IdentityHashMap<XmlElement, XmlElement> map) {
    element
        .elements()
        .forEach(
            child -> {
              map.put(child, element);
              index(child, map);
            });
  }
}
