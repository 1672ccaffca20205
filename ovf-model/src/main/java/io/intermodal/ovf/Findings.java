package io.intermodal.ovf;

import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects findings about a descriptor and knows the path of each element. */
final class Findings {

  private final XmlElement root;
  private final List<Finding> found = new ArrayList<>();
  private @Nullable IdentityHashMap<XmlElement, Place> places;

  Findings(XmlElement root) {
    this(root, List.of());
  }

  /** Goes on after findings that were met before. */
  Findings(XmlElement root, List<Finding> before) {
    this.root = root;
    found.addAll(before);
  }

  void add(FindingCode code, XmlElement at, String message) {
    if (found.size() < Finding.MOST) {
      boolean read = at.line() > 0;
      found.add(
          new Finding(
              code,
              code.severity(Strictness.LENIENT),
              read ? at.line() : null,
              read ? at.column() : null,
              path(at),
              message));
    } else if (found.size() == Finding.MOST) {
      found.add(Finding.tooMany());
    }
  }

  List<Finding> list() {
    return List.copyOf(found);
  }

  String path(XmlElement element) {
    IdentityHashMap<XmlElement, Place> map = places;
    if (map == null) {
      map = new IdentityHashMap<>();
      index(root, map);
      places = map;
    }
    StringBuilder path = new StringBuilder();
    XmlElement at = element;
    for (Place place = map.get(at); place != null; place = map.get(at)) {
      path.insert(0, "/" + place.step());
      at = place.parent();
    }
    return path.insert(0, "/" + root.localName()).toString();
  }

  /** Indexes all children at once: a broken document has thousands of siblings to be counted. */
  private static void index(XmlElement element, IdentityHashMap<XmlElement, Place> map) {
    Map<String, Integer> counts = new HashMap<>();
    element.elements().forEach(c -> counts.merge(c.localName(), 1, Integer::sum));
    Map<String, Integer> seen = new HashMap<>();
    element
        .elements()
        .forEach(
            child -> {
              String name = child.localName();
              int number = seen.merge(name, 1, Integer::sum);
              boolean one = counts.getOrDefault(name, 0) == 1;
              String step = Texts.shorten(name);
              map.put(child, new Place(element, one ? step : step + "[" + number + "]"));
              index(child, map);
            });
  }

  /** Holds where an element is below its parent. */
  private record Place(XmlElement parent, String step) {}
}
