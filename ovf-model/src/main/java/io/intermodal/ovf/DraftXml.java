package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Hrefs;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the tree of a draft, elements in the order of the schema (DSP8023 1.1.1). */
final class DraftXml {

  private final EnvelopeDraft draft;

  DraftXml(EnvelopeDraft draft) {
    this.draft = draft;
  }

  XmlElement envelope() {
    XmlElement.Builder root =
        ovf("Envelope")
            .namespace("", Dialect.OVF1)
            .namespace("ovf", Dialect.OVF1)
            .namespace("rasd", Dialect.RASD)
            .namespace("vssd", Dialect.VSSD)
            .namespace("vmw", Dialect.VMW);
    XmlElement.Builder references = ovf("References");
    for (EnvelopeDraft.DraftFile file : draft.files()) {
      references.add(
          ovf("File")
              .attribute(attribute("id"), file.id())
              .attribute(attribute("href"), Hrefs.encoded(file.name()))
              .attribute(attribute("size"), String.valueOf(file.sizeBytes()))
              .build());
    }
    root.add(references.build());
    if (!draft.disks().isEmpty()) {
      XmlElement.Builder section = section("DiskSection", "Virtual disks");
      draft.disks().forEach(d -> section.add(disk(d)));
      root.add(section.build());
    }
    if (!draft.networks().isEmpty()) {
      XmlElement.Builder section = section("NetworkSection", "Logical networks");
      draft
          .networks()
          .forEach(n -> section.add(ovf("Network").attribute(attribute("name"), n).build()));
      root.add(section.build());
    }
    if (draft.machines().size() == 1) {
      return root.add(machine(draft.machines().get(0))).build();
    }
    XmlElement.Builder collection =
        ovf("VirtualSystemCollection").attribute(attribute("id"), draft.id());
    collection.add(text("Info", "A group of virtual machines"));
    draft.machines().forEach(m -> collection.add(machine(m)));
    return root.add(collection.build()).build();
  }

  private static XmlElement disk(EnvelopeDraft.DraftDisk disk) {
    XmlElement.Builder element = ovf("Disk").attribute(attribute("diskId"), disk.id());
    if (disk.fileId() != null) {
      element.attribute(attribute("fileRef"), disk.fileId());
    }
    int power = powerOfUnit(disk.capacityBytes());
    element.attribute(attribute("capacity"), String.valueOf(disk.capacityBytes() >> power));
    element.attribute(
        attribute("capacityAllocationUnits"), power == 0 ? "byte" : "byte * 2^" + power);
    if (disk.format() != null) {
      element.attribute(attribute("format"), disk.format());
    }
    if (disk.populatedBytes() != null) {
      element.attribute(attribute("populatedSize"), String.valueOf(disk.populatedBytes()));
    }
    return element.build();
  }

  /** Picks the largest usual unit that leaves a whole number. */
  private static int powerOfUnit(long bytes) {
    int zeros = Long.numberOfTrailingZeros(bytes);
    return zeros >= 30 ? 30 : zeros >= 20 ? 20 : 0;
  }

  private XmlElement machine(EnvelopeDraft.DraftMachine machine) {
    XmlElement.Builder system = ovf("VirtualSystem").attribute(attribute("id"), machine.id());
    system.add(text("Info", "A virtual machine")).add(text("Name", machine.name()));
    GuestOs os = machine.guestOs();
    if (os != null) {
      system.add(guestOs(os));
    }
    system.add(hardware(machine));
    if (!machine.properties().isEmpty()) {
      XmlElement.Builder product = section("ProductSection", "Properties of the machine");
      machine.properties().forEach(p -> product.add(property(p)));
      system.add(product.build());
    }
    return system.build();
  }

  private static XmlElement guestOs(GuestOs os) {
    Integer id = Texts.number(os.id());
    XmlElement.Builder section =
        ovf("OperatingSystemSection")
            .attribute(attribute("id"), String.valueOf(id != null && id < 65536 ? id : 1));
    if (os.version() != null) {
      section.attribute(attribute("version"), os.version());
    }
    if (os.vendorType() != null) {
      section.attribute(new XmlName(Dialect.VMW, "osType", "vmw"), os.vendorType());
    }
    section.add(text("Info", "The guest operating system"));
    if (os.description() != null) {
      section.add(text("Description", os.description()));
    }
    return section.build();
  }

  private static XmlElement property(EnvelopeDraft.DraftProperty property) {
    XmlElement.Builder element =
        ovf("Property")
            .attribute(attribute("key"), property.key())
            .attribute(attribute("type"), property.type());
    if (property.value() != null) {
      element.attribute(attribute("value"), property.value());
    }
    element.attribute(attribute("userConfigurable"), String.valueOf(property.userConfigurable()));
    if (property.password()) {
      element.attribute(attribute("password"), "true");
    }
    if (property.label() != null) {
      element.add(text("Label", property.label()));
    }
    return element.build();
  }

