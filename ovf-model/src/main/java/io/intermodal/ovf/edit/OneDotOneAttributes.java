package io.intermodal.ovf.edit;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import io.intermodal.xml.XmlNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes attributes as 1.1 has them: in OVF's namespace, of the type that the schema names. */
final class OneDotOneAttributes {

  private final Dialect dialect;
  private final OneDotOneNames names;
  private final ForeignParts foreign;
  private final ConversionNotes notes;

  OneDotOneAttributes(
      Dialect dialect, OneDotOneNames names, ForeignParts foreign, ConversionNotes notes) {
    this.dialect = dialect;
    this.names = names;
    this.foreign = foreign;
    this.notes = notes;
  }

  OneDotOneNames names() {
    return names;
  }

  /** Returns the attributes of the root; a stated version would contradict the new form. */
  List<XmlAttribute> ofRoot(XmlElement root) {
    List<XmlAttribute> result = of(root, Map.of());
    if (has(result, "version")) {
      drop(result, "version");
      notes.count("leaves out the version that the envelope stated");
    }
    return result;
  }

  List<XmlAttribute> of(XmlElement e, Schema.Shape shape) {
    return of(e, shape.attributes());
  }

  List<XmlAttribute> of(XmlElement e, Map<String, Schema.Type> known) {
    List<XmlAttribute> result = new ArrayList<>();
    for (XmlAttribute a : e.attributes()) {
      String namespace = a.name().namespace();
      String local = a.name().localName();
      if (namespace.equals(Dialect.XSI)) {
        xsi(a, result);
      } else if (namespace.equals(Dialect.XML)) {
        result.add(a);
      } else if (!dialect.ovf(namespace)) {
        other(e, a, a.name(), result);
      } else if (known.containsKey(local)) {
        known(e, a, known, result);
      } else {
        boolean own = !namespace.isEmpty();
        other(e, a, own ? name(local) : a.name(), result);
      }
    }
    return result;
  }

  /** A type or a place of schemas of another dialect would mislead who reads the new form. */
  private void xsi(XmlAttribute a, List<XmlAttribute> result) {
    if (a.name().localName().equals("nil")) {
      result.add(a);
    } else if (a.name().localName().endsWith("chemaLocation")) {
      notes.count("leaves out the places of schemas");
    }
  }

  private void other(XmlElement e, XmlAttribute a, XmlName name, List<XmlAttribute> result) {
    if (foreign == ForeignParts.DROP && !TreePlaces.same(e, notes.work().root())) {
      notes.work().lost(e, dropped(e, a));
    } else if (result.stream().noneMatch(r -> r.name().is(name.namespace(), name.localName()))) {
      result.add(new XmlAttribute(name, a.value()));
    }
  }

  private String dropped(XmlElement e, XmlAttribute a) {
    String namespace = a.name().namespace();
    boolean limits =
        dialect.is(e, "Property")
            && a.name().localName().equals("configuration")
            && (namespace.isEmpty() || dialect.ovf(namespace));
    return limits
        ? "puts the property "
            + Texts.shorten(String.valueOf(dialect.attribute(e, "key")))
            + " into every deployment option, no longer only into "
            + Texts.shorten(a.value())
            + ": 1.1 cannot say so"
        : "drops the attribute " + Texts.shorten(a.name().qualified());
  }

  private void known(
      XmlElement e, XmlAttribute a, Map<String, Schema.Type> known, List<XmlAttribute> result) {
    String local = a.name().localName();
    boolean plain = a.name().namespace().isEmpty();
    boolean qualifiedToo =
        plain
            && e.attributes().stream()
                .anyMatch(
                    o ->
                        o.name().localName().equals(local)
                            && !o.name().namespace().isEmpty()
                            && dialect.ovf(o.name().namespace()));
    if (qualifiedToo || has(result, local)) {
      notes.work().lost(e, "drops a second attribute " + local);
      return;
    }
    if (plain) {
      notes.count("writes OVF's attributes with the prefix of OVF");
    }
    Schema.Type type = known.getOrDefault(local, Schema.Type.STRING);
    String value = typed(type, a.value());
    if (value == null) {
      notes.work().lost(e, "drops " + local + "=\"" + Texts.shorten(a.value()) + "\": not valid");
    } else {
      result.add(new XmlAttribute(plain ? name(local) : own(a.name()), value));
    }
  }

  private XmlName own(XmlName old) {
    return new XmlName(Dialect.OVF1, old.localName(), old.prefix());
  }

  private XmlName name(String local) {
    return new XmlName(Dialect.OVF1, local, names.prefix());
  }

  boolean has(List<XmlAttribute> in, String local) {
    return in.stream().anyMatch(a -> a.name().is(Dialect.OVF1, local));
  }

