package io.intermodal.descriptor;

import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.Extra;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the neutral machine knows and a libvirt domain has no word for: keys, sizes of disks,
 * the operating system, other products' settings. It is one element of our own in {@code
 * <metadata>}, because QEMU's and Xen's drivers both keep that verbatim through edits of others,
 * starts and restarts; user aliases hold few characters and QEMU alone keeps them, and a serial
 * number is seen by the guest.
 *
 * @param bootStated whether the order to boot in was stated, not chosen by the writer
 * @param disks what is noted of disks, by target, in the order of the machine
 * @param drives keys of drives, by target
 * @param nics what is noted of cards, in the order of the machine
 * @param guestOs the operating system; null when not stated
 * @param extras settings of other products
 */
record DomainNotes(
    boolean bootStated,
    Map<String, DiskNote> disks,
    Map<String, String> drives,
    List<NicNote> nics,
    @Nullable GuestOs guestOs,
    List<Extra> extras) {

  static final String NAMESPACE = LibvirtFormat.NOTES_NAMESPACE;
  private static final String ELEMENT = "machine";

  /** What is noted of a disk; the bus tells whether its unit still holds. */
  record DiskNote(String key, long capacityBytes, @Nullable DiskBus bus, @Nullable Integer unit) {}

  /** What is noted of a card. */
  record NicNote(String key, @Nullable String mac) {}

  /** Finds the notes of a domain; empty when there are none, or another program spoiled them. */
  static Optional<DomainNotes> of(XmlElement domain) {
    return DomainXml.child(domain, "metadata")
        .flatMap(metadata -> metadata.element(NAMESPACE, ELEMENT))
        .flatMap(DomainNotes::read);
  }

  static boolean isNotes(XmlElement element) {
    return element.is(NAMESPACE, ELEMENT);
  }

  private static Optional<DomainNotes> read(XmlElement notes) {
    try {
      Map<String, DiskNote> disks = new LinkedHashMap<>();
      Map<String, String> drives = new LinkedHashMap<>();
      List<NicNote> nics = new ArrayList<>();
      List<Extra> extras = new ArrayList<>();
      GuestOs guestOs = null;
      for (XmlElement note : notes.childElements()) {
        switch (note.localName()) {
          case "disk" -> disks.put(need(note, "target"), disk(note));
          case "drive" -> drives.put(need(note, "target"), need(note, "key"));
          case "nic" -> nics.add(new NicNote(need(note, "key"), raw(note, "mac")));
          case "extra" ->
              extras.add(new Extra(need(note, "namespace"), need(note, "name"), note.text()));
          case "guest" -> guestOs = guest(note);
          default -> {
            // A later version's.
          }
        }
      }
      requireOwnKeys(disks.values(), drives.values(), nics);
      boolean bootStated = !"default".equals(raw(notes, "boot"));
      return Optional.of(new DomainNotes(bootStated, disks, drives, nics, guestOs, extras));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void requireOwnKeys(
      Collection<DiskNote> disks, Collection<String> drives, List<NicNote> nics) {
    List<String> keys = new ArrayList<>();
    disks.forEach(disk -> keys.add(disk.key()));
    nics.forEach(nic -> keys.add(nic.key()));
    boolean blank = keys.stream().anyMatch(String::isBlank);
    keys.addAll(drives);
    if (blank || keys.size() != new HashSet<>(keys).size()) {
      throw new IllegalArgumentException("keys that name several devices, or none");
    }
  }

  private static DiskNote disk(XmlElement note) {
    DiskBus bus = optional(note, "bus", DiskBus::valueOf);
    long capacityBytes = Long.parseLong(need(note, "capacityBytes"));
    Integer unit = optional(note, "unit", Integer::valueOf);
    if (capacityBytes < 1 || need(note, "key").isBlank() || (unit != null && unit < 0)) {
      throw new IllegalArgumentException("a disk that cannot be");
    }
    return new DiskNote(need(note, "key"), capacityBytes, bus, unit);
  }

  private static GuestOs guest(XmlElement note) {
    return new GuestOs(
        optional(note, "cimOsType", Integer::valueOf),
        raw(note, "version"),
        raw(note, "vendorType"),
        raw(note, "description"));
  }

  private static <T> @Nullable T optional(
      XmlElement note, String name, Function<String, T> parser) {
    String text = raw(note, name);
    return text == null ? null : parser.apply(text);
  }

  private static @Nullable String raw(XmlElement note, String name) {
    return note.attribute("", name).orElse(null);
  }

  private static String need(XmlElement note, String name) {
    return note.attribute("", name)
        .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
  }

  XmlElement toXml() {
    XmlElement.Builder notes = own(ELEMENT, "boot", bootStated ? null : "default");
    disks.forEach(
        (target, disk) ->
            notes.add(
                own(
                        "disk",
                        "target",
                        target,
                        "key",
                        disk.key(),
                        "capacityBytes",
                        Long.toString(disk.capacityBytes()),
                        "bus",
                        disk.bus() == null ? null : disk.bus().name(),
                        "unit",
                        disk.unit() == null ? null : disk.unit().toString())
                    .build()));
    nics.forEach(nic -> notes.add(own("nic", "key", nic.key(), "mac", nic.mac()).build()));
    drives.forEach((target, key) -> notes.add(own("drive", "target", target, "key", key).build()));
    if (guestOs != null) {
      notes.add(
          own(
                  "guest",
                  "cimOsType",
                  guestOs.cimOsType() == null ? null : guestOs.cimOsType().toString(),
                  "version",
                  guestOs.version(),
                  "vendorType",
                  guestOs.vendorType(),
                  "description",
                  guestOs.description())
              .build());
    }
    for (Extra extra : extras) {
      XmlElement.Builder element =
          own("extra", "namespace", extra.namespace(), "name", extra.name());
      if (!extra.value().isEmpty()) {
        element.text(extra.value());
      }
      notes.add(element.build());
    }
    return notes.build();
  }

  private static XmlElement.Builder own(String name, @Nullable String... attributes) {
    XmlElement.Builder builder = XmlElement.builder(new XmlName(NAMESPACE, name, "im"));
    for (int i = 0; i + 1 < attributes.length; i += 2) {
      String attribute = attributes[i];
      String value = attributes[i + 1];
      if (attribute != null && value != null) {
        builder.attribute(XmlName.local(attribute), value);
      }
    }
    return builder;
  }
}