  private static XmlElement hardware(EnvelopeDraft.DraftMachine machine) {
    XmlElement.Builder section = ovf("VirtualHardwareSection");
    if (!machine.transports().isEmpty()) {
      section.attribute(attribute("transport"), String.join(" ", machine.transports()));
    }
    section.add(text("Info", "Virtual hardware")).add(system(machine));
    Ids ids = new Ids();
    section.add(cpus(machine, ids)).add(memory(machine, ids));
    Map<String, String> controllers = new HashMap<>();
    for (EnvelopeDraft.DraftController controller : machine.controllers()) {
      String id = ids.next();
      controllers.put(controller.key(), id);
      section.add(
          item(
              id,
              "Controller " + controller.key(),
              controller.resourceType(),
              fields(
                  "Address", String.valueOf(controller.busNumber()),
                  "ResourceSubType", controller.subtype())));
    }
    for (EnvelopeDraft.DraftAttachment a : machine.attachments()) {
      String disk = a.diskId();
      String host =
          disk != null
              ? "ovf:/disk/" + disk
              : a.cdFileId() == null ? null : "ovf:/file/" + a.cdFileId();
      section.add(
          item(
              ids.next(),
              disk != null ? "Disk " + disk : "CD drive",
              disk != null ? 17 : 15,
              fields(
                  "AddressOnParent", a.unit() == null ? null : String.valueOf(a.unit()),
                  "HostResource", host,
                  "Parent", a.controller() == null ? null : controllers.get(a.controller()))));
    }
    for (EnvelopeDraft.DraftNic nic : machine.nics()) {
      section.add(
          item(
              ids.next(),
              "Network adapter on " + nic.network(),
              10,
              fields(
                  "Address", nic.mac(),
                  "AutomaticAllocation", "true",
                  "Connection", nic.network(),
                  "ResourceSubType", nic.model())));
    }
    if (machine.firmware() != null) {
      section.add(
          XmlElement.builder(new XmlName(Dialect.VMW, "Config", "vmw"))
              .attribute(attribute("required"), "false")
              .attribute(new XmlName(Dialect.VMW, "key", "vmw"), "firmware")
              .attribute(
                  new XmlName(Dialect.VMW, "value", "vmw"),
                  machine.firmware().name().toLowerCase(Locale.ROOT))
              .build());
    }
    return section.build();
  }

  private static XmlElement system(EnvelopeDraft.DraftMachine machine) {
    XmlElement.Builder system =
        ovf("System")
            .add(vssd("ElementName", "Virtual Hardware Family"))
            .add(vssd("InstanceID", "0"))
            .add(vssd("VirtualSystemIdentifier", machine.name()));
    if (!machine.hardwareFamilies().isEmpty()) {
      system.add(vssd("VirtualSystemType", String.join(" ", machine.hardwareFamilies())));
    }
    return system.build();
  }

  private static XmlElement cpus(EnvelopeDraft.DraftMachine machine, Ids ids) {
    Map<String, String> fields =
        fields(
            "AllocationUnits", "hertz * 10^6", "VirtualQuantity", String.valueOf(machine.cpus()));
    XmlElement.Builder item = builder(ids.next(), machine.cpus() + " virtual CPUs", 3, fields);
    if (machine.coresPerSocket() != null) {
      item.add(
          XmlElement.builder(new XmlName(Dialect.VMW, "CoresPerSocket", "vmw"))
              .attribute(attribute("required"), "false")
              .text(String.valueOf(machine.coresPerSocket()))
              .build());
    }
    return item.build();
  }

  private static XmlElement memory(EnvelopeDraft.DraftMachine machine, Ids ids) {
    long bytes = machine.memoryBytes();
    // Consumers know MiB best; bytes only where MiB would not be exact.
    int power = Long.numberOfTrailingZeros(bytes) >= 20 ? 20 : 0;
    return item(
        ids.next(),
        power == 20 ? (bytes >> 20) + " MB of memory" : bytes + " bytes of memory",
        4,
        fields(
            "AllocationUnits",
            power == 20 ? "byte * 2^20" : "byte",
            "VirtualQuantity",
            String.valueOf(bytes >> power)));
  }

  /** Sorted by name, since the schema's sequence is alphabetical. */
  private static Map<String, String> fields(@Nullable String... pairs) {
    Map<String, String> fields = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      String key = pairs[i];
      String value = pairs[i + 1];
      if (key != null && value != null) {
        fields.put(key, value);
      }
    }
    return fields;
  }

  private static XmlElement item(String id, String name, int type, Map<String, String> fields) {
    return builder(id, name, type, fields).build();
  }

  private static XmlElement.Builder builder(
      String id, String name, int type, Map<String, String> fields) {
    fields.put("InstanceID", id);
    fields.put("ElementName", name);
    fields.put("ResourceType", String.valueOf(type));
    XmlElement.Builder item = ovf("Item");
    fields.forEach(
        (k, v) ->
            item.add(XmlElement.builder(new XmlName(Dialect.RASD, k, "rasd")).text(v).build()));
    return item;
  }

  private static XmlElement.Builder section(String name, String info) {
    return ovf(name).add(text("Info", info));
  }

  private static XmlElement.Builder ovf(String name) {
    return XmlElement.builder(new XmlName(Dialect.OVF1, name, ""));
  }

  private static XmlName attribute(String name) {
    return new XmlName(Dialect.OVF1, name, "ovf");
  }

  private static XmlElement text(String name, String text) {
    return ovf(name).text(text).build();
  }

  private static XmlElement vssd(String name, String text) {
    return XmlElement.builder(new XmlName(Dialect.VSSD, name, "vssd")).text(text).build();
  }

  /** Hands out InstanceIDs. */
  private static final class Ids {
    private int last;

    String next() {
      return String.valueOf(++last);
    }
  }
}
