package io.intermodal.descriptor;

import io.intermodal.convert.Loss;
import io.intermodal.convert.Loss.Severity;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.RemovableDrive;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code <devices>}: disks, drives, cards and consoles; the rest stays as extras. */
final class DomainDevices {

  private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");
  private static final String AGENT = "org.qemu.guest_agent.0";

  /** Parts of a device that hold for one run, or are read apart. */
  private static final Set<String> OF_ONE_RUN = Set.of("mirror", "boot");

  private final DomainKind kind;
  private final DomainNotes notes;
  private final DiskCapacities capacities;
  private final List<Loss> losses;
  private final DomainExtras extras;

  private final Set<String> keys = new HashSet<>();
  private final List<DiskSpec> diskSpecs = new ArrayList<>();
  private final List<NicSpec> nicSpecs = new ArrayList<>();
  private final List<RemovableDrive> driveSpecs = new ArrayList<>();
  private final Map<String, DomainDisk> disks = new LinkedHashMap<>();
  private final List<DomainDisk> drives = new ArrayList<>();
  private final List<DomainNic> nics = new ArrayList<>();
  private final List<DomainConsole> consoles = new ArrayList<>();
  private final TreeMap<Long, String> ordered = new TreeMap<>();
  private boolean guestAgent;

  DomainDevices(
      DomainKind kind,
      DomainNotes notes,
      DiskCapacities capacities,
      List<Loss> losses,
      DomainExtras extras) {
    this.kind = kind;
    this.notes = notes;
    this.capacities = capacities;
    this.losses = losses;
    this.extras = extras;
  }

  DomainDevices read(XmlElement devices) {
    // The keys that were noted come first, so that a new device cannot take one of them.
    notes.disks().values().forEach(note -> keys.add(note.key()));
    notes.drives().values().forEach(keys::add);
    notes.nics().forEach(note -> keys.add(note.key()));
    Map<String, Integer> seen = new HashMap<>();
    List<DomainNotes.NicNote> openNotes = new ArrayList<>(notes.nics());
    List<XmlElement> cards = DomainXml.children(devices, "interface");
    List<@Nullable String> cardKeys = nicKeys(cards, openNotes);
    int card = 0;
    for (XmlElement device : devices.childElements()) {
      if (device.is("", "disk")) {
        disk(device);
      } else if (device.is("", "interface")) {
        String noted = cardKeys.get(card);
        nic(device, noted == null ? free("nic" + card) : noted);
        card++;
      } else {
        other(device, seen);
      }
    }
    List<String> order = List.copyOf(notes.disks().keySet());
    // libvirt sorts disks by their targets; the notes know the order of the machine.
    diskSpecs.sort(Comparator.comparingInt(disk -> place(order, targetOf(disk.key()))));
    return this;
  }

  private String targetOf(String key) {
    DomainDisk disk = disks.get(key);
    return disk == null ? "" : disk.target();
  }

  private static int place(List<String> order, String target) {
    int place = order.indexOf(target);
    return place < 0 ? Integer.MAX_VALUE : place;
  }

  private void disk(XmlElement disk) {
    String target = DomainXml.attribute(disk, "target", "dev");
    if (target == null) {
      lose(
          "libvirt.disk.target",
          Severity.ERROR,
          "disks",
          null,
          "a disk has no target, so nobody can tell where the guest finds it");
      return;
    }
    String device = DomainXml.attribute(disk, "device");
    switch (device == null ? "disk" : device) {
      case "disk", "lun" -> fixedDisk(disk, target);
      case "cdrom" -> drive(disk, target, RemovableDrive.Kind.OPTICAL);
      case "floppy" -> drive(disk, target, RemovableDrive.Kind.FLOPPY);
      default ->
          lose(
              "libvirt.disk.device",
              Severity.WARNING,
              "disks[" + target + "]",
              device,
              "the neutral machine has no such device");
    }
  }

  private void fixedDisk(XmlElement disk, String target) {
    DomainNotes.DiskNote note = notes.disks().get(target);
    String key = note != null && !disks.containsKey(note.key()) ? note.key() : free(target);
    DiskBus bus = bus(disk, key, target);
    DomainDisk place = place(disk, key, target);
    OptionalLong known = capacities.capacityBytes(place);
    if (known.isEmpty() && note != null) {
      known = OptionalLong.of(note.capacityBytes());
    }
    if (known.isEmpty()) {
      lose(
          "libvirt.disk.capacity",
          Severity.ERROR,
          "disks[" + key + "].capacityBytes",
          null,
          "the definition does not say how large the disk is; it is left out");
      return;
    }
    long capacityBytes = known.getAsLong();
    disks.put(key, place);
    diskSpecs.add(new DiskSpec(key, capacityBytes, bus, unit(note, bus, target)));
    ordered(disk, key);
    extras.keep(DomainExtras.DISK + key, plain(disk));
  }

  private static @Nullable Integer unit(
      DomainNotes.@Nullable DiskNote note, @Nullable DiskBus bus, String target) {
    if (note != null && note.bus() == bus) {
      return note.unit();
    }
    OptionalInt index = bus == null ? OptionalInt.empty() : DomainNumbers.indexOf(target);
    return index.isPresent() ? index.getAsInt() : null;
  }

