package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what a descriptor holds beyond OVF. */
final class Extensions {

  /** Settings of VMware's that {@link Machine} has. */
  private static final Set<String> HONOURED_KEYS =
      Set.of("firmware", FirmwarePlaces.SECURE_BOOT, FirmwarePlaces.NVRAM, Item.PCI_SLOT);

  private static final String CIM_COMMON = "http://schemas.dmtf.org/wbem/wscim/1/";

  private final Dialect dialect;
  private final Findings paths;
  private final List<Extension> required = new ArrayList<>();
  private final List<Extension> optional = new ArrayList<>();
  private boolean complete = true;

  private Extensions(Envelope envelope, Dialect dialect) {
    this.dialect = dialect;
    this.paths = new Findings(envelope.document().root());
  }

  static Portability portability(Envelope envelope, Dialect dialect) {
    Extensions walk = new Extensions(envelope, dialect);
    XmlElement root = envelope.document().root();
    walk.attributes(root);
    root.elements()
        .filter(e -> dialect.is(e, "References") || dialect.is(e, "Strings"))
        .forEach(walk::standard);
    walk.sections(envelope.sections());
    walk.beside(root, envelope.sections());
    Envelope.all(envelope.contents()).forEach(walk::content);
    List<Extension> all = Stream.concat(walk.required.stream(), walk.optional.stream()).toList();
    int level = walk.required.isEmpty() ? walk.optional.isEmpty() ? 1 : 2 : 3;
    return new Portability(level, all, walk.complete);
  }

  /** Returns what must be understood and is not; encryption too, since nothing is decrypted. */
  static List<Extension> notUnderstood(Envelope envelope, Dialect dialect) {
    Findings paths = new Findings(envelope.document().root());
    return Stream.concat(
            portability(envelope, dialect).reasons().stream()
                .filter(e -> e.required() && !e.honoured()),
            envelope
                .everywhere(Section.Encryption.class)
                .filter(s -> s.header().required())
                .map(Section::header)
                .map(
                    h ->
                        new Extension(
                            Extension.Kind.SECTION,
                            paths.path(h.element()),
                            h.element().namespace(),
                            h.name(),
                            true,
                            dialect.filled(h.element(), "required") != null,
                            false)))
        .toList();
  }

  private void content(Content content) {
    XmlElement element = content.element();
    attributes(element);
    sections(content.sections());
    beside(element, content.sections());
  }

  /** Finds what stands beside the sections of an envelope, a system or a collection. */
  private void beside(XmlElement element, List<Section> sections) {
    Set<XmlElement> known = Collections.newSetFromMap(new IdentityHashMap<>());
    sections.forEach(s -> known.add(s.header().element()));
    element
        .elements()
        .filter(e -> !known.contains(e) && !(dialect.ovf(e.namespace()) && skeleton(e)))
        // oVirt's plain elements beside the sections cannot be marked, and are notes.
        .forEach(e -> element(e, dialect.ovf(e.namespace()) ? Mark.IGNORABLE : mark(e)));
  }

  private static boolean skeleton(XmlElement e) {
    return Set.of(
            "References",
            "Strings",
            "Info",
            "Name",
            "Content",
            "VirtualSystem",
            "VirtualSystemCollection")
        .contains(e.localName());
  }

  private void sections(List<Section> sections) {
    for (Section section : sections) {
      XmlElement e = section.header().element();
      if (Extension.understood(section) && !(section instanceof Section.Odca)) {
        standard(e);
      } else {
        boolean honoured =
            section instanceof Section.Odca || section instanceof VmwareSection.BootOrder;
        add(Extension.Kind.SECTION, e, "", e.namespace(), section.name(), mark(e), honoured);
      }
    }
  }

  /** Walks through an element of OVF's or CIM's. */
  private void standard(XmlElement element) {
    attributes(element);
    element
        .elements()
        .forEach(
            e -> {
              if (standard(e.namespace())) {
                standard(e);
              } else {
                element(e, mark(e));
              }
            });
  }

  private boolean standard(String namespace) {
    return dialect.ovf(namespace)
        || namespace.startsWith(CIM_COMMON)
        || Dialect.encryption(namespace);
  }

  private void element(XmlElement e, Mark mark) {
    add(Extension.Kind.ELEMENT, e, "", e.namespace(), e.localName(), mark, honoured(e));
  }

  private static boolean honoured(XmlElement e) {
    if (e.is(Dialect.VMW, "Config") || e.is(Dialect.VMW, "ExtraConfig")) {
      String key = FirmwarePlaces.value(e, "key");
      return key != null && HONOURED_KEYS.contains(key);
    }
    return e.is(Dialect.VMW, "CoresPerSocket") || e.is(Dialect.VBOX, "OSType");
  }

  private void attributes(XmlElement element) {
    for (XmlAttribute attribute : element.attributes()) {
      String namespace = attribute.name().namespace();
      if (!standard(namespace)
          && !namespace.equals(Dialect.XML)
          && !namespace.equals(Dialect.XSI)) {
        String name = attribute.name().localName();
        boolean honoured = namespace.equals(Dialect.VMW) && name.equals("osType");
        add(
            Extension.Kind.ATTRIBUTE,
            element,
            "/@" + Texts.shorten(name),
            namespace,
            name,
            Mark.IGNORABLE,
            honoured);
      }
    }
  }

  private void add(
      Extension.Kind kind,
      XmlElement at,
      String below,
      String namespace,
      String name,
      Mark mark,
      boolean honoured) {
    List<Extension> list = mark.required ? required : optional;
    if (list.size() >= Portability.MOST) {
      complete = false;
    } else {
      list.add(
          new Extension(
              kind, paths.path(at) + below, namespace, name, mark.required, mark.stated, honoured));
    }
  }

  private Mark mark(XmlElement e) {
    String text = dialect.filled(e, "required");
    if (text == null) {
      return Mark.REQUIRED_BY_DEFAULT;
    }
    return Texts.isFalse(text) ? Mark.OPTIONAL : Mark.REQUIRED;
  }

  private enum Mark {
    /** Never required, and there is no way to say so: attributes, oVirt's notes. */
    IGNORABLE(false, false),
    OPTIONAL(false, true),
    REQUIRED(true, true),
    REQUIRED_BY_DEFAULT(true, false);

    private final boolean required;
    private final boolean stated;

    Mark(boolean required, boolean stated) {
      this.required = required;
      this.stated = stated;
    }
  }
}
