package io.intermodal.ovf;

import io.intermodal.ovf.EnvelopeDraft.DraftController;
import io.intermodal.ovf.EnvelopeDraft.DraftDisk;
import io.intermodal.ovf.EnvelopeDraft.DraftMachine;
import io.intermodal.ovf.EnvelopeDraft.DraftNic;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses for a draft what one consumer knows; the reasons are at {@link WriterProfile}. */
final class DraftFitting {

  private static final int SCSI = 6;
  private static final int OTHER_STORAGE = 20;
  private static final int TPM = 34;
  private static final String VMX = "vmx-";

  private static final Set<String> VMWARE_NICS =
      Set.of(
          "e1000",
          "e1000e",
          "pcnet32",
          "vmxnet",
          "vmxnet2",
          "vmxnet3",
          "flexible",
          "sriovethernetcard");
  private static final Set<String> VMWARE_SCSI =
      Set.of("lsilogic", "lsilogicsas", "buslogic", "virtualscsi");
  private static final Set<String> VIRTUALBOX_NICS = Set.of("e1000", "pcnet32", "virtio");
  private static final Set<String> VIRTUALBOX_SCSI = Set.of("lsilogic", "lsilogicsas", "buslogic");
  private static final Set<String> VMWARE_ONLY =
      Set.of("vmxnet", "vmxnet2", "vmxnet3", "flexible", "virtualscsi");

  private final WriterProfile profile;

  DraftFitting(WriterProfile profile) {
    this.profile = profile;
  }

  EnvelopeDraft fit(EnvelopeDraft draft) {
    if (profile == WriterProfile.STRICT || profile == WriterProfile.OVF_2) {
      return draft;
    }
    return new EnvelopeDraft(
        draft.id(),
        draft.files(),
        draft.disks().stream().map(this::disk).toList(),
        draft.networks(),
        draft.machines().stream().map(this::machine).toList(),
        draft.group());
  }

  private DraftDisk disk(DraftDisk disk) {
    return profile != WriterProfile.VMWARE || disk.format() != null
        ? disk
        : new DraftDisk(
            disk.id(),
            disk.fileId(),
            disk.capacityBytes(),
            DraftDisk.STREAM_OPTIMIZED,
            disk.populatedBytes(),
            disk.parentId());
  }

  private DraftMachine machine(DraftMachine m) {
    return new DraftMachine(
        m.id(),
        m.name(),
        families(m),
        m.cpus(),
        m.coresPerSocket(),
        m.memoryBytes(),
        m.firmware(),
        m.guestOs(),
        m.transports(),
        m.controllers().stream().map(this::controller).toList(),
        m.attachments(),
        m.nics().stream().map(this::nic).toList(),
        m.properties(),
        m.details());
  }

  private List<String> families(DraftMachine machine) {
    return switch (profile) {
      case VMWARE -> vmwareFamilies(machine);
      case VIRTUALBOX -> List.of("virtualbox-2.2");
      case XENSERVER -> List.of("xen-3.0-unknown");
      case OVIRT -> List.of();
      case STRICT, OVF_2 -> machine.hardwareFamilies();
    };
  }

  /** Takes what is stated; else the first version that has the devices, no newer than needed. */
  private static List<String> vmwareFamilies(DraftMachine machine) {
    List<String> known =
        machine.hardwareFamilies().stream().filter(f -> f.startsWith(VMX)).toList();
    if (!known.isEmpty()) {
      return known;
    }
    boolean tpm = machine.details().devices().stream().anyMatch(d -> d.resourceType() == TPM);
    boolean nvme =
        machine.controllers().stream().anyMatch(c -> model(c.subtype()).contains("nvme"));
    boolean secure = Boolean.TRUE.equals(machine.details().secureBoot());
    return List.of(VMX + (tpm ? 14 : nvme || secure ? 13 : 10));
  }

  private static String model(@Nullable String subtype) {
    return subtype == null ? "" : subtype.toLowerCase(Locale.ROOT);
  }

  private DraftController controller(DraftController c) {
    String model = model(c.subtype());
    if (c.subtype() == null) {
      return c;
    }
    String fitted = c.subtype();
    if (c.resourceType() == OTHER_STORAGE) {
      boolean sata = model.contains("ahci") || model.contains("sata");
      boolean nvme = model.contains("nvme");
      fitted =
          switch (profile) {
            case VMWARE -> sata ? "vmware.sata.ahci" : nvme ? "vmware.nvme.controller" : fitted;
            case VIRTUALBOX -> sata ? "AHCI" : nvme ? "NVMe" : fitted;
            default -> sata ? "AHCI" : fitted;
          };
    } else if (c.resourceType() == SCSI && !knows(model, VMWARE_SCSI, VIRTUALBOX_SCSI)) {
      fitted = null;
    }
    return new DraftController(c.key(), c.resourceType(), fitted, c.busNumber());
  }

  private boolean knows(String model, Set<String> vmware, Set<String> virtualBox) {
    return switch (profile) {
      case VMWARE -> vmware.contains(model);
      case VIRTUALBOX -> virtualBox.contains(model);
      default -> !VMWARE_ONLY.contains(model);
    };
  }

  private DraftNic nic(DraftNic nic) {
    boolean known = nic.model() == null || knows(model(nic.model()), VMWARE_NICS, VIRTUALBOX_NICS);
    return known ? nic : new DraftNic(null, nic.network(), nic.mac());
  }
}
