package io.intermodal.ovf.edit;

import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlNode;
import io.intermodal.xml.XmlText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Orders the children of an element anew. Comments and white space go with the element they stand
 * before, so children in order already come out as they were.
 */
final class Slots {

  private final String lead;
  private final String unit;
  private final List<Slot> slots = new ArrayList<>();
  private List<XmlNode> pending = new ArrayList<>();
  private boolean moved;

  /** Is a child with what stands before it. */
  private record Slot(int rank, List<XmlNode> before, XmlElement element) {}

  Slots(XmlElement parent, String unit) {
    lead = TreePlaces.lead(parent);
    this.unit = unit;
  }

  /** Takes what is no element. */
  void other(XmlNode node) {
    pending.add(node);
  }

  void keep(int rank, XmlElement element) {
    slots.add(new Slot(rank, pending, element));
    pending = new ArrayList<>();
  }

  /** Leaves an element out, with the white space before it. */
  void drop() {
    pending.removeIf(n -> n instanceof XmlText text && text.value().isBlank());
  }

  void add(int rank, XmlElement element) {
    List<XmlNode> before = new ArrayList<>();
    if (!lead.isEmpty()) {
      before.add(new XmlText(lead));
    }
    slots.add(new Slot(rank, before, TreePatch.indented(element, lead, unit)));
  }

  @Nullable XmlElement find(String namespace, String localName) {
    return slots.stream()
        .map(Slot::element)
        .filter(e -> e.is(namespace, localName))
        .findFirst()
        .orElse(null);
  }

  /** Tells whether children came out of their order. */
  boolean moved() {
    return moved;
  }

  List<XmlNode> nodes() {
    List<Slot> sorted = new ArrayList<>(slots);
    sorted.sort(Comparator.comparingInt(Slot::rank));
    moved = !sorted.equals(slots);
    List<XmlNode> nodes = new ArrayList<>();
    for (Slot slot : sorted) {
      nodes.addAll(slot.before());
      nodes.add(slot.element());
    }
    nodes.addAll(pending);
    return nodes;
  }
}
