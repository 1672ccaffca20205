package io.intermodal.ovf.edit;

import io.intermodal.ovf.Item;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds devices to one hardware section, with InstanceIDs that are free in it. */
final class NewItem {

  private final Work work;
  private final Section.VirtualHardware hardware;
  private final TreePatch patch;
  private final FreeIds ids;

  NewItem(Work work, Section.VirtualHardware hardware, TreePatch patch) {
    this.work = work;
    this.hardware = hardware;
    this.patch = patch;
    ids = FreeIds.of(hardware.items());
  }

  /** Adds an item and returns its InstanceID. */
  String add(int type, String name, Map<String, String> fields, @Nullable String option) {
    return add(Item.Kind.ITEM, type, name, fields, option);
  }

  String add(
      Item.Kind kind, int type, String name, Map<String, String> fields, @Nullable String option) {
    String id = ids.number();
    XmlElement section = hardware.header().element();
    boolean draft =
        hardware.items().stream()
            .anyMatch(i -> Dialect.cim(i.element(), "InstanceId").findAny().isPresent());
    boolean named =
        !draft
            || hardware.items().stream()
                .anyMatch(i -> Dialect.cim(i.element(), "ElementName").findAny().isPresent());
    Map<String, String> all = new TreeMap<>(fields);
    all.put(draft ? "InstanceId" : "InstanceID", id);
    all.put(named ? "ElementName" : "Caption", name);
    all.put("ResourceType", String.valueOf(type));
    String element = elementName(kind);
    XmlElement neighbour = last(element);
    if (neighbour == null) {
      neighbour = last("Item");
    }
    XmlName itemName =
        neighbour == null
            ? work.child(section, element)
            : new XmlName(neighbour.namespace(), element, neighbour.name().prefix());
    XmlElement.Builder item = XmlElement.builder(itemName);
    if (option != null) {
      item.attribute(work.newAttribute(section, "configuration"), option);
    }
    String namespace = kind == Item.Kind.ITEM ? Dialect.RASD : cimNamespace(kind);
    work.declare(item, section, namespace);
    all.forEach(
        (child, text) ->
            item.add(
                XmlElement.builder(work.places().element(section, namespace, child))
                    .text(text)
                    .build()));
    place(neighbour, item.build());
    return id;
  }

  static String elementName(Item.Kind kind) {
    return switch (kind) {
      case ITEM -> "Item";
      case STORAGE -> "StorageItem";
      case ETHERNET_PORT -> "EthernetPortItem";
    };
  }

  /** Takes the class's namespace from the items that are there: VirtualBox adds .xsd to it. */
  private String cimNamespace(Item.Kind kind) {
    return hardware.items().stream()
        .filter(i -> i.kind() == kind)
        .findFirst()
        .map(i -> Placing.cimNamespace(i.element()))
        .orElse(
            Dialect.CIM
                + (kind == Item.Kind.STORAGE
                    ? "StorageAllocationSettingData"
                    : "EthernetPortAllocationSettingData"));
  }

  private @Nullable XmlElement last(String name) {
    Dialect dialect = work.dialect();
    return dialect.children(hardware.header().element(), name).reduce((a, b) -> b).orElse(null);
  }

  private void place(@Nullable XmlElement neighbour, XmlElement item) {
    XmlElement section = hardware.header().element();
    if (neighbour != null) {
      patch.after(neighbour, item);
      return;
    }
    Dialect dialect = work.dialect();
    XmlElement after =
        section
            .elements()
            .filter(e -> dialect.is(e, "System") || dialect.is(e, "Info"))
            .reduce((a, b) -> b)
            .orElse(null);
    if (after == null) {
      patch.append(section, item);
    } else {
      patch.after(after, item);
    }
  }
}
