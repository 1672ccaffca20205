package io.intermodal.ovf;

import static io.intermodal.ovf.DraftElements.fields;
import static io.intermodal.ovf.DraftElements.vmware;
import static io.intermodal.ovf.DraftElements.vssd;

import io.intermodal.xml.XmlElement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the hardware section of one machine. */
final class DraftHardwareXml {

  private static final int PROCESSOR = 3;
  private static final int MEMORY = 4;
  private static final int ETHERNET = 10;
  private static final int CD_DRIVE = 15;
  private static final int DISK_DRIVE = 17;

  private final EnvelopeDraft.DraftMachine machine;
  private final DraftElements make;
  private final WriterProfile profile;
  private final Map<String, String> controllers = new HashMap<>();
  private int lastId;

  DraftHardwareXml(EnvelopeDraft.DraftMachine machine, DraftElements make, WriterProfile profile) {
    this.machine = machine;
    this.make = make;
    this.profile = profile;
  }

  private String nextId() {
    return String.valueOf(++lastId);
  }

  XmlElement section() {
    XmlElement.Builder section = make.ovf("VirtualHardwareSection");
    if (!machine.transports().isEmpty()) {
      section.attribute(make.attribute("transport"), String.join(" ", machine.transports()));
    }
    section.add(make.text("Info", "Virtual hardware")).add(system());
    quantities(section);
    controllers(section);
    machine.attachments().forEach(a -> section.add(attachment(a)));
    machine.nics().forEach(nic -> section.add(nic(nic)));
    machine.details().devices().forEach(device -> section.add(device(device)));
    if (profile.vendorParts()) {
      configs(section);
    }
    return section.build();
  }

  private XmlElement system() {
    XmlElement.Builder system =
        make.ovf("System")
            .add(vssd("ElementName", "Virtual Hardware Family"))
            .add(vssd("InstanceID", "0"))
            .add(vssd("VirtualSystemIdentifier", machine.name()));
    if (!machine.hardwareFamilies().isEmpty()) {
      system.add(vssd("VirtualSystemType", String.join(" ", machine.hardwareFamilies())));
    }
    return system.build();
  }

  /** Writes processors and memory; items of options stand beside those that they replace. */
  private void quantities(XmlElement.Builder section) {
    String cpuId = nextId();
    section.add(cpus(cpuId, machine.cpus(), null));
    for (DraftDetails.DraftOverride override : machine.details().overrides()) {
      if (override.cpus() != null) {
        section.add(cpus(cpuId, override.cpus(), override.option()));
      }
    }
    String memoryId = nextId();
    section.add(memory(memoryId, machine.memoryBytes(), null));
    for (DraftDetails.DraftOverride override : machine.details().overrides()) {
      if (override.memoryBytes() != null) {
        section.add(memory(memoryId, override.memoryBytes(), override.option()));
      }
    }
  }

  private XmlElement.Builder item(@Nullable String option) {
    XmlElement.Builder item = make.ovf("Item");
    make.attribute(item, "configuration", option);
    return item;
  }

  private XmlElement cpus(String id, int cpus, @Nullable String option) {
    Map<String, String> fields =
        fields("AllocationUnits", "hertz * 10^6", "VirtualQuantity", String.valueOf(cpus));
    XmlElement.Builder item =
        make.item(item(option), id, cpus + " virtual CPUs", PROCESSOR, fields);
    Integer cores = machine.coresPerSocket();
    boolean fits = cores != null && (option == null || cpus % cores == 0);
    if (cores != null && fits && profile.vendorParts()) {
      item.add(
          XmlElement.builder(vmware("CoresPerSocket"))
              .attribute(make.attribute("required"), "false")
              .text(String.valueOf(cores))
              .build());
    }
    return item.build();
  }

  private XmlElement memory(String id, long bytes, @Nullable String option) {
    // Consumers know MiB best; bytes only where MiB would not be exact.
    int power = Long.numberOfTrailingZeros(bytes) >= 20 ? 20 : 0;
    String quantity = String.valueOf(bytes >> power);
    return make.item(
            item(option),
            id,
            power == 20 ? quantity + " MB of memory" : bytes + " bytes of memory",
            MEMORY,
            fields(
                "AllocationUnits",
                power == 20 ? "byte * 2^20" : "byte",
                "Limit",
                profile == WriterProfile.XENSERVER ? quantity : null,
                "VirtualQuantity",
                quantity))
        .build();
  }

  private void controllers(XmlElement.Builder section) {
    for (EnvelopeDraft.DraftController controller : machine.controllers()) {
      String id = nextId();
      controllers.put(controller.key(), id);
      section.add(
          make.item(
                  id,
                  "Controller " + controller.key(),
                  controller.resourceType(),
                  fields(
                      "Address", String.valueOf(controller.busNumber()),
                      "ResourceSubType", controller.subtype()))
              .build());
    }
  }

  private @Nullable String parent(@Nullable String controller) {
    return controller == null ? null : controllers.get(controller);
  }

  private static @Nullable String unit(@Nullable Integer unit) {
    return unit == null ? null : unit.toString();
  }

  private static @Nullable String file(@Nullable String id) {
    return id == null ? null : "ovf:/file/" + id;
  }

  private XmlElement attachment(EnvelopeDraft.DraftAttachment a) {
    String disk = a.diskId();
    return make.item(
            nextId(),
            disk != null ? "Disk " + disk : "CD drive",
            disk != null ? DISK_DRIVE : CD_DRIVE,
            fields(
                "AddressOnParent", unit(a.unit()),
                "HostResource", disk != null ? "ovf:/disk/" + disk : file(a.cdFileId()),
                "Parent", parent(a.controller())))
        .build();
  }

  private XmlElement nic(EnvelopeDraft.DraftNic nic) {
    return make.item(
            nextId(),
            "Network adapter on " + nic.network(),
            ETHERNET,
            fields(
                "Address", nic.mac(),
                "AutomaticAllocation", "true",
                "Connection", nic.network(),
                "ResourceSubType", nic.model()))
        .build();
  }

  private XmlElement device(DraftDetails.DraftDevice device) {
    XmlElement.Builder item = make.ovf("Item");
    if (!device.required()) {
      item.attribute(make.attribute("required"), "false");
    }
    return make.item(
            item,
            nextId(),
            device.name(),
            device.resourceType(),
            fields(
                "AddressOnParent", unit(device.unit()),
                "HostResource", file(device.fileId()),
                "Parent", parent(device.controller()),
                "ResourceSubType", device.subtype()))
        .build();
  }

  private void configs(XmlElement.Builder section) {
    Firmware firmware = machine.firmware();
    if (firmware != null) {
      section.add(config("Config", "firmware", firmware.name().toLowerCase(Locale.ROOT)));
    }
    Boolean secure = machine.details().secureBoot();
    if (secure != null) {
      section.add(config("Config", "bootOptions.efiSecureBootEnabled", secure.toString()));
    }
    for (DraftDetails.DraftConfig config : machine.details().configs()) {
      section.add(config(config.extra() ? "ExtraConfig" : "Config", config.key(), config.value()));
    }
  }

  private XmlElement config(String name, String key, String value) {
    return XmlElement.builder(vmware(name))
        .attribute(make.attribute("required"), "false")
        .attribute(vmware("key"), key)
        .attribute(vmware("value"), value)
        .build();
  }
}