  private @Nullable DiskBus bus(XmlElement disk, String key, String target) {
    String word = DomainXml.attribute(disk, "target", "bus");
    DiskBus bus = word == null ? DomainBuses.ofTarget(target) : DomainBuses.ofWord(word);
    if (bus == null) {
      lose(
          "libvirt.disk.bus",
          Severity.WARNING,
          "disks[" + key + "].bus",
          word,
          "the neutral machine has no such bus; the target chooses one");
    }
    return bus;
  }

  private void drive(XmlElement disk, String target, RemovableDrive.Kind drive) {
    String noted = notes.drives().get(target);
    boolean fresh = driveSpecs.stream().noneMatch(other -> other.key().equals(noted));
    String key = noted != null && fresh ? noted : free(target);
    driveSpecs.add(new RemovableDrive(key, drive));
    drives.add(place(disk, key, target));
    ordered(disk, key);
    extras.keep(DomainExtras.DRIVE + key, plain(disk));
  }

  private static DomainDisk place(XmlElement disk, String key, String target) {
    XmlElement source = DomainXml.child(disk, "source").orElse(null);
    String file = DomainXml.attribute(source, "file");
    XmlElement layers = DomainXml.child(disk, "backingStore").orElse(null);
    String type = DomainXml.attribute(disk, "type");
    return new DomainDisk(
        key,
        target,
        DomainXml.attribute(disk, "target", "bus"),
        type == null ? "file" : type,
        file == null ? DomainXml.attribute(source, "dev") : file,
        DomainXml.attribute(source, "pool"),
        DomainXml.attribute(source, "volume"),
        DomainXml.attribute(disk, "driver", "name"),
        DomainXml.attribute(disk, "driver", "type"),
        DomainXml.child(disk, "readonly").isPresent(),
        layers != null && DomainXml.child(layers, "source").isPresent());
  }

  /** Finds noted cards by their address, and those without one by their place. */
  private static List<@Nullable String> nicKeys(
      List<XmlElement> cards, List<DomainNotes.NicNote> openNotes) {
    List<@Nullable String> found = new ArrayList<>();
    for (XmlElement card : cards) {
      String mac = DomainXml.attribute(card, "mac", "address");
      DomainNotes.NicNote match = null;
      for (DomainNotes.NicNote note : openNotes) {
        if (match == null && note.mac() != null && note.mac().equalsIgnoreCase(mac)) {
          match = note;
        }
      }
      if (match != null) {
        openNotes.remove(match);
      }
      found.add(match == null ? null : match.key());
    }
    openNotes.removeIf(note -> note.mac() != null);
    for (int i = 0; i < found.size() && !openNotes.isEmpty(); i++) {
      if (found.get(i) == null) {
        found.set(i, openNotes.remove(0).key());
      }
    }
    return found;
  }

  private void nic(XmlElement card, String key) {
    String type = String.valueOf(DomainXml.attribute(card, "type"));
    XmlElement source = DomainXml.child(card, "source").orElse(null);
    String network =
        switch (type) {
          case "network" -> DomainXml.attribute(source, "network");
          case "bridge" -> DomainXml.attribute(source, "bridge");
          case "direct" -> DomainXml.attribute(source, "dev");
          case "user" -> "user";
          default -> null;
        };
    String mac = mac(card, key);
    nicSpecs.add(new NicSpec(key, model(card), network, mac));
    nics.add(
        new DomainNic(
            key,
            type,
            network,
            mac,
            DomainXml.attribute(card, "target", "dev"),
            DomainXml.attribute(card, "filterref", "filter")));
    ordered(card, key);
    // The device on the host is made anew for each run, unless somebody chose its name.
    String device = DomainXml.attribute(card, "target", "dev");
    boolean ofOneRun = device != null && (device.startsWith("vnet") || device.startsWith("vif"));
    XmlElement kept = plain(card);
    extras.keep(
        DomainExtras.NIC + key, ofOneRun ? DomainXml.without(kept, Set.of("target")) : kept);
  }

  private @Nullable String mac(XmlElement card, String key) {
    String mac = DomainXml.attribute(card, "mac", "address");
    if (mac == null || MAC.matcher(mac).matches()) {
      return mac;
    }
    lose(
        "libvirt.nic.mac",
        Severity.WARNING,
        "nics[" + key + "].mac",
        mac,
        "it is not a hardware address; the target chooses one");
    return null;
  }

  private @Nullable String model(XmlElement card) {
    String model = DomainXml.attribute(card, "model", "type");
    if (kind.isXen() && (kind.isParavirtual() || "netfront".equals(model))) {
      return "xen-vif";
    }
    return model == null || !model.startsWith("virtio") ? model : "virtio";
  }

