package io.intermodal.descriptor;

import io.intermodal.convert.Conversion;
import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Extra;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out of a machine's texts what XML 1.0 cannot hold: control characters and halves of
 * surrogate pairs. Each text that changes is a loss. Takes machines without a boot order, since
 * keys may change.
 */
final class XmlSafe {

  private final List<Loss> losses = new ArrayList<>();

  private XmlSafe() {}

  static Conversion<MachineSpec> of(MachineSpec machine) {
    XmlSafe safe = new XmlSafe();
    return new Conversion<>(safe.machine(machine), safe.losses);
  }

  private MachineSpec machine(MachineSpec machine) {
    GuestOs os = machine.guestOs();
    String name = text("name", machine.name());
    MachineSpec.Builder safe =
        machine.toBuilder().name(name == null || name.isBlank() ? "machine" : name);
    if (os != null) {
      safe.guestOs(
          new GuestOs(
              os.cimOsType(),
              text("guestOs.version", os.version()),
              text("guestOs.vendorType", os.vendorType()),
              text("guestOs.description", os.description())));
    }
    return safe.disks(disks(machine.disks()))
        .nics(machine.nics().stream().map(this::nic).toList())
        .extras(machine.extras().stream().map(this::extra).toList())
        .build();
  }

  /** Keys become ids, which must stay there and unique. */
  private List<DiskSpec> disks(List<DiskSpec> disks) {
    Set<String> taken = new HashSet<>();
    List<DiskSpec> safe = new ArrayList<>();
    for (DiskSpec disk : disks) {
      String clean = id(text("disks.key", disk.key()), disk.key());
      String key = clean.isEmpty() ? "disk" : clean;
      for (int i = 2; !taken.add(key); i++) {
        key = clean + "-" + i;
      }
      safe.add(new DiskSpec(key, disk.capacityBytes(), disk.bus(), disk.unit()));
    }
    return safe;
  }

  /** Readers take blanks around an id for formatting, and ends of lines inside it for blanks. */
  private String id(@Nullable String text, String key) {
    String clean = text == null ? "" : text.replaceAll("[\\t\\n\\r]", " ").strip();
    if (!clean.equals(text)) {
      losses.add(
          new Loss(
              "ovf.disk.key.changed",
              Loss.Severity.INFO,
              "disks[" + key + "].key",
              null,
              "an id in XML cannot hold blanks at its ends, tabs and ends of lines",
              null));
    }
    return clean;
  }

  private NicSpec nic(NicSpec nic) {
    return new NicSpec(
        nic.key(),
        text("nics[" + nic.key() + "].model", nic.model()),
        text("nics[" + nic.key() + "].network", nic.network()),
        nic.mac());
  }

  private Extra extra(Extra extra) {
    String name = text("extras.name", extra.name());
    String value = text("extras[" + extra.namespace() + "]." + name, extra.value());
    return new Extra(extra.namespace(), name == null ? "" : name, value == null ? "" : value);
  }

  private @Nullable String text(String path, @Nullable String text) {
    if (text == null || text.codePoints().allMatch(XmlSafe::allowed)) {
      return text;
    }
    losses.add(
        new Loss(
            "xml.characters.dropped",
            Loss.Severity.WARNING,
            path,
            null,
            "XML cannot hold some of its characters; they are left out",
            null));
    return text.codePoints()
        .filter(XmlSafe::allowed)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The production Char of XML 1.0. */
  static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
