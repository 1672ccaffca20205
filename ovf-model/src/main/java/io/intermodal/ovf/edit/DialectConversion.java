package io.intermodal.ovf.edit;

import io.intermodal.ovf.Machine;
import io.intermodal.ovf.OvfVersion;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import io.intermodal.xml.XmlNamespace;
import io.intermodal.xml.XmlNode;
import java.util.List;

/** Converts an envelope to 1.1 or 2.x. */
final class DialectConversion {

  private final Work work;
  private final ForeignParts foreign;

  DialectConversion(Work work, ForeignParts foreign) {
    this.work = work;
    this.foreign = foreign;
  }

  void to(OvfVersion version) {
    switch (version) {
      case V1_1 -> toOne();
      case V2_0 -> toTwo();
      default ->
          throw new IllegalArgumentException("OVF " + version.text() + " is not written any more");
    }
  }

  private void toOne() {
    List<Machine> before = work.envelope().machines(null);
    OneDotOne conversion = new OneDotOne(work, foreign);
    XmlElement root = conversion.envelope();
    work.replaceRoot(root);
    if (foreign != ForeignParts.DROP) {
      new FirmwareEdits(work).restore(before);
    }
  }

  /**
   * Items of 1.x are good in 2.x, so only the namespace becomes another one. Documents of another
   * form are made 1.1 first.
   */
  private void toTwo() {
    if (work.envelope().namespace().equals(Dialect.OVF2)) {
      return;
    }
    if (!work.envelope().namespace().equals(Dialect.OVF1) || new Placing(work).typedSections()) {
      toOne();
    }
    work.changed(work.root(), "moves from " + Dialect.OVF1 + " to " + Dialect.OVF2);
    work.replaceRoot(moved(work.root()));
  }

  private static XmlElement moved(XmlElement e) {
    XmlElement.Builder built = XmlElement.builder(moved(e.name()));
    for (XmlNamespace n : e.namespaces()) {
      built.namespace(n.prefix(), n.uri().equals(Dialect.OVF1) ? Dialect.OVF2 : n.uri());
    }
    for (XmlAttribute a : e.attributes()) {
      built.attribute(moved(a.name()), a.value());
    }
    for (XmlNode child : e.children()) {
      built.add(child instanceof XmlElement inner ? moved(inner) : child);
    }
    return built.build();
  }

  private static XmlName moved(XmlName name) {
    return name.namespace().equals(Dialect.OVF1)
        ? new XmlName(Dialect.OVF2, name.localName(), name.prefix())
        : name;
  }
}
