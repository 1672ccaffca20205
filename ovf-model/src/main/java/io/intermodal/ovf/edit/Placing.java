package io.intermodal.ovf.edit;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts new elements where the schema has them (DSP8023), in the form of the document's dialect. */
final class Placing {

  static final List<String> PRODUCT =
      List.of(
          "Info",
          "Product",
          "Vendor",
          "Version",
          "FullVersion",
          "ProductUrl",
          "VendorUrl",
          "AppUrl",
          "Icon");

  private final Work work;
  private final Dialect dialect;

  Placing(Work work) {
    this.work = work;
    dialect = work.dialect();
  }

  /** Tells whether sections are told by xsi:type (0.9, oVirt) and not by their own names. */
  boolean typedSections() {
    return work.root()
        .elements()
        .anyMatch(
            e ->
                (dialect.is(e, "Section") || dialect.is(e, "Content"))
                    && e.attribute(Dialect.XSI, "type").isPresent());
  }

  /** Starts a section with its Info, to be put into an envelope, a system or a collection. */
  XmlElement.Builder section(XmlElement in, String name, String info) {
    XmlElement.Builder section;
    if (typedSections()) {
      XmlName plain = work.child(in, "Section");
      XmlName type = work.places().element(in, work.envelope().namespace(), name + "_Type");
      section =
          XmlElement.builder(plain)
              .attribute(work.places().attribute(in, Dialect.XSI, "type"), type.qualified());
    } else {
      section = XmlElement.builder(work.child(in, name));
    }
    return section.add(text(in, "Info", info));
  }

  /** Makes an OVF element that holds a text, to be put into {@code in} or a new child of it. */
  XmlElement text(XmlElement in, String name, String text) {
    XmlElement.Builder built = XmlElement.builder(work.child(in, name));
    return (text.isEmpty() ? built : built.text(text)).build();
  }

  /** Adds a section: of an envelope and a collection before their content, else at the end. */
  void addSection(TreePatch patch, XmlElement to, XmlElement section) {
    XmlElement after = null;
    for (XmlElement e : to.elements().toList()) {
      boolean content =
          dialect.is(e, "VirtualSystem")
              || dialect.is(e, "VirtualSystemCollection")
              || dialect.is(e, "Content")
              || dialect.is(e, "Strings");
      if (content) {
        if (after == null) {
          patch.before(e, section);
        } else {
          patch.after(after, section);
        }
        return;
      }
      after = e;
    }
    patch.append(to, section);
  }

  /**
   * Adds a child behind all that the order has before it or beside it; names that the order lacks
   * come after those it has.
   */
  void addRanked(TreePatch patch, XmlElement to, XmlElement child, List<String> order) {
    int rank = rank(child, order);
    XmlElement last = null;
    XmlElement first = null;
    for (XmlElement e : to.elements().toList()) {
      first = first == null ? e : first;
      if (rank(e, order) <= rank) {
        last = e;
      }
    }
    if (last != null) {
      patch.after(last, child);
    } else if (first != null) {
      patch.before(first, child);
    } else {
      patch.append(to, child);
    }
  }

  private int rank(XmlElement e, List<String> order) {
    int index = dialect.ovf(e.namespace()) ? order.indexOf(e.localName()) : -1;
    return index < 0 ? order.size() : index;
  }

  /** Adds a child of an item where the alphabet, the order of the schema, has it. */
  void addCim(TreePatch patch, XmlElement item, String name, String text) {
    XmlElement before = null;
    XmlElement last = null;
    String namespace = cimNamespace(item);
    for (XmlElement e : item.elements().toList()) {
      if (e.namespace().startsWith(Dialect.CIM)) {
        last = e;
        if (before == null && e.localName().compareTo(name) > 0) {
          before = e;
        }
      }
    }
    XmlElement added =
        XmlElement.builder(work.places().element(item, namespace, name)).text(text).build();
    if (before != null) {
      patch.before(before, added);
    } else if (last != null) {
      patch.after(last, added);
    } else {
      patch.append(item, added);
    }
  }

  /** Returns the CIM class that the children of an item are of. */
  static String cimNamespace(XmlElement item) {
    return item.elements()
        .map(XmlElement::namespace)
        .filter(n -> n.startsWith(Dialect.CIM))
        .findFirst()
        .orElse(Dialect.RASD);
  }

  /** Sets the text of the first CIM child of a name, or adds it; tells whether that changes it. */
  boolean setCim(TreePatch patch, XmlElement item, String name, String text) {
    @Nullable XmlElement there = Dialect.cim(item, name).findFirst().orElse(null);
    if (there == null) {
      addCim(patch, item, name, text);
      return true;
    }
    if (there.text().strip().equals(text)) {
      return false;
    }
    patch.text(there, text);
    return true;
  }
}
