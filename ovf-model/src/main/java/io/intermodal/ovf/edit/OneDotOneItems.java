package io.intermodal.ovf.edit;

import io.intermodal.ovf.Disk;
import io.intermodal.ovf.Item;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import io.intermodal.xml.XmlNode;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes devices and the System of hardware as 1.1 has them, children in the schema's order. */
final class OneDotOneItems {

  private static final Pattern RESOURCE = Pattern.compile("(?:ovf:)?/{1,2}(disk|file)/(.+)");
  private static final int LAST = 100;

  private final Work work;
  private final ForeignParts foreign;
  private final OneDotOneAttributes attributes;
  private final ConversionNotes notes;
  private final String rasd;
  private final Dialect dialect;
  private final FreeIds ids;

  OneDotOneItems(
      Work work,
      ForeignParts foreign,
      OneDotOneAttributes attributes,
      ConversionNotes notes,
      String rasdPrefix) {
    this.work = work;
    this.foreign = foreign;
    this.attributes = attributes;
    this.notes = notes;
    rasd = rasdPrefix;
    dialect = work.dialect();
    ids = FreeIds.of(work.everyHardware().stream().flatMap(h -> h.items().stream()).toList());
  }

  XmlElement system(XmlElement e, XmlName name) {
    List<XmlAttribute> own = attributes.of(e, Map.of());
    Slots slots = new Slots(e, work.places().unit());
    Set<String> seen = new HashSet<>();
    boolean named = Dialect.cim(e, "ElementName").findAny().isPresent();
    for (XmlNode node : e.children()) {
      if (!(node instanceof XmlElement child)) {
        slots.other(node);
        continue;
      }
      String local = child.localName();
      if (local.equals("InstanceId")) {
        local = "InstanceID";
        notes.count("writes InstanceID for InstanceId");
      } else if (local.equals("Caption") && !named) {
        local = "ElementName";
        notes.count("writes ElementName for Caption");
      }
      boolean cim = child.namespace().startsWith(Dialect.CIM);
      int rank = cim ? Schema.VSSD.indexOf(local) : -1;
      if (rank < 0 || !seen.add(local)) {
        other(child, cim, slots);
      } else {
        slots.keep(rank, cim(child, Dialect.VSSD, child.name().prefix(), local, child.text()));
      }
    }
    String prefix = "vssd";
    if (!seen.contains("ElementName")) {
      add(slots, Schema.VSSD, Dialect.VSSD, prefix, "ElementName", "Virtual Hardware Family");
    }
    if (!seen.contains("InstanceID")) {
      add(slots, Schema.VSSD, Dialect.VSSD, prefix, "InstanceID", "0");
    }
    return built(e, name, own, slots);
  }

  private XmlElement built(XmlElement e, XmlName name, List<XmlAttribute> own, Slots slots) {
    XmlElement.Builder built = XmlElement.builder(name);
    attributes.declare(e, built);
    own.forEach(a -> built.attribute(a.name(), a.value()));
    slots.nodes().forEach(built::add);
    if (slots.moved()) {
      notes.count("puts children in the order of the schema");
    }
    return built.build();
  }

  private void add(
      Slots slots, List<String> order, String namespace, String prefix, String name, String text) {
    slots.add(
        order.indexOf(name),
        XmlElement.builder(new XmlName(namespace, name, prefix)).text(text).build());
    notes.count("adds " + name + ", which was missing");
  }

  /** Keeps the element where nothing about it changes. */
  private XmlElement cim(XmlElement e, String namespace, String prefix, String local, String text) {
    XmlName name = new XmlName(namespace, local, prefix);
    boolean plain =
        e.attributes().stream()
            .noneMatch(a -> dialect.ovf(a.name().namespace()) || a.name().is(Dialect.XSI, "type"));
    if (name.equals(e.name())
        && e.text().equals(text)
        && plain
        && e.elements().findAny().isEmpty()) {
      return e;
    }
    XmlElement.Builder built = XmlElement.builder(name);
    attributes.declare(e, built);
    attributes.of(e, Map.of()).forEach(a -> built.attribute(a.name(), a.value()));
    return text.isEmpty() ? built.build() : built.text(text).build();
  }

  private void other(XmlElement child, boolean cim, Slots slots) {
    boolean own = cim || dialect.ovf(child.namespace());
    boolean allowed = !own && foreign == ForeignParts.WHERE_ALLOWED && !attributes.typed(child);
    if (allowed || foreign == ForeignParts.KEEP) {
      slots.keep(LAST, attributes.foreign(child, attributes.names().moved(child.name())));
    } else {
      work.lost(child, "drops " + Texts.shorten(child.name().qualified()));
      slots.drop();
    }
  }

  XmlElement item(Item item, XmlName name) {
    XmlElement e = item.element();
    if (item.kind() != Item.Kind.ITEM) {
      work.changed(e, "becomes an Item");
    }
    List<XmlAttribute> own = attributes.of(e, Schema.ITEM_ATTRIBUTES);
    Map<String, String> texts = texts(item);
    Slots slots = new Slots(e, work.places().unit());
    Set<String> seen = new HashSet<>();
    for (XmlNode node : e.children()) {
      if (node instanceof XmlElement child) {
        child(item, child, texts, seen, slots);
      } else {
        slots.other(node);
      }
    }
    texts.forEach(
        (local, text) -> {
          if (!seen.contains(local)) {
            add(slots, Schema.RASD, Dialect.RASD, rasd, local, text);
          }
        });
    cores(item, slots);
    return built(e, name, own, slots);
  }

