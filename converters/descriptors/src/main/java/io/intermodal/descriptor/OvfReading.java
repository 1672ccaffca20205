package io.intermodal.descriptor;

import io.intermodal.convert.Conversion;
import io.intermodal.convert.Loss;
import io.intermodal.convert.Loss.Severity;
import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Extra;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.RemovableDrive;
import io.intermodal.ovf.BootSource;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Extension;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.FindingCode;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.Machine.AttachedDisk;
import io.intermodal.ovf.Machine.EffectiveProperty;
import io.intermodal.ovf.Machine.Nic;
import io.intermodal.ovf.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the neutral machine of a machine in an OVF envelope. Whatever it cannot carry over is a
 * loss; a required part that is not understood is one of severity ERROR, as DSP0243 forbids to
 * deploy it.
 */
final class OvfReading {

  /** Namespace of the extras that OVF properties become. */
  static final String PROPERTIES = "http://schemas.dmtf.org/ovf/environment/1";

  private static final Pattern ALTERNATIVES = Pattern.compile("[\\s,]+");
  private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}");
  private static final Set<String> NO_NETWORK = Set.of("", "none");

  private static final Set<Class<? extends Section>> UNUSED =
      Set.of(
          Section.Install.class,
          Section.ScaleOut.class,
          Section.Placement.class,
          Section.BootDevices.class,
          Section.EnvironmentFiles.class);
  private static final String ASK =
      "ask the producer, or mark it ovf:required=\"false\" if it can be left out";

  private final Envelope envelope;
  private final Machine machine;
  private final Map<String, AttachedDisk> attached = new LinkedHashMap<>();
  private final List<Loss> losses = new ArrayList<>();

  private OvfReading(Envelope envelope, Machine machine) {
    this.envelope = envelope;
    this.machine = machine;
  }

  /** A machine with the disk of the envelope behind each of its disk keys. */
  record Result(MachineSpec spec, Map<String, AttachedDisk> disks) {}

  static Conversion<Result> read(Envelope envelope, Machine machine) {
    OvfReading reading = new OvfReading(envelope, machine);
    MachineSpec spec = reading.spec();
    return new Conversion<>(new Result(spec, reading.attached), reading.losses);
  }

  private MachineSpec spec() {
    MachineSpec.Builder spec =
        MachineSpec.named(name())
            .cpu(cpu())
            .memoryBytes(positive(machine.memoryBytes()))
            .firmware(firmware())
            .secureBoot(machine.secureBoot())
            .guestOs(guestOs());
    disks(spec);
    nics(spec);
    drives(spec);
    properties(spec);
    spec.bootOrder(bootOrder());
    requirements();
    unused();
    return spec.build();
  }

  private String name() {
    if (machine.name() != null && !machine.name().isBlank()) {
      return machine.name();
    }
    return machine.id() == null || machine.id().isBlank() ? "machine" : machine.id();
  }

  private static @Nullable Long positive(@Nullable Long value) {
    return value == null || value < 1 ? null : value;
  }

  private @Nullable CpuSpec cpu() {
    Integer cpus = machine.cpus();
    if (cpus == null || cpus < 1) {
      return null;
    }
    Integer cores = machine.coresPerSocket();
    if (cores != null && (cores < 1 || cpus % cores != 0)) {
      lose(
          "ovf.cpu.topology",
          Severity.INFO,
          "cpu.coresPerSocket",
          cores.toString(),
          "it does not divide the number of processors, " + cpus,
          null);
      cores = null;
    }
    return new CpuSpec(cpus, cores);
  }

  private @Nullable Firmware firmware() {
    if (machine.firmware() == null) {
      return null;
    }
    return switch (machine.firmware()) {
      case BIOS -> Firmware.BIOS;
      case EFI -> Firmware.EFI;
    };
  }

  private @Nullable GuestOs guestOs() {
    io.intermodal.ovf.GuestOs os = machine.guestOs();
    if (os == null) {
      return null;
    }
    Integer number = null;
    if (os.id() != null) {
      try {
        number = Integer.valueOf(os.id().strip());
      } catch (NumberFormatException e) {
        lose(
            "ovf.os.id",
            Severity.INFO,
            "guestOs.cimOsType",
            os.id(),
            "it is not a number of CIM's list of operating systems",
            null);
      }
    }
    return new GuestOs(number, os.version(), os.vendorType(), os.description());
  }

  private void disks(MachineSpec.Builder spec) {
    for (AttachedDisk disk : machine.disks()) {
      String key = freeKey(disk.diskId() == null ? "disk" : disk.diskId());
      Long capacity = positive(disk.capacityBytes());
      if (capacity == null) {
        lose(
            "ovf.disk.capacity",
            Severity.ERROR,
            "disks[" + key + "].capacityBytes",
            null,
            "the descriptor states no capacity that can be understood",
            "correct ovf:capacity and its unit in the descriptor");
        continue;
      }
      attached.put(key, disk);
      spec.addDisk(new DiskSpec(key, capacity, bus(key, disk.bus()), unit(disk.unit())));
    }
  }

  private String freeKey(String wanted) {
    String key = wanted;
    for (int i = 2; attached.containsKey(key); i++) {
      key = wanted + "-" + i;
    }
    return key;
  }

  private static @Nullable Integer unit(@Nullable Integer unit) {
    return unit == null || unit < 0 ? null : unit;
  }

  private @Nullable DiskBus bus(String key, @Nullable String bus) {
    if (bus == null) {
      return null;
    }
    return switch (bus) {
      case "ide" -> DiskBus.IDE;
      case "scsi" -> DiskBus.SCSI;
      case "sata" -> DiskBus.SATA;
      case "nvme" -> DiskBus.NVME;
      case "virtio" -> DiskBus.VIRTIO;
      case "xen" -> DiskBus.XEN;
      default -> {
        lose(
            "ovf.disk.bus",
            Severity.WARNING,
            "disks[" + key + "].bus",
            bus,
            "no other product has such a bus; the target chooses one",
            null);
        yield null;
      }
    };
  }

  private void nics(MachineSpec.Builder spec) {
    int number = 0;
    for (Nic nic : machine.nics()) {
      String key = "nic" + number++;
      String network = nic.network() == null ? "" : nic.network().strip();
      spec.addNic(
          new NicSpec(
              key,
              model(key, nic.model()),
              NO_NETWORK.contains(network.toLowerCase(Locale.ROOT)) ? null : network,
              mac(key, nic.mac())));
    }
  }

  private @Nullable String model(String key, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    List<String> models = List.of(ALTERNATIVES.split(text.strip()));
    if (models.size() > 1) {
      lose(
          "ovf.nic.alternatives",
          Severity.INFO,
          "nics[" + key + "].model",
          text,
          "of several alternatives the first is taken",
          null);
    }
    return models.get(0).toLowerCase(Locale.ROOT);
  }

  private @Nullable String mac(String key, @Nullable String mac) {
    if (mac == null || MAC.matcher(mac).matches()) {
      return mac;
    }
    lose(
        "ovf.nic.mac",
        Severity.WARNING,
        "nics[" + key + "].mac",
        mac,
        "it is not a hardware address; the target chooses one",
        null);
    return null;
  }

  private void drives(MachineSpec.Builder spec) {
    int number = 0;
    for (Machine.Drive drive : machine.drives()) {
      spec.addDrive(
          new RemovableDrive(
              "drive" + number++,
              drive == Machine.Drive.FLOPPY
                  ? RemovableDrive.Kind.FLOPPY
                  : RemovableDrive.Kind.OPTICAL));
    }
  }

  /** Values reach the guest through the environment document, which moves with the machine. */
  private void properties(MachineSpec.Builder spec) {
    for (EffectiveProperty property : machine.properties()) {
      String key = property.property().fullKey();
      if (property.property().password()) {
        lose(
            "ovf.property.secret",
            Severity.WARNING,
            "extras[" + PROPERTIES + "]." + key,
            null,
            "a secret is not carried along",
            "set it anew at the target");
      } else if (property.value() != null && !property.value().isEmpty()) {
        spec.addExtra(new Extra(PROPERTIES, key, property.value()));
      }
    }
  }

  /**
   * Keeps the disks and cards that are named one by one; other words fit any of several devices.
   */
  private List<String> bootOrder() {
    List<String> keys = new ArrayList<>();
    for (BootSource source : machine.bootOrder()) {
      String key =
          switch (source.kind()) {
            case DISK -> device(source, List.copyOf(attached.keySet()), diskIds());
            case NETWORK -> device(source, nicKeys(), nicIds());
            default -> null;
          };
      if (key != null && !keys.contains(key)) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static @Nullable String device(
      BootSource source, List<String> keys, List<@Nullable String> instanceIds) {
    int at =
        source.instanceId() != null
            ? instanceIds.indexOf(source.instanceId())
            : source.index() == null ? -1 : source.index() - 1;
    return at < 0 || at >= keys.size() ? null : keys.get(at);
  }

  private List<@Nullable String> diskIds() {
    List<@Nullable String> ids = new ArrayList<>();
    attached.values().forEach(disk -> ids.add(disk.item().instanceId()));
    return ids;
  }

  private List<@Nullable String> nicIds() {
    List<@Nullable String> ids = new ArrayList<>();
    machine.nics().forEach(nic -> ids.add(nic.item().instanceId()));
    return ids;
  }

  private List<String> nicKeys() {
    return IntStream.range(0, machine.nics().size()).mapToObj(i -> "nic" + i).toList();
  }

  /**
   * What has to be understood and is not forbids the move. A foreign element that says nothing of
   * it counts as required by the letter, yet several products forget the mark: a warning then.
   */
  private void requirements() {
    for (Finding finding : envelope.findings()) {
      if (finding.code() == FindingCode.NAMESPACE_UNKNOWN) {
        String path = finding.path() == null ? "envelope" : finding.path();
        lose("ovf.required", Severity.ERROR, path, null, finding.message(), ASK);
      }
    }
    for (Extension extension : envelope.notUnderstood()) {
      boolean forbids = extension.kind() == Extension.Kind.SECTION || extension.stated();
      lose(
          forbids ? "ovf.required" : "ovf.required.unstated",
          forbids ? Severity.ERROR : Severity.WARNING,
          extension.path(),
          null,
          "the descriptor requires that " + extension.name() + " is understood, and it is not",
          ASK);
    }
    envelope.portability().reasons().stream()
        .filter(e -> e.kind() == Extension.Kind.SECTION && !e.required())
        .forEach(
            e ->
                lose(
                    "ovf.section.dropped",
                    Severity.INFO,
                    e.path(),
                    null,
                    "a section of one vendor has no counterpart in the neutral machine",
                    null));
  }

  /** Tells what OVF knows of the machine and the neutral machine has no place for. */
  private void unused() {
    machine.system().sections().stream()
        .filter(section -> UNUSED.stream().anyMatch(kind -> kind.isInstance(section)))
        .filter(section -> !(section instanceof Section.BootDevices && !bootOrder().isEmpty()))
        .forEach(
            section ->
                lose(
                    "ovf.section.unused",
                    section.header().required() ? Severity.WARNING : Severity.INFO,
                    section.name(),
                    null,
                    "what it asks for is not done; the neutral machine has no place for it",
                    "see to it at the target"));
    if (machine.tpm()) {
      lose(
          "ovf.tpm",
          Severity.WARNING,
          "tpm",
          null,
          "a virtual TPM is not carried over, nor are the keys in it",
          "keep recovery keys of encrypted disks at hand, and add a TPM at the target");
    }
    if (machine.nvram() != null) {
      lose(
          "ovf.nvram",
          Severity.INFO,
          "nvram",
          machine.nvram().href(),
          "the variables of the firmware are not carried over; it looks for a boot loader anew",
          null);
    }
  }

  private void lose(
      String rule,
      Severity severity,
      String path,
      @Nullable String value,
      String reason,
      @Nullable String remedy) {
    losses.add(new Loss(rule, severity, path, value, reason, remedy));
  }
}
