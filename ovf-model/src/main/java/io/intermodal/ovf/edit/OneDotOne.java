package io.intermodal.ovf.edit;

import io.intermodal.ovf.Item;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import io.intermodal.xml.XmlNode;
import io.intermodal.xml.XmlText;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes an envelope of any dialect anew as 1.1: names, forms and order are those of DSP8023 1.1.1,
 * and what has no place there is named and kept or dropped as asked for.
 */
final class OneDotOne {

  /** Sections that only 2.x has; SharedDiskSection, which 1.x can say, is not among them. */
  private static final Set<String> ONLY_IN_TWO =
      Set.of(
          "ScaleOutSection",
          "PlacementGroupSection",
          "PlacementSection",
          "BootDeviceSection",
          "EnvironmentFilesSection",
          "EncryptionSection");

  private static final int FIRST = 0;
  private static final int SECTIONS = 10;
  private static final int CONTENTS = 20;
  private static final int STRINGS = 30;
  private static final int LAST = 100;

  private final Work work;
  private final ForeignParts foreign;
  private final Dialect dialect;
  private final String unit;
  private final OneDotOneNames names;
  private final OneDotOneAttributes attributes;
  private final OneDotOneItems items;
  private final ConversionNotes notes;
  private final RequiredParts required;
  private final JoinedDisks disks;
  private final IdentityHashMap<XmlElement, Item> itemsByElement = new IdentityHashMap<>();

  OneDotOne(Work work, ForeignParts foreign) {
    this.work = work;
    this.foreign = foreign;
    dialect = work.dialect();
    unit = work.places().unit();
    notes = new ConversionNotes(work);
    names = new OneDotOneNames(work.root(), dialect);
    attributes = new OneDotOneAttributes(dialect, names, foreign, notes);
    String rasd = names.prefixOf(Dialect.RASD, "rasd");
    items = new OneDotOneItems(work, foreign, attributes, notes, rasd);
    required = new RequiredParts(work, attributes, notes, names);
    disks = new JoinedDisks(work);
  }

  private void index() {
    Stream<Section> everywhere =
        Stream.concat(
            work.envelope().sections().stream(),
            Work.everyContent(work.envelope().contents()).flatMap(c -> c.sections().stream()));
    everywhere.forEach(
        s -> {
          if (s instanceof Section.VirtualHardware h) {
            h.items().forEach(i -> itemsByElement.put(i.element(), i));
          } else if (s instanceof Section.ResourceAllocation r) {
            r.items().forEach(i -> itemsByElement.put(i.element(), i));
          }
        });
  }

  XmlElement envelope() {
    index();
    XmlElement root = work.root();
    if (!root.namespace().equals(Dialect.OVF1)) {
      work.changed(
          root,
          "moves from "
              + (root.namespace().isEmpty() ? "no namespace" : Texts.shorten(root.namespace()))
              + " to "
              + Dialect.OVF1);
    }
    Slots slots = new Slots(root, unit);
    boolean references = false;
    int contents = 0;
    for (XmlNode node : root.children()) {
      if (!(node instanceof XmlElement e)) {
        text(root, node, slots);
      } else if (dialect.is(e, "References")) {
        if (references) {
          drop(e, "a second References", slots);
        } else {
          references = true;
          slots.keep(FIRST, shaped(e, "References", "Envelope"));
        }
      } else if (dialect.is(e, "Strings")) {
        slots.keep(STRINGS, shaped(e, "Strings", "Envelope"));
      } else if (content(e)) {
        contents++;
        slots.keep(CONTENTS, system(e));
      } else {
        section(e, slots);
      }
    }
    if (!references) {
      slots.add(FIRST, XmlElement.builder(names.made("References")).build());
      work.added(root, "adds the References that were missing");
    }
    if (contents != 1) {
      work.noted(
          root, "is not valid: it holds " + contents + " machines or groups and must hold one");
    }
    XmlElement built = rebuilt(root, root.name(), attributes.ofRoot(root), slots);
    notes.flush(root);
    return built;
  }

  private boolean content(XmlElement e) {
    return dialect.is(e, "VirtualSystem")
        || dialect.is(e, "VirtualSystemCollection")
        || dialect.is(e, "Content");
  }

