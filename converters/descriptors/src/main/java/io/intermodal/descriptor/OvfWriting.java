package io.intermodal.descriptor;

import io.intermodal.convert.Conversion;
import io.intermodal.convert.Loss;
import io.intermodal.convert.Loss.Severity;
import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Extra;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.RemovableDrive;
import io.intermodal.ovf.EnvelopeDraft;
import io.intermodal.ovf.EnvelopeDraft.DraftAttachment;
import io.intermodal.ovf.EnvelopeDraft.DraftController;
import io.intermodal.ovf.EnvelopeDraft.DraftDisk;
import io.intermodal.ovf.EnvelopeDraft.DraftFile;
import io.intermodal.ovf.EnvelopeDraft.DraftMachine;
import io.intermodal.ovf.EnvelopeDraft.DraftNic;
import io.intermodal.ovf.EnvelopeDraft.DraftProperty;
import io.intermodal.ovf.Firmware;
import io.intermodal.ovf.GuestOs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes an OVF 1.1 envelope of a neutral machine. What OVF has no word for is a loss; a machine
 * without processors or memory is written with the least OVF allows, and that is a loss too.
 */
final class OvfWriting {

  private static final int SCSI_CONTROLLER = 6;
  private static final int IDE_CONTROLLER = 5;
  private static final int OTHER_STORAGE_CONTROLLER = 20;
  private static final long LEAST_MEMORY_BYTES = 1L << 20;

  private final MachineSpec machine;

  /** The file of each disk, in their order. */
  private final List<Optional<DraftFile>> files;

  private final List<Loss> losses = new ArrayList<>();

  private OvfWriting(MachineSpec machine, List<Optional<DraftFile>> files) {
    this.machine = machine;
    this.files = files;
  }

  /** Writes a descriptor whose disks are blank: a machine alone says nothing about files. */
  static Conversion<byte[]> write(MachineSpec machine) {
    return draft(machine, Collections.nCopies(machine.disks().size(), Optional.empty()))
        .then(draft -> Conversion.lossless(draft.toXml()));
  }

  /**
   * Makes the draft of a descriptor for a package.
   *
   * @param files the streamOptimized VMDK of each disk, in their order; empty for a blank disk
   */
  static Conversion<EnvelopeDraft> draft(MachineSpec machine, List<Optional<DraftFile>> files) {
    return withoutBootOrder(machine)
        .then(XmlSafe::of)
        .then(
            safe -> {
              OvfWriting writing = new OvfWriting(safe, files);
              return new Conversion<>(writing.envelope(), writing.losses);
            });
  }

  private static Conversion<MachineSpec> withoutBootOrder(MachineSpec machine) {
    if (machine.bootOrder().isEmpty()) {
      return Conversion.lossless(machine);
    }
    Loss loss =
        new Loss(
            "ovf.boot-order.dropped",
            Severity.WARNING,
            "bootOrder",
            String.join(", ", machine.bootOrder()),
            "OVF 1.1 has no word for it; consumers try disks in their order",
            null);
    return new Conversion<>(machine.toBuilder().bootOrder(List.of()).build(), List.of(loss));
  }

  private EnvelopeDraft envelope() {
    List<DraftDisk> disks = new ArrayList<>();
    for (int i = 0; i < machine.disks().size(); i++) {
      disks.add(disk(machine.disks().get(i), files.get(i)));
    }
    Set<String> networks = new LinkedHashSet<>();
    machine.nics().stream()
        .map(NicSpec::network)
        .filter(network -> network != null && !network.isBlank())
        .forEach(networks::add);
    return new EnvelopeDraft(
        machine.name(),
        files.stream().flatMap(Optional::stream).toList(),
        disks,
        List.copyOf(networks),
        List.of(machine()));
  }

  private static DraftDisk disk(DiskSpec disk, Optional<DraftFile> file) {
    return new DraftDisk(
        disk.key(),
        file.map(DraftFile::id).orElse(null),
        disk.capacityBytes(),
        file.map(there -> DraftDisk.STREAM_OPTIMIZED).orElse(null),
        null);
  }

