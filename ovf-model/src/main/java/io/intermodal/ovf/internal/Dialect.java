package io.intermodal.ovf.internal;

import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds things in a descriptor by what they mean, whatever dialect wrote them. Elements and
 * attributes of any OVF namespace count as OVF's, since real files mix envelope/1 and envelope/2;
 * so do those in no namespace, which oVirt and some vCenter appliances write.
 */
public final class Dialect {

  public static final String OVF1 = "http://schemas.dmtf.org/ovf/envelope/1";
  public static final String OVF2 = "http://schemas.dmtf.org/ovf/envelope/2";
  public static final String OVIRT = "http://schemas.dmtf.org/ovf/envelope/1/";
  public static final String OVF09 = "http://www.vmware.com/schema/ovf/1/envelope";
  public static final String DRAFT = "http://schemas.dmtf.org/ovf/envelope";
  public static final String CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_";
  public static final String RASD = CIM + "ResourceAllocationSettingData";
  public static final String VSSD = CIM + "VirtualSystemSettingData";
  public static final String VMW = "http://www.vmware.com/schema/ovf";
  public static final String VBOX = "http://www.virtualbox.org/ovf/machine";
  public static final String VCLOUD = "http://www.vmware.com/vcloud/v1";
  public static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
  public static final String XENC11 = "http://www.w3.org/2009/xmlenc11#";
  public static final String DSIG = "http://www.w3.org/2000/09/xmldsig#";
  public static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
  public static final String XML = "http://www.w3.org/XML/1998/namespace";

  private static final List<String> KNOWN = List.of(OVF1, OVF2, OVIRT, OVF09, DRAFT);

  private final String root;

  public Dialect(String rootNamespace) {
    root = rootNamespace;
  }

  public static boolean known(String namespace) {
    return namespace.isEmpty() || KNOWN.contains(namespace);
  }

  /** Tells whether a namespace is one of XML encryption or signature. */
  public static boolean encryption(String namespace) {
    return namespace.equals(XENC) || namespace.equals(XENC11) || namespace.equals(DSIG);
  }

  /** Tells whether a namespace is vCloud Director's, of any of its versions. */
  public static boolean vcloud(String namespace) {
    return namespace.startsWith(VCLOUD);
  }

  public boolean ovirt() {
    return root.equals(OVIRT);
  }

  /** Tells whether a namespace counts as OVF's in this document. */
  public boolean ovf(String namespace) {
    return namespace.isEmpty() || namespace.equals(root) || KNOWN.contains(namespace);
  }

  public boolean is(XmlElement element, String localName) {
    return element.localName().equals(localName) && ovf(element.namespace());
  }

  public Stream<XmlElement> children(XmlElement of, String localName) {
    return of.elements().filter(e -> is(e, localName));
  }

  public Optional<XmlElement> child(XmlElement of, String localName) {
    for (XmlElement child : of.childElements()) {
      if (is(child, localName)) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
  }

  /** Returns the trimmed text of a child; null when it is absent or empty. */
  public @Nullable String text(XmlElement of, String localName) {
    return child(of, localName).map(e -> blankToNull(e.text())).orElse(null);
  }

  /**
   * Returns an attribute of OVF's, the qualified one before one without prefix; null when absent.
   * An empty value is returned: whether it means anything is the caller's to know.
   */
  public @Nullable String attribute(XmlElement of, String localName) {
    String plain = null;
    for (XmlAttribute attribute : of.attributes()) {
      if (attribute.name().localName().equals(localName)) {
        if (attribute.name().namespace().isEmpty()) {
          plain = attribute.value();
        } else if (ovf(attribute.name().namespace())) {
          return attribute.value();
        }
      }
    }
    return plain;
  }

  /** Returns an attribute trimmed; null when it is absent or empty. */
  public @Nullable String filled(XmlElement of, String localName) {
    String value = attribute(of, localName);
    return value == null ? null : blankToNull(value);
  }

  /** Returns the children of one CIM class's name, whichever of the classes it belongs to. */
  public static Stream<XmlElement> cim(XmlElement of, String localName) {
    return of.elements().filter(e -> isCim(e, localName));
  }

  private static boolean isCim(XmlElement element, String localName) {
    return element.localName().equals(localName) && element.namespace().startsWith(CIM);
  }

  public static @Nullable String cimText(XmlElement of, String localName) {
    for (XmlElement child : of.childElements()) {
      if (isCim(child, localName)) {
        return blankToNull(child.text());
      }
    }
    return null;
  }

  /** Returns the name of a section: the element's, or its xsi:type where all are "Section". */
  public String sectionName(XmlElement section) {
    if (is(section, "Section") || is(section, "Content")) {
      String type = section.attribute(XSI, "type").orElse(null);
      if (type != null && !type.isBlank()) {
        String local = type.strip().substring(type.strip().indexOf(':') + 1);
        return local.endsWith("_Type") ? local.substring(0, local.length() - 5) : local;
      }
    }
    return section.localName();
  }

  /** Returns a text trimmed; null when nothing is left. */
  public static @Nullable String blankToNull(String text) {
    int last = text.length() - 1;
    if (last >= 0 && isPlain(text.charAt(0)) && isPlain(text.charAt(last))) {
      return text;
    }
    String stripped = text.strip();
    return stripped.isEmpty() ? null : stripped;
  }

  /** Tells whether a character is surely no white space. */
  private static boolean isPlain(char c) {
    return c > ' ' && c < 0x7f;
  }
}
