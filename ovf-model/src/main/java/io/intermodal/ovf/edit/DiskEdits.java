package io.intermodal.ovf.edit;

import io.intermodal.ovf.Content;
import io.intermodal.ovf.Disk;
import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.Item;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds, removes and replaces disks with their files and devices. */
final class DiskEdits {

  private static final int DISK_DRIVE = 17;

  private final Work work;
  private final FileEdits files;

  DiskEdits(Work work) {
    this.work = work;
    files = new FileEdits(work);
  }

  private Disk find(String what, String id) {
    return work.envelope()
        .disk(id)
        .orElseThrow(
            () -> {
              List<String> ids = new ArrayList<>();
              work.envelope().disks().forEach(d -> ids.add(String.valueOf(d.id())));
              return Rejections.unknown(what, "disk", id, ids);
            });
  }

  void add(NewDisk disk) {
    String what = "add a disk";
    List<Content.VirtualSystem> machines = work.machines(what);
    if (machines.size() > 1) {
      throw Rejections.rejected(what, "it is added to one machine; choose which");
    }
    List<Section.VirtualHardware> sections = work.hardware(what);
    TreePatch patch = work.patch();
    FreeIds ids = new FreeIds();
    work.envelope().disks().forEach(d -> ids.take(d.id()));
    if (disk.id() == null) {
      // An id that a device names already would give it a disk it did not have.
      work.everyHardware().stream()
          .flatMap(h -> h.items().stream())
          .flatMap(i -> i.hostResources().stream())
          .forEach(r -> ids.take(r.substring(r.lastIndexOf('/') + 1)));
    }
    String id = ids.chosen(what, disk.id(), "disk");
    String file =
        disk.fileName() == null
            ? null
            : files.add(what, null, disk.fileName(), disk.fileBytes(), patch);
    addElement(id, file, disk, patch);
    for (Section.VirtualHardware hardware : sections) {
      attach(hardware, id, disk.controller(), patch);
    }
    new VirtualBoxSettings(work, patch).drop(machines.get(0), "the added disk");
    work.apply(patch);
  }

  private void addElement(String id, @Nullable String file, NewDisk disk, TreePatch patch) {
    XmlElement like =
        work.envelope().disks().stream()
            .filter(d -> !d.shared())
            .map(Disk::element)
            .reduce((a, b) -> b)
            .orElse(null);
    XmlElement section =
        work.envelope().sections().stream()
            .filter(s -> s.name().equals("DiskSection"))
            .map(s -> s.header().element())
            .findFirst()
            .orElse(null);
    XmlElement in = section == null ? work.root() : section;
    XmlElement.Builder element =
        XmlElement.builder(like == null ? work.child(in, "Disk") : like.name());
    attribute(element, like, in, "diskId", id);
    if (file != null) {
      attribute(element, like, in, "fileRef", file);
    }
    int power = Units.power(disk.capacityBytes());
    attribute(element, like, in, "capacity", String.valueOf(disk.capacityBytes() >> power));
    attribute(element, like, in, "capacityAllocationUnits", Units.ofPower(power));
    if (disk.format() != null) {
      attribute(element, like, in, "format", Rejections.holdable("add a disk", disk.format()));
    }
    if (disk.populatedBytes() != null) {
      attribute(element, like, in, "populatedSize", String.valueOf(disk.populatedBytes()));
    }
    if (like != null) {
      patch.after(like, element.build());
    } else if (section != null) {
      new Placing(work).addRanked(patch, in, element.build(), List.of("Info", "Disk"));
    } else {
      Placing placing = new Placing(work);
      XmlElement made =
          placing.section(in, "DiskSection", "Virtual disks").add(element.build()).build();
      XmlElement references = files.references();
      if (references == null) {
        placing.addSection(patch, in, made);
      } else {
        patch.after(references, made);
      }
    }
    String capacity = ByteWords.of(BigInteger.valueOf(disk.capacityBytes()));
    work.added(in, "adds the disk " + id + " of " + capacity);
  }

  private void attribute(
      XmlElement.Builder to, @Nullable XmlElement like, XmlElement in, String name, String value) {
    XmlName attribute = like == null ? work.newAttribute(in, name) : work.attribute(like, name);
    to.attribute(attribute, value);
  }

