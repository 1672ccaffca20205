package io.intermodal.ovf.edit;

import io.intermodal.ovf.Content;
import io.intermodal.ovf.Firmware;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code vbox:Machine} in step. VirtualBox believes it over the items, so what it repeats is
 * changed with them, and what it cannot be told is a reason to drop it.
 */
final class VirtualBoxSettings {

  private final Work work;
  private final TreePatch patch;

  VirtualBoxSettings(Work work, TreePatch patch) {
    this.work = work;
    this.patch = patch;
  }

  static Optional<XmlElement> machine(Content.VirtualSystem system) {
    return system.element().element(Dialect.VBOX, "Machine");
  }

  void memory(Content.VirtualSystem system, long bytes) {
    XmlElement memory = inHardware(system, "Memory");
    if (memory == null || bytes % (1 << 20) != 0) {
      drop(system, "the changed memory");
    } else {
      set(memory, "RAMSize", String.valueOf(bytes >> 20));
    }
  }

  void cpus(Content.VirtualSystem system, int cpus) {
    XmlElement cpu = inHardware(system, "CPU");
    if (cpu != null) {
      set(cpu, "count", String.valueOf(cpus));
    } else if (cpus != 1) {
      // VirtualBox leaves the element out where there is one processor.
      drop(system, "the changed processors");
    }
  }

  void name(Content.VirtualSystem system, String name) {
    machine(system).ifPresent(m -> set(m, "name", name));
  }

  /** Sets the firmware where VirtualBox has it; tells whether there is such a place. */
  boolean firmware(Content.VirtualSystem system, Firmware firmware) {
    XmlElement hardware = hardware(system);
    if (hardware == null) {
      return false;
    }
    XmlElement place = local(hardware, "Firmware");
    XmlElement bios = local(hardware, "BIOS");
    if (place == null && bios != null) {
      place = local(bios, "Firmware");
    }
    String type = firmware.name();
    if (place != null) {
      set(place, "type", type);
    } else {
      XmlName name = new XmlName(hardware.namespace(), "Firmware", hardware.name().prefix());
      patch.append(
          hardware, XmlElement.builder(name).attribute(XmlName.local("type"), type).build());
      work.added(
          hardware, "states the firmware " + type.toLowerCase(Locale.ROOT) + " for VirtualBox");
    }
    return true;
  }

  /** Drops the settings; firmware and guest that only they state are kept in other places. */
  void drop(Content.VirtualSystem system, String contradicted) {
    XmlElement machine = machine(system).orElse(null);
    if (machine == null || patch.removes(machine)) {
      return;
    }
    patch.remove(machine);
    work.removed(machine, "drops vbox:Machine since it contradicts " + contradicted);
    new FirmwareEdits(work).keepVirtualBox(patch, system);
  }

  private void set(XmlElement element, String attribute, String value) {
    String old = element.attribute("", attribute).orElse(null);
    if (!value.equals(old)) {
      patch.attribute(element, XmlName.local(attribute), value);
      work.changed(element, "sets " + attribute + " for VirtualBox to " + value);
    }
  }

  private static @Nullable XmlElement hardware(Content.VirtualSystem system) {
    return machine(system).map(m -> local(m, "Hardware")).orElse(null);
  }

  private static @Nullable XmlElement inHardware(Content.VirtualSystem system, String name) {
    XmlElement hardware = hardware(system);
    return hardware == null ? null : local(hardware, name);
  }

  private static @Nullable XmlElement local(XmlElement in, String name) {
    return in.elements().filter(e -> e.localName().equals(name)).findFirst().orElse(null);
  }
}