  /** Returns the texts that are to be there whatever the item has for them. */
  private Map<String, String> texts(Item item) {
    Map<String, String> texts = new HashMap<>();
    XmlElement e = item.element();
    String id = item.instanceId();
    if (id == null) {
      id = ids.number();
      texts.put("InstanceID", id);
    }
    if (Dialect.cim(e, "ElementName").findAny().isEmpty()) {
      String label = item.elementName();
      texts.put("ElementName", label == null ? "Device " + id : label);
    }
    Integer type = item.resourceType();
    boolean adapter = type != null && (type == 10 || type == 11);
    if (item.kind() == Item.Kind.ETHERNET_PORT && !adapter) {
      // Its name says in 2.x that it is an adapter; in 1.x only the type does.
      texts.put("ResourceType", "10");
    } else if (type == null
        && item.kind() == Item.Kind.STORAGE
        && work.envelope().diskOf(item).isPresent()) {
      texts.put("ResourceType", "17");
    }
    BigInteger sockets = sockets(item);
    if (sockets != null && item.virtualQuantity() == null) {
      texts.put("VirtualQuantity", sockets.toString());
    }
    String mac = Dialect.cimText(e, "MACAddress");
    if (mac != null && NetworkEdits.adapter(item)) {
      texts.put("Address", mac);
    } else if (Dialect.cim(e, "Address").findAny().isEmpty() && item.address() != null) {
      texts.put("Address", item.address());
    }
    return texts;
  }

  private static @Nullable BigInteger sockets(Item item) {
    Integer sockets = Texts.number(Dialect.cimText(item.element(), "num_of_sockets"));
    Integer cores = Texts.number(Dialect.cimText(item.element(), "cpu_per_socket"));
    Integer threads = Texts.number(Dialect.cimText(item.element(), "threads_per_cpu"));
    return sockets == null || cores == null
        ? null
        : BigInteger.valueOf(sockets)
            .multiply(BigInteger.valueOf(cores))
            .multiply(BigInteger.valueOf(threads == null ? 1 : threads));
  }

  private void cores(Item item, Slots slots) {
    Integer cores = Texts.number(Dialect.cimText(item.element(), "cpu_per_socket"));
    boolean there = item.element().element(Dialect.VMW, "CoresPerSocket").isPresent();
    if (cores != null && cores > 0 && !there && foreign != ForeignParts.DROP) {
      XmlName name = work.places().element(item.element(), Dialect.VMW, "CoresPerSocket");
      slots.add(
          LAST,
          XmlElement.builder(name)
              .attribute(new XmlName(Dialect.OVF1, "required", "ovf"), "false")
              .text(String.valueOf(cores))
              .build());
    }
  }

  private void child(
      Item item, XmlElement child, Map<String, String> texts, Set<String> seen, Slots slots) {
    boolean cim = child.namespace().startsWith(Dialect.CIM);
    String local = local(item, child.localName(), texts);
    int rank = cim ? Schema.RASD.indexOf(local) : -1;
    boolean again = rank >= 0 && !seen.add(local) && !Schema.RASD_REPEATED.contains(local);
    if (rank < 0 || again) {
      other(child, cim, slots);
      return;
    }
    String text = value(item, child, local, texts);
    Schema.Type type = Schema.RASD_TYPES.getOrDefault(local, Schema.Type.STRING);
    String typed = OneDotOneAttributes.typed(type, text);
    if (typed == null) {
      seen.remove(local);
      work.lost(child, "drops " + local + ": \"" + Texts.shorten(text) + "\" is not valid");
      slots.drop();
    } else {
      String prefix = child.namespace().equals(Dialect.RASD) ? child.name().prefix() : rasd;
      slots.keep(rank, cim(child, Dialect.RASD, prefix, local, typed));
    }
  }

  private String local(Item item, String local, Map<String, String> texts) {
    switch (local) {
      case "InstanceId" -> {
        notes.count("writes InstanceID for InstanceId");
        return "InstanceID";
      }
      case "Caption" -> {
        if (texts.containsKey("ElementName")) {
          notes.count("writes ElementName for Caption");
          return "ElementName";
        }
      }
      case "BusNumber" -> {
        if (item.address() != null && texts.containsKey("Address")) {
          notes.count("writes Address for BusNumber");
          return "Address";
        }
      }
      default -> {
        // The others are named alike.
      }
    }
    return local;
  }

  private String value(Item item, XmlElement child, String local, Map<String, String> texts) {
    String text = child.text();
    String set = texts.get(local);
    if (set != null) {
      return text.strip().equals(set) ? text : set;
    }
    if (local.equals("HostResource")) {
      return resource(item, text);
    }
    if (local.equals("AllocationUnits") || local.equals("VirtualQuantityUnits")) {
      String unit = UnitWords.programmatic(text);
      if (!unit.equals(text)) {
        notes.count("writes units as DSP0004 has them");
      }
      return unit;
    }
    return text;
  }

  private String resource(Item item, String text) {
    Matcher form = RESOURCE.matcher(text.strip());
    String now = text;
    if (form.matches()) {
      now = "ovf:/" + form.group(1) + "/" + form.group(2);
    } else if (!text.isBlank()) {
      Disk disk = work.envelope().diskOf(item).orElse(null);
      now = disk == null || disk.id() == null ? text : "ovf:/disk/" + disk.id();
    }
    if (now.equals(text.strip())) {
      return text;
    }
    notes.count("writes what backs a device as ovf:/disk/id or ovf:/file/id");
    return now;
  }
}