  void drop(List<XmlAttribute> in, String local) {
    in.removeIf(
        a ->
            a.name().localName().equals(local)
                && (a.name().namespace().isEmpty() || dialect.ovf(a.name().namespace())));
  }

  void set(List<XmlAttribute> in, String local, String value) {
    for (int i = 0; i < in.size(); i++) {
      if (in.get(i).name().is(Dialect.OVF1, local)) {
        in.set(i, new XmlAttribute(in.get(i).name(), value));
        return;
      }
    }
    in.add(new XmlAttribute(name(local), value));
  }

  /** Adds the attributes of an element that is joined; what either requires is required. */
  void join(List<XmlAttribute> own, List<XmlAttribute> more) {
    boolean optional = optional(own) && optional(more);
    for (XmlAttribute a : more) {
      if (own.stream().noneMatch(o -> o.name().is(a.name().namespace(), a.name().localName()))) {
        own.add(a);
      }
    }
    if (!optional) {
      drop(own, "required");
    }
  }

  private static boolean optional(List<XmlAttribute> in) {
    return in.stream()
        .anyMatch(a -> a.name().is(Dialect.OVF1, "required") && a.value().equals("false"));
  }

  /** Returns a value as the schema wants it; null when it cannot be one. */
  static @Nullable String typed(Schema.Type type, String value) {
    String text = value.strip();
    return switch (type) {
      case STRING -> value;
      case BOOLEAN -> Texts.isTrue(text) ? "true" : Texts.isFalse(text) ? "false" : null;
      case UNSIGNED_SHORT -> within(text, BigInteger.ZERO, 16);
      case UNSIGNED_INT -> within(text, BigInteger.ZERO, 32);
      case UNSIGNED_LONG -> within(text, BigInteger.ZERO, 64);
      case LONG -> within(text, BigInteger.valueOf(Long.MIN_VALUE), 63);
    };
  }

  private static @Nullable String within(String text, BigInteger least, int bits) {
    if (!text.matches("[+-]?[0-9]{1,40}")) {
      return null;
    }
    BigInteger number = new BigInteger(text);
    boolean fits =
        number.compareTo(least) >= 0 && (number.signum() < 0 || number.bitLength() <= bits);
    return fits ? number.toString() : null;
  }

  /** Copies declarations; a prefix that was for another dialect is for 1.1 now. */
  void declare(XmlElement e, XmlElement.Builder built) {
    e.namespaces().forEach(n -> built.namespace(n.prefix(), names.uri(n.uri())));
  }

  /** Tells whether an element names a type, which a validator without its schema objects to. */
  boolean typed(XmlElement e) {
    return e.attribute(Dialect.XSI, "type").isPresent() || e.elements().anyMatch(this::typed);
  }

  /** Keeps a vendor's element; OVF's attributes on it are of the new namespace. */
  XmlElement foreign(XmlElement e, XmlName name) {
    XmlElement.Builder built = XmlElement.builder(name);
    declare(e, built);
    for (XmlAttribute a : e.attributes()) {
      boolean ovf = !a.name().namespace().isEmpty() && dialect.ovf(a.name().namespace());
      boolean type = a.name().is(Dialect.XSI, "type") && !name.equals(e.name());
      if (!type) {
        built.attribute(ovf ? own(a.name()) : a.name(), a.value());
      }
    }
    for (XmlNode node : e.children()) {
      if (node instanceof XmlElement child) {
        built.add(foreign(child, names.moved(child.name())));
      } else {
        built.add(node);
      }
    }
    return built.build();
  }

  /** Keeps a section of 2.x as a section of another namespace that may be left aside. */
  XmlElement optionalTwo(XmlElement e, String name) {
    XmlElement.Builder built =
        XmlElement.builder(two(new XmlName(e.namespace(), name, e.name().prefix())));
    for (XmlAttribute a : e.attributes()) {
      boolean required =
          a.name().localName().equals("required") && dialect.ovf(a.name().namespace());
      if (!required && !a.name().is(Dialect.XSI, "type")) {
        built.attribute(two(a.name()), a.value());
      }
    }
    built.attribute(name("required"), "false");
    e.children().forEach(n -> built.add(n instanceof XmlElement child ? deepTwo(child) : n));
    return built.build();
  }

  private XmlElement deepTwo(XmlElement e) {
    XmlElement.Builder built = XmlElement.builder(two(e.name()));
    e.attributes().forEach(a -> built.attribute(two(a.name()), a.value()));
    e.children().forEach(n -> built.add(n instanceof XmlElement child ? deepTwo(child) : n));
    return built.build();
  }

  private XmlName two(XmlName name) {
    return !name.namespace().isEmpty() && dialect.ovf(name.namespace())
        ? new XmlName(Dialect.OVF2, name.localName(), "ovf2")
        : name;
  }
}