  private XmlElement system(XmlElement e) {
    boolean group =
        dialect.sectionName(e).equals("VirtualSystemCollection")
            || e.elements().anyMatch(this::content);
    String name = group ? "VirtualSystemCollection" : "VirtualSystem";
    typed(e, name);
    Slots slots = new Slots(e, unit);
    Set<String> seen = new HashSet<>();
    for (XmlNode node : e.children()) {
      if (!(node instanceof XmlElement child)) {
        text(e, node, slots);
      } else if (dialect.is(child, "Info") || dialect.is(child, "Name")) {
        if (seen.add(child.localName())) {
          int rank = child.localName().equals("Info") ? FIRST : FIRST + 1;
          slots.keep(rank, shaped(child, child.localName(), name));
        } else {
          drop(child, "a second " + child.localName(), slots);
        }
      } else if (content(child)) {
        slots.keep(CONTENTS, system(child));
      } else {
        section(child, slots);
      }
    }
    required.info(
        seen.contains("Info"), group ? "A group of virtual machines" : "A virtual machine", slots);
    List<XmlAttribute> own = attributes.of(e, shape("Envelope", name));
    required.machineId(e, own);
    return rebuilt(e, e.name(), own, slots, name);
  }

  private static Schema.Shape shape(String parent, String name) {
    Schema.Shape shape = Schema.shape(parent, name);
    if (shape == null) {
      throw new IllegalStateException(name);
    }
    return shape;
  }

  private void typed(XmlElement e, String name) {
    if (dialect.is(e, "Section") || dialect.is(e, "Content")) {
      notes.count("writes elements named after their kind in place of xsi:type");
    } else if (!e.localName().equals(name)) {
      work.changed(e, "becomes a " + name);
    }
  }

  /** Converts a section of an envelope or a system, or anything else that stands there. */
  private void section(XmlElement e, Slots slots) {
    String name = dialect.sectionName(e);
    XmlName typeName = foreignType(e, name);
    if (disks.holds(e)) {
      disks(e, slots);
      return;
    }
    if (dialect.ovf(e.namespace()) && typeName == null && Schema.section(name)) {
      typed(e, name);
      if (name.equals("DeploymentOptionSection") && dialect.child(e, "Configuration").isEmpty()) {
        drop(e, "a DeploymentOptionSection without an option", slots);
        return;
      }
      slots.keep(SECTIONS, shaped(e, name, "Envelope"));
    } else if (ONLY_IN_TWO.contains(name) && dialect.ovf(e.namespace())) {
      if (foreign == ForeignParts.KEEP) {
        slots.keep(SECTIONS, attributes.optionalTwo(e, name));
        work.changed(e, "keeps the " + name + " of 2.x as a section that may be left aside");
      } else {
        drop(e, "the " + name + ", which only 2.x has", slots);
      }
    } else if (foreign == ForeignParts.KEEP) {
      slots.keep(SECTIONS, typeName == null ? kept(e) : attributes.foreign(e, typeName));
    } else {
      drop(e, Texts.shorten(e.name().qualified()), slots);
    }
  }

  /** Writes the disk sections of a place as one: 1.x has no other, and that once. */
  private void disks(XmlElement e, Slots slots) {
    if (dialect.sectionName(e).equals(JoinedDisks.SHARED)) {
      work.lost(e, "disks may be shared no more: 1.x cannot say so");
    }
    List<XmlElement> joined = disks.joined(e);
    if (TreePlaces.same(joined.get(0), e)) {
      typed(e, JoinedDisks.NAME);
      slots.keep(SECTIONS, shaped(e, JoinedDisks.NAME, "Envelope", joined));
    } else {
      work.changed(e, "is joined with the " + JoinedDisks.NAME + " before it");
      slots.drop();
    }
  }

  /** Keeps an element that has no place: what is in no namespace stays so. */
  private XmlElement kept(XmlElement e) {
    return attributes.foreign(e, names.moved(e.name()));
  }

  /** Returns the name of a vendor's section that its xsi:type tells; null for any other. */
  private @Nullable XmlName foreignType(XmlElement e, String name) {
    // What has a name of OVF's was read as OVF's, whatever the prefix of the type.
    if (Schema.section(name) || ONLY_IN_TWO.contains(name)) {
      return null;
    }
    String type = dialect.is(e, "Section") ? e.attribute(Dialect.XSI, "type").orElse("") : "";
    int colon = type.strip().indexOf(':');
    if (colon <= 0) {
      return null;
    }
    String typePrefix = type.strip().substring(0, colon);
    String uri = work.places().uri(e, typePrefix);
    return uri == null || uri.isEmpty() || dialect.ovf(uri)
        ? null
        : new XmlName(uri, name, typePrefix);
  }

  /** Writes an element of OVF's in the shape that the schema has for it. */
  private XmlElement shaped(XmlElement e, String name, String parent) {
    return shaped(e, name, parent, List.of(e));
  }