  private DraftMachine machine() {
    CpuSpec cpu = machine.cpu();
    Long memoryBytes = machine.memoryBytes();
    if (cpu == null) {
      lose("ovf.cpu.invented", Severity.WARNING, "cpu", null, "OVF needs a number; 1 is written");
    }
    if (memoryBytes == null) {
      lose(
          "ovf.memory.invented",
          Severity.WARNING,
          "memoryBytes",
          null,
          "OVF needs a size; 1 MiB is written");
    }
    if (machine.uuid() != null) {
      lose("ovf.uuid.dropped", Severity.INFO, "uuid", machine.uuid(), "OVF has no word for it");
    }
    if (machine.secureBoot() != null) {
      lose(
          "ovf.secure-boot.dropped",
          Severity.WARNING,
          "secureBoot",
          machine.secureBoot().toString(),
          "OVF has no word for it");
    }
    machine.extras().stream()
        .filter(extra -> !extra.namespace().equals(OvfReading.PROPERTIES))
        .forEach(
            extra ->
                lose(
                    "ovf.extra.dropped",
                    Severity.INFO,
                    "extras[" + extra.namespace() + "]." + extra.name(),
                    extra.value(),
                    "another product's setting has no counterpart"));
    List<DraftController> controllers = new ArrayList<>();
    List<DraftAttachment> attachments = attachments(controllers);
    return new DraftMachine(
        machine.name(),
        machine.name(),
        List.of(),
        cpu == null ? 1 : cpu.count(),
        cpu == null ? null : cpu.coresPerSocket(),
        memoryBytes == null ? LEAST_MEMORY_BYTES : memoryBytes,
        firmware(),
        guestOs(),
        properties().isEmpty() ? List.of() : List.of("iso", "com.vmware.guestInfo"),
        controllers,
        attachments,
        nics(),
        properties());
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
    io.intermodal.hypervisor.GuestOs os = machine.guestOs();
    if (os == null) {
      return null;
    }
    Integer number = os.cimOsType();
    return new GuestOs(
        number == null ? null : number.toString(), os.version(), os.description(), os.vendorType());
  }

  private List<DraftAttachment> attachments(List<DraftController> controllers) {
    Map<DiskBus, String> controllerOf = new EnumMap<>(DiskBus.class);
    List<DraftAttachment> attachments = new ArrayList<>();
    for (DiskSpec disk : machine.disks()) {
      DiskBus bus = disk.bus();
      String controller =
          bus == null
              ? null
              : controllerOf.computeIfAbsent(bus, wanted -> addController(wanted, controllers));
      attachments.add(
          new DraftAttachment(
              controller, controller == null ? null : disk.unit(), disk.key(), null));
    }
    for (RemovableDrive drive : machine.drives()) {
      if (drive.kind() == RemovableDrive.Kind.OPTICAL) {
        attachments.add(new DraftAttachment(null, null, null, null));
      } else {
        lose(
            "ovf.floppy.dropped",
            Severity.INFO,
            "drives[" + drive.key() + "]",
            "FLOPPY",
            "consumers without floppy drives refuse it; it is left out");
      }
    }
    return attachments;
  }

  private String addController(DiskBus bus, List<DraftController> controllers) {
    String key = bus.name().toLowerCase(Locale.ROOT);
    controllers.add(
        switch (bus) {
          case IDE -> new DraftController(key, IDE_CONTROLLER, null, 0);
          case SCSI -> new DraftController(key, SCSI_CONTROLLER, null, 0);
          case SATA -> new DraftController(key, OTHER_STORAGE_CONTROLLER, "AHCI", 0);
          case NVME ->
              new DraftController(key, OTHER_STORAGE_CONTROLLER, "vmware.nvme.controller", 0);
          case VIRTIO, XEN -> {
            lose(
                "ovf.bus.vendor",
                Severity.WARNING,
                "disks.bus",
                bus.name(),
                "OVF has no common word for it; it is written as a SCSI controller of type virtio");
            yield new DraftController(key, SCSI_CONTROLLER, "virtio", 0);
          }
        });
    return key;
  }

  private List<DraftNic> nics() {
    List<DraftNic> nics = new ArrayList<>();
    for (NicSpec nic : machine.nics()) {
      String network = nic.network();
      if (network == null || network.isBlank()) {
        lose(
            "ovf.nic.disconnected",
            Severity.WARNING,
            "nics[" + nic.key() + "]",
            nic.mac(),
            "OVF has no card without a network; it is left out");
      } else {
        nics.add(new DraftNic(nic.model(), network, nic.mac()));
      }
    }
    return nics;
  }

  private List<DraftProperty> properties() {
    return machine.extras().stream()
        .filter(extra -> extra.namespace().equals(OvfReading.PROPERTIES))
        .map(OvfWriting::property)
        .toList();
  }

  private static DraftProperty property(Extra extra) {
    return new DraftProperty(extra.name(), "string", extra.value(), true, false, null);
  }

  private void lose(
      String rule, Severity severity, String path, @Nullable String value, String reason) {
    losses.add(new Loss(rule, severity, path, value, reason, null));
  }
}
