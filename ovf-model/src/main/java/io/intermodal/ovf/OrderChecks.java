package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reports elements that stand in another order than the schema's (DSP8023): each kind of disorder
 * once, since who writes one item so writes all of them so.
 */
final class OrderChecks {

  private static final Set<String> CONTENT =
      Set.of("VirtualSystem", "VirtualSystemCollection", "Content");
  private static final Set<String> ITEMS = Set.of("Item", "StorageItem", "EthernetPortItem");

  private final Dialect dialect;
  private final Findings findings;
  private final Set<String> told = new HashSet<>();

  OrderChecks(Dialect dialect, Findings findings) {
    this.dialect = dialect;
    this.findings = findings;
  }

  void run(XmlElement root) {
    // 0.9 and oVirt have orders of their own.
    if (root.namespace().equals(Dialect.OVF1) || root.namespace().equals(Dialect.OVF2)) {
      top(root);
      inner(root);
    }
  }

  private void top(XmlElement root) {
    int last = 0;
    for (XmlElement child : root.elements().toList()) {
      int rank = rank(child);
      if (rank < last) {
        tell("top", child, child.localName() + " stands after what the schema puts behind it");
      }
      last = Math.max(last, rank);
    }
  }

  private int rank(XmlElement child) {
    if (dialect.is(child, "References")) {
      return 0;
    }
    if (dialect.is(child, "Strings")) {
      return 3;
    }
    return dialect.ovf(child.namespace()) && CONTENT.contains(child.localName()) ? 2 : 1;
  }

  private void inner(XmlElement parent) {
    String before = "";
    boolean item = dialect.ovf(parent.namespace()) && ITEMS.contains(parent.localName());
    List<XmlElement> children = parent.elements().toList();
    for (int i = 0; i < children.size(); i++) {
      XmlElement child = children.get(i);
      if (i > 0 && dialect.is(child, "Info")) {
        tell("info", child, "Info is not the first child of its section or system");
      }
      if (item && child.namespace().startsWith(Dialect.CIM)) {
        if (child.localName().compareTo(before) < 0) {
          tell("item", child, child.localName() + " stands behind " + before + " in an item");
        }
        before = child.localName();
      }
      inner(child);
    }
  }

  private void tell(String kind, XmlElement at, String message) {
    if (told.add(kind)) {
      findings.add(FindingCode.ELEMENT_ORDER, at, message);
    }
  }
}
