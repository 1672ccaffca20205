package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Hrefs;
import io.intermodal.xml.XmlElement;

/** Makes the tree of a draft, elements in the order of the schema (DSP8023 1.1.1). */
final class DraftXml {

  private final EnvelopeDraft draft;
  private final WriterProfile profile;
  private final String namespace;
  private final DraftElements make;

  DraftXml(EnvelopeDraft draft, WriterProfile profile) {
    this.draft = draft;
    this.profile = profile;
    namespace = profile == WriterProfile.OVF_2 ? Dialect.OVF2 : Dialect.OVF1;
    make = new DraftElements(namespace);
  }

  XmlElement envelope() {
    XmlElement.Builder root =
        make.ovf("Envelope")
            .namespace("", namespace)
            .namespace("ovf", namespace)
            .namespace("rasd", Dialect.RASD)
            .namespace("vssd", Dialect.VSSD);
    if (profile.vendorParts()) {
      root.namespace("vmw", Dialect.VMW);
    }
    XmlElement.Builder references = make.ovf("References");
    draft.files().forEach(f -> references.add(file(f)));
    root.add(references.build());
    if (!draft.disks().isEmpty()) {
      XmlElement.Builder section = make.section("DiskSection", "Virtual disks");
      draft.disks().forEach(d -> section.add(disk(d)));
      root.add(section.build());
    }
    if (!draft.networks().isEmpty()) {
      XmlElement.Builder section = make.section("NetworkSection", "Logical networks");
      draft
          .networks()
          .forEach(
              n -> section.add(make.ovf("Network").attribute(make.attribute("name"), n).build()));
      root.add(section.build());
    }
    if (!draft.group().options().isEmpty()) {
      root.add(options());
    }
    draft.group().sections().forEach(root::add);
    if (draft.machines().size() == 1) {
      return root.add(machine(draft.machines().get(0))).build();
    }
    return root.add(collection()).build();
  }

  private XmlElement machine(EnvelopeDraft.DraftMachine machine) {
    return new DraftMachineXml(machine, make, profile).system();
  }

  private XmlElement collection() {
    XmlElement.Builder collection =
        make.ovf("VirtualSystemCollection").attribute(make.attribute("id"), draft.id());
    collection.add(make.text("Info", "A group of virtual machines"));
    if (!draft.group().starts().isEmpty()) {
      XmlElement.Builder startup = make.section("StartupSection", "The order to start in");
      draft.group().starts().forEach(s -> startup.add(start(s)));
      collection.add(startup.build());
    }
    draft.machines().forEach(m -> collection.add(machine(m)));
    return collection.build();
  }

  private XmlElement start(DraftGroup.DraftStart start) {
    XmlElement.Builder item =
        make.ovf("Item")
            .attribute(make.attribute("id"), start.machineId())
            .attribute(make.attribute("order"), String.valueOf(start.order()));
    make.attribute(item, "startDelay", start.startDelaySeconds());
    if (start.waitingForGuest()) {
      item.attribute(make.attribute("waitingForGuest"), "true");
    }
    make.attribute(item, "stopAction", start.stopAction());
    return item.build();
  }

  private XmlElement options() {
    XmlElement.Builder section = make.section("DeploymentOptionSection", "Sizes to choose from");
    for (DraftGroup.DraftOption option : draft.group().options()) {
      XmlElement.Builder one =
          make.ovf("Configuration").attribute(make.attribute("id"), option.id());
      if (option.isDefault()) {
        one.attribute(make.attribute("default"), "true");
      }
      section.add(
          one.add(make.text("Label", option.label()))
              .add(make.text("Description", option.description()))
              .build());
    }
    return section.build();
  }

  private XmlElement file(EnvelopeDraft.DraftFile file) {
    XmlElement.Builder element =
        make.ovf("File")
            .attribute(make.attribute("id"), file.id())
            .attribute(make.attribute("href"), Hrefs.encoded(file.name()))
            .attribute(make.attribute("size"), String.valueOf(file.sizeBytes()));
    make.attribute(element, "compression", file.gzip() ? "gzip" : null);
    make.attribute(element, "chunkSize", file.chunkSizeBytes());
    return element.build();
  }

  private XmlElement disk(EnvelopeDraft.DraftDisk disk) {
    XmlElement.Builder element = make.ovf("Disk").attribute(make.attribute("diskId"), disk.id());
    make.attribute(element, "fileRef", disk.fileId());
    int power = powerOfUnit(disk.capacityBytes());
    element.attribute(make.attribute("capacity"), String.valueOf(disk.capacityBytes() >> power));
    element.attribute(
        make.attribute("capacityAllocationUnits"), power == 0 ? "byte" : "byte * 2^" + power);
    make.attribute(element, "format", disk.format());
    make.attribute(element, "populatedSize", disk.populatedBytes());
    make.attribute(element, "parentRef", disk.parentId());
    return element.build();
  }

  /** Picks the largest usual unit that leaves a whole number. */
  private static int powerOfUnit(long bytes) {
    int zeros = Long.numberOfTrailingZeros(bytes);
    return zeros >= 30 ? 30 : zeros >= 20 ? 20 : 0;
  }
}
