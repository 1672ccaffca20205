package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import org.jspecify.annotations.Nullable;

/** Tells the dialect of a document; the rule is in {@link OvfVersion}. */
final class Versions {

  private Versions() {}

  static @Nullable OvfVersion of(XmlElement root, Dialect dialect) {
    return switch (root.namespace()) {
      case Dialect.OVF09, Dialect.DRAFT, Dialect.OVIRT -> OvfVersion.V0_9;
      case Dialect.OVF2 -> OvfVersion.V2_0;
      case Dialect.OVF1, "" -> {
        String stated = dialect.filled(root, "version");
        boolean old = stated != null && (stated.startsWith("1.0") || stated.startsWith("0.9"));
        yield old || draftSpelling(root) ? OvfVersion.V1_0 : OvfVersion.V1_1;
      }
      default -> null;
    };
  }

  static boolean draftSpelling(XmlElement element) {
    if (element.localName().equals("InstanceId") && element.namespace().startsWith(Dialect.CIM)) {
      return true;
    }
    for (XmlElement child : element.childElements()) {
      if (draftSpelling(child)) {
        return true;
      }
    }
    return false;
  }
}