  private void other(XmlElement device, Map<String, Integer> seen) {
    String element = device.localName();
    if (element.equals("serial") || element.equals("console")) {
      console(device);
    }
    if (element.equals("channel") && AGENT.equals(DomainXml.attribute(device, "target", "name"))) {
      guestAgent = true;
    }
    String name = "devices/" + device.name().qualified();
    int number = seen.merge(name, 1, Integer::sum);
    extras.keep(number == 1 ? name : name + "#" + number, withoutSecrets(plain(device), name));
  }

  private void console(XmlElement device) {
    String port = DomainXml.attribute(device, "target", "port");
    OptionalLong number = port == null ? OptionalLong.empty() : DomainNumbers.whole(port);
    String type = DomainXml.attribute(device, "type");
    consoles.add(
        new DomainConsole(
            device.localName(),
            type == null ? "pty" : type,
            DomainXml.attribute(device, "target", "type"),
            number.isPresent() && number.getAsLong() <= Integer.MAX_VALUE
                ? (int) number.getAsLong()
                : null,
            DomainXml.attribute(device, "source", "path")));
  }

  /** Leaves out what holds for one run: aliases nobody chose, terminals, copies under way. */
  private static XmlElement plain(XmlElement device) {
    XmlElement kept =
        DomainXml.without(
            device,
            child ->
                DomainXml.isOneOf(child, OF_ONE_RUN)
                    || (child.is("", "alias")
                        && !String.valueOf(DomainXml.attribute(child, "name")).startsWith("ua-")));
    boolean terminal = "pty".equals(DomainXml.attribute(device, "type"));
    return terminal
        ? DomainXml.withoutAttributes(DomainXml.without(kept, Set.of("source")), Set.of("tty"))
        : kept;
  }

  private XmlElement withoutSecrets(XmlElement device, String name) {
    if (DomainXml.attribute(device, "passwd") == null) {
      return device;
    }
    lose(
        "libvirt.secret.dropped",
        Severity.WARNING,
        DomainExtras.path(name),
        null,
        "a password is not carried along; set it anew at the target");
    return DomainXml.withoutAttributes(device, Set.of("passwd"));
  }

  private void ordered(XmlElement device, String key) {
    String order = DomainXml.attribute(device, "boot", "order");
    OptionalInt number = order == null ? OptionalInt.empty() : DomainNumbers.count(order);
    if (number.isPresent()) {
      ordered.putIfAbsent((long) number.getAsInt(), key);
    }
  }

  private String free(String wanted) {
    String key = wanted;
    for (int i = 2; !keys.add(key); i++) {
      key = wanted + "-" + i;
    }
    return key;
  }

  /**
   * Returns the order to boot in. Where the domain names kinds of devices, each stands for its
   * first; disks alone are what happens anyway.
   */
  List<String> bootOrder(List<XmlElement> kinds, boolean stated) {
    if (!stated) {
      return List.of();
    }
    if (!ordered.isEmpty()) {
      return List.copyOf(ordered.values());
    }
    List<String> words = new ArrayList<>();
    kinds.forEach(boot -> words.add(String.valueOf(DomainXml.attribute(boot, "dev"))));
    if (words.isEmpty() || words.equals(List.of("hd"))) {
      String first = firstDisk();
      boolean usual = first == null || first.equals(diskSpecs.get(0).key());
      return usual ? List.of() : List.of(first);
    }
    List<String> order = new ArrayList<>();
    for (String word : words) {
      String key =
          switch (word) {
            case "hd" -> firstDisk();
            case "network" -> nicSpecs.isEmpty() ? null : nicSpecs.get(0).key();
            case "cdrom" -> firstDrive(RemovableDrive.Kind.OPTICAL);
            case "fd" -> firstDrive(RemovableDrive.Kind.FLOPPY);
            default -> null;
          };
      if (key != null && !order.contains(key)) {
        order.add(key);
      }
    }
    return order;
  }

  /** Returns the first disk of the document, which is tried where none is named. */
  private @Nullable String firstDisk() {
    return disks.isEmpty() ? null : disks.keySet().iterator().next();
  }

  private @Nullable String firstDrive(RemovableDrive.Kind drive) {
    return driveSpecs.stream()
        .filter(each -> each.kind() == drive)
        .map(RemovableDrive::key)
        .findFirst()
        .orElse(null);
  }

  List<DiskSpec> diskSpecs() {
    return diskSpecs;
  }

  List<NicSpec> nicSpecs() {
    return nicSpecs;
  }

  List<RemovableDrive> driveSpecs() {
    return driveSpecs;
  }

  List<DomainDisk> disks() {
    List<DomainDisk> inOrder = new ArrayList<>();
    for (DiskSpec spec : diskSpecs) {
      DomainDisk disk = disks.get(spec.key());
      if (disk != null) {
        inOrder.add(disk);
      }
    }
    return inOrder;
  }

  List<DomainDisk> drives() {
    return drives;
  }

  List<DomainNic> nics() {
    return nics;
  }

  List<DomainConsole> consoles() {
    return consoles;
  }

  boolean guestAgent() {
    return guestAgent;
  }

  private void lose(
      String rule, Severity severity, String path, @Nullable String value, String reason) {
    losses.add(new Loss(rule, severity, path, value, reason, null));
  }
}
