package io.intermodal.ovf.edit;

import io.intermodal.ovf.Content;
import io.intermodal.ovf.Firmware;
import io.intermodal.ovf.GuestOs;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets the firmware, which OVF has no element for, where each product has it. */
final class FirmwareEdits {

  static final String FIRMWARE_KEY = "firmware";
  static final String SECURE_BOOT_KEY = "bootOptions.efiSecureBootEnabled";
  private static final Set<String> OVIRT_NAMES = Set.of("BiosType", "bios_type");

  private final Work work;

  FirmwareEdits(Work work) {
    this.work = work;
  }

  void set(Firmware firmware, @Nullable Boolean secureBoot) {
    String what = "set the firmware";
    if (firmware == Firmware.BIOS && Boolean.TRUE.equals(secureBoot)) {
      throw Rejections.rejected(what, "secure boot needs EFI");
    }
    TreePatch patch = work.patch();
    work.hardware(what);
    for (Content.VirtualSystem system : work.machines(what)) {
      set(system, firmware, secureBoot, patch);
    }
    work.apply(patch);
  }

  private void set(
      Content.VirtualSystem system,
      Firmware firmware,
      @Nullable Boolean secureBoot,
      TreePatch patch) {
    boolean placed = new VirtualBoxSettings(work, patch).firmware(system, firmware);
    if (placed && Boolean.TRUE.equals(secureBoot)) {
      work.noted(system.element(), "VirtualBox keeps secure boot in its NVRAM file, not here");
    }
    if (work.dialect().ovirt()) {
      ovirt(system, firmware, secureBoot, patch);
      placed = true;
    }
    String word = firmware.name().toLowerCase(Locale.ROOT);
    for (Section.VirtualHardware hardware :
        system.sections(Section.VirtualHardware.class).toList()) {
      XmlElement section = hardware.header().element();
      boolean there = replace(section, FIRMWARE_KEY, word, patch);
      if (!there && !placed) {
        config(section, FIRMWARE_KEY, word, patch);
      }
      boolean stated = stated(section, SECURE_BOOT_KEY);
      if (secureBoot != null && (there || !placed)) {
        if (!replace(section, SECURE_BOOT_KEY, secureBoot.toString(), patch)) {
          config(section, SECURE_BOOT_KEY, secureBoot.toString(), patch);
        }
      } else if (stated && firmware == Firmware.BIOS) {
        replace(section, SECURE_BOOT_KEY, "false", patch);
      }
      if (stated(section, "nvram") && !patch.isEmpty()) {
        work.noted(section, "the package has an NVRAM file, made for the firmware it had");
      }
    }
  }

  private static @Nullable String attribute(XmlElement config, String name) {
    String value = config.attribute(Dialect.VMW, name).orElse(null);
    return value != null ? value : config.attribute("", name).orElse(null);
  }

  private static boolean config(XmlElement e, String key) {
    return (e.is(Dialect.VMW, "Config") || e.is(Dialect.VMW, "ExtraConfig"))
        && key.equals(attribute(e, "key"));
  }

  private static boolean stated(XmlElement section, String key) {
    return section.elements().anyMatch(e -> config(e, key));
  }

  /** Sets the value wherever the key is; tells whether it is anywhere. */
  private boolean replace(XmlElement section, String key, String value, TreePatch patch) {
    boolean there = false;
    for (XmlElement e : section.elements().filter(c -> config(c, key)).toList()) {
      there = true;
      String old = attribute(e, "value");
      if (old == null || !old.strip().toLowerCase(Locale.ROOT).equals(value)) {
        boolean plain = e.attribute("", "value").isPresent();
        patch.attribute(
            e,
            plain ? XmlName.local("value") : work.places().attribute(e, Dialect.VMW, "value"),
            value);
        work.changed(e, "sets " + key + " to " + value);
      }
    }
    return there;
  }

  /** Adds VMware's key, which others may leave aside. */
  private void config(XmlElement section, String key, String value, TreePatch patch) {
    patch.append(
        section,
        XmlElement.builder(work.places().element(section, Dialect.VMW, "Config"))
            .attribute(work.newAttribute(section, "required"), "false")
            .attribute(work.places().attribute(section, Dialect.VMW, "key"), key)
            .attribute(work.places().attribute(section, Dialect.VMW, "value"), value)
            .build());
    work.added(section, "states " + key + "=" + value + ", as VMware does");
  }

  private void ovirt(
      Content.VirtualSystem system,
      Firmware firmware,
      @Nullable Boolean secureBoot,
      TreePatch patch) {
    String type = firmware == Firmware.BIOS ? "2" : Boolean.TRUE.equals(secureBoot) ? "4" : "3";
    XmlElement there =
        system
            .element()
            .elements()
            .filter(e -> OVIRT_NAMES.contains(e.localName()))
            .findFirst()
            .orElse(null);
    if (there == null) {
      patch.append(
          system.element(), XmlElement.builder(XmlName.local("BiosType")).text(type).build());
      work.added(system.element(), "states BiosType " + type + ", as oVirt does");
      return;
    }
    String old = there.text().strip();
    boolean same = old.equals(type) || (firmware == Firmware.BIOS && old.equals("1"));
    if (!same) {
      patch.text(there, type);
      work.changed(there, "sets BiosType to " + type);
    }
  }

  /** Keeps what only the dropped VirtualBox settings state, in places that others read. */
  void keepVirtualBox(TreePatch patch, Content.VirtualSystem system) {
    List<Content.VirtualSystem> systems = work.everySystem();
    int index = systems.indexOf(system);
    List<Machine> machines = work.envelope().machines(null);
    if (index < 0 || index >= machines.size()) {
      return;
    }
    keep(patch, system, machines.get(index), true);
  }

  /** States again what machines had before a conversion and have no more. */
  void restore(List<Machine> before) {
    List<Content.VirtualSystem> systems = work.everySystem();
    List<Machine> now = work.envelope().machines(null);
    TreePatch patch = work.patch();
    for (int i = 0; i < Math.min(Math.min(before.size(), now.size()), systems.size()); i++) {
      GuestOs guest = now.get(i).guestOs();
      boolean guestTold = guest != null && guest.vendorType() != null;
      if (now.get(i).firmware() == null || !guestTold) {
        keep(patch, systems.get(i), before.get(i), now.get(i).firmware() == null);
      }
    }
    work.apply(patch);
  }

  private void keep(
      TreePatch patch, Content.VirtualSystem system, Machine machine, boolean withFirmware) {
    Firmware firmware = withFirmware ? machine.firmware() : null;
    for (Section.VirtualHardware hardware :
        system.sections(Section.VirtualHardware.class).toList()) {
      XmlElement section = hardware.header().element();
      if (firmware != null && !stated(section, FIRMWARE_KEY)) {
        config(section, FIRMWARE_KEY, firmware.name().toLowerCase(Locale.ROOT), patch);
      }
    }
    GuestOs guest = machine.guestOs();
    Section.OperatingSystem os =
        system.sections(Section.OperatingSystem.class).findFirst().orElse(null);
    if (guest != null
        && guest.vendorType() != null
        && os != null
        && os.guestOs().vendorType() == null) {
      XmlElement section = os.header().element();
      patch.append(
          section,
          XmlElement.builder(work.places().element(section, Dialect.VBOX, "OSType"))
              .attribute(work.newAttribute(section, "required"), "false")
              .text(guest.vendorType())
              .build());
      work.added(section, "keeps the guest " + guest.vendorType() + " as vbox:OSType");
    }
  }
}