  private void attach(
      Section.VirtualHardware hardware, String id, @Nullable String controller, TreePatch patch) {
    Addresses.Address address = new Addresses(hardware).choose("add a disk", controller);
    NewItem items = new NewItem(work, hardware, patch);
    XmlElement section = hardware.header().element();
    String parent = address.controller();
    if (parent == null) {
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("Address", String.valueOf(address.busNumber()));
      if (address.subtype() != null) {
        fields.put("ResourceSubType", address.subtype());
      }
      parent = items.add(address.type(), "Controller " + address.busNumber(), fields, null);
      work.added(
          section, "adds a controller of type " + address.type() + " with InstanceID " + parent);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("AddressOnParent", String.valueOf(address.unit()));
    fields.put("HostResource", resourcePrefix() + id);
    fields.put("Parent", parent);
    boolean storage =
        hardware.items().stream().anyMatch(i -> i.kind() == Item.Kind.STORAGE)
            && hardware.items().stream()
                .noneMatch(
                    i ->
                        i.kind() == Item.Kind.ITEM
                            && i.resourceType() != null
                            && i.resourceType() == DISK_DRIVE);
    String instance =
        items.add(
            storage ? Item.Kind.STORAGE : Item.Kind.ITEM, DISK_DRIVE, "Disk " + id, fields, null);
    work.added(
        section,
        "attaches it to the controller "
            + parent
            + " at the address "
            + address.unit()
            + " with InstanceID "
            + instance);
  }

  /** Names disks as the devices that are there do; oVirt names them in ways of its own. */
  private String resourcePrefix() {
    for (Section.VirtualHardware hardware : work.everyHardware()) {
      for (Item item : hardware.items()) {
        for (String resource : item.hostResources()) {
          if (resource.startsWith("/disk/")) {
            return "/disk/";
          }
        }
      }
    }
    return "ovf:/disk/";
  }

  void remove(String id) {
    String what = "remove the disk " + Texts.shorten(id);
    Disk disk = find(what, id);
    for (Disk other : work.envelope().disks()) {
      if (id.equals(other.parentRef())) {
        throw Rejections.rejected(
            what, "the disk " + other.id() + " is a difference to it; remove that first");
      }
    }
    TreePatch patch = work.patch();
    for (Content.VirtualSystem system : work.everySystem()) {
      Set<String> gone = new HashSet<>();
      for (Section.VirtualHardware hardware :
          system.sections(Section.VirtualHardware.class).toList()) {
        for (Item item : hardware.items()) {
          if (work.envelope().diskOf(item).filter(d -> TreePlaces.same(d, disk)).isPresent()) {
            patch.remove(item.element());
            gone.add(String.valueOf(item.instanceId()));
            work.removed(item.element(), "removes the device of the disk " + id);
          }
        }
      }
      if (!gone.isEmpty()) {
        bootOrder(system, gone, patch);
        new VirtualBoxSettings(work, patch).drop(system, "the removed disk");
      }
    }
    patch.remove(disk.element());
    work.removed(disk.element(), "removes the disk " + id);
    FileReference file = work.envelope().fileOf(disk).orElse(null);
    if (file != null && file.id() != null) {
      boolean needed =
          files.users(file.id()).stream().anyMatch(u -> !patch.removes(u) && !within(u, patch));
      if (needed) {
        work.noted(file.element(), "keeps the file " + file.id() + ", which others refer to");
      } else {
        patch.remove(file.element());
        work.removed(file.element(), "removes the file " + file.id());
      }
    }
    work.apply(patch);
  }

  private boolean within(XmlElement element, TreePatch patch) {
    for (XmlElement at = work.places().parent(element); at != null; at = work.places().parent(at)) {
      if (patch.removes(at)) {
        return true;
      }
    }
    return false;
  }

  /** VMware's boot order names devices by InstanceID. */
  private void bootOrder(Content.VirtualSystem system, Set<String> gone, TreePatch patch) {
    for (Section section : system.sections()) {
      if (section.name().equals("BootOrderSection")) {
        section
            .header()
            .element()
            .elements()
            .filter(e -> e.attribute(Dialect.VMW, "instanceId").filter(gone::contains).isPresent())
            .forEach(
                e -> {
                  patch.remove(e);
                  work.removed(e, "leaves the removed device out of the boot order");
                });
      }
    }
  }

  void replace(String id, NewDisk by) {
    String what = "replace the disk " + Texts.shorten(id);
    Disk disk = find(what, id);
    if (by.fileName() == null) {
      throw Rejections.rejected(what, "the new disk has no file; remove it and add a blank one");
    }
    TreePatch patch = work.patch();
    FileReference file = work.envelope().fileOf(disk).orElse(null);
    boolean shared =
        file == null
            || file.id() == null
            || files.users(file.id()).stream().anyMatch(u -> !TreePlaces.same(u, disk.element()));
    XmlElement element = disk.element();
    if (file != null && !shared) {
      files.replace(file, what, by.fileName(), by.fileBytes(), patch);
    } else {
      String added = files.add(what, null, by.fileName(), by.fileBytes(), patch);
      patch.attribute(element, work.attribute(element, "fileRef"), added);
      work.changed(element, "takes its content from the file " + added);
    }
    int power = Units.power(by.capacityBytes());
    if (disk.capacityBytes() == null || disk.capacityBytes() != by.capacityBytes()) {
      set(element, "capacity", String.valueOf(by.capacityBytes() >> power), patch);
      set(element, "capacityAllocationUnits", Units.ofPower(power), patch);
    }
    set(element, "format", by.format(), patch);
    Long populated = by.populatedBytes();
    set(element, "populatedSize", populated == null ? null : String.valueOf(populated), patch);
    if (disk.parentRef() != null) {
      set(element, "parentRef", null, patch);
    }
    for (Content.VirtualSystem system : work.everySystem()) {
      boolean attached =
          system
              .sections(Section.VirtualHardware.class)
              .flatMap(h -> h.items().stream())
              .anyMatch(
                  i -> work.envelope().diskOf(i).filter(d -> TreePlaces.same(d, disk)).isPresent());
      if (attached && !patch.isEmpty()) {
        new VirtualBoxSettings(work, patch).drop(system, "the replaced disk");
      }
    }
    work.apply(patch);
  }

  private void set(XmlElement element, String name, @Nullable String value, TreePatch patch) {
    String old = work.dialect().attribute(element, name);
    XmlName attribute = work.attribute(element, name);
    if (value == null && old != null) {
      patch.dropAttribute(element, attribute);
      work.changed(element, "states no " + name + " any more");
    } else if (value != null && !value.equals(old)) {
      patch.attribute(element, attribute, Rejections.holdable("replace a disk", value));
      work.changed(element, "states the " + name + " " + Texts.shorten(value));
    }
  }
}