  /** Writes elements that become one in the shape of it; the first gives the place. */
  private XmlElement shaped(XmlElement e, String name, String parent, List<XmlElement> joined) {
    Schema.Shape shape = shape(parent, name);
    List<XmlAttribute> own = attributes.of(e, shape);
    if (shape.simple()) {
      return simple(e, name, own);
    }
    Slots slots = new Slots(e, unit);
    Set<String> seen = new HashSet<>();
    for (XmlElement one : joined) {
      slots.drop();
      for (XmlNode node : one.children()) {
        if (!(node instanceof XmlElement child)) {
          text(one, node, slots);
        } else if (TreePlaces.same(one, e)
            || !dialect.is(child, "Info")
            || !seen.contains("Info")) {
          child(child, name, shape, seen, slots);
        } else {
          slots.drop();
        }
      }
      if (!TreePlaces.same(one, e)) {
        attributes.join(own, attributes.of(one, shape));
      }
    }
    required.complete(e, name, own, seen, slots);
    return rebuilt(e, e.name(), own, slots, name);
  }

  private XmlElement simple(XmlElement e, String name, List<XmlAttribute> own) {
    XmlElement.Builder built = XmlElement.builder(names.kept(e.name(), name));
    attributes.declare(e, built);
    own.forEach(a -> built.attribute(a.name(), a.value()));
    if (e.elements().findAny().isPresent()) {
      work.lost(e, "keeps the text alone of what it held");
      return (e.text().isEmpty() ? built : built.text(e.text())).build();
    }
    e.children().forEach(built::add);
    return built.build();
  }

  private void child(
      XmlElement child, String parent, Schema.Shape shape, Set<String> seen, Slots slots) {
    boolean ovf = dialect.ovf(child.namespace());
    String name = ovf ? alias(child.localName(), parent) : child.localName();
    int rank = ovf ? shape.rank(name) : -1;
    if (rank < 0) {
      boolean allowed =
          shape.foreign() && !ovf && foreign != ForeignParts.DROP && !attributes.typed(child);
      if (allowed || foreign == ForeignParts.KEEP) {
        slots.keep(LAST, kept(child));
      } else {
        drop(child, Texts.shorten(child.name().qualified()), slots);
      }
    } else if (!seen.add(name) && !shape.repeats(name)) {
      drop(child, "a second " + name, slots);
    } else if (name.equals("System")) {
      slots.keep(rank, items.system(child, names.kept(child.name(), name)));
    } else if (itemsByElement.containsKey(child)) {
      slots.keep(rank, items.item(itemsByElement.get(child), names.kept(child.name(), name)));
    } else if (!usable(child, name)) {
      drop(child, "a " + name + " without its name", slots);
    } else {
      slots.keep(rank, shaped(child, name, parent));
    }
  }

  private static String alias(String name, String parent) {
    return switch (name) {
      case "Full-version" -> "FullVersion";
      case "SharedDisk" -> "Disk";
      case "StorageItem", "EthernetPortItem" -> parent.equals("StartupSection") ? name : "Item";
      default -> name;
    };
  }

  /** Tells whether an element says which one it is; without that no reader can use it. */
  private boolean usable(XmlElement e, String name) {
    String needed =
        switch (name) {
          case "Property" -> "key";
          case "Network" -> "name";
          case "Icon" -> "fileRef";
          case "Msg" -> "msgid";
          case "Item", "Configuration" -> "id";
          default -> null;
        };
    return needed == null || dialect.attribute(e, needed) != null;
  }

  private void text(XmlElement in, XmlNode node, Slots slots) {
    if (node instanceof XmlText text && !text.value().isBlank()) {
      work.lost(in, "drops text that has no place there");
    } else {
      slots.other(node);
    }
  }

  private void drop(XmlElement e, String what, Slots slots) {
    work.lost(e, "drops " + what);
    slots.drop();
  }

  private XmlElement rebuilt(XmlElement e, XmlName name, List<XmlAttribute> own, Slots slots) {
    return rebuilt(e, name, own, slots, name.localName());
  }

  private XmlElement rebuilt(
      XmlElement e, XmlName old, List<XmlAttribute> own, Slots slots, String name) {
    XmlElement.Builder built = XmlElement.builder(names.kept(old, name));
    attributes.declare(e, built);
    own.forEach(a -> built.attribute(a.name(), a.value()));
    slots.nodes().forEach(built::add);
    if (slots.moved()) {
      notes.count("puts children in the order of the schema");
    }
    return built.build();
  }
}
