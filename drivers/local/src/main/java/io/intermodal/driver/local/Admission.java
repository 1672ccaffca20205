package io.intermodal.driver.local;

import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Limits;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.RemovableDrive;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks a machine against what its profile declares and states what was left to the platform. The
 * choices depend on nothing but the definition, so that every cycle of a test gives the same.
 */
final class Admission {

  private static final long DEFAULT_MEMORY_BYTES = 1L << 30;

  private final HypervisorRecord hypervisor;
  private final Capabilities capabilities;

  Admission(HypervisorRecord hypervisor) {
    this.hypervisor = hypervisor;
    this.capabilities = hypervisor.profile().capabilities();
  }

  /**
   * Admits a machine.
   *
   * @param id id the machine will have
   * @return the machine with everything stated that the platform chooses
   * @throws HypervisorException {@code LIMIT_EXCEEDED} when a figure or a device is not offered,
   *     {@code NO_SUCH_PART} for a network that the folder does not have
   */
  MachineSpec admit(MachineSpec spec, String id) {
    String name = spec.name();
    atMost(name, "name", "characters", (long) name.length(), (long) capabilities.maxNameLength());
    MachineSpec stated =
        spec.toBuilder()
            .uuid(spec.uuid() == null ? uuid(id) : spec.uuid())
            .cpu(spec.cpu() == null ? CpuSpec.of(1) : spec.cpu())
            .memoryBytes(spec.memoryBytes() == null ? DEFAULT_MEMORY_BYTES : spec.memoryBytes())
            .firmware(spec.firmware() == null ? Firmware.BIOS : spec.firmware())
            .disks(spec.disks().stream().map(this::state).toList())
            .nics(spec.nics().stream().map(nic -> state(nic, id)).toList())
            .build();
    requireLimits(stated);
    requireFirmware(stated);
    stated.disks().forEach(disk -> requireOffered(name, disk));
    stated.nics().forEach(nic -> requireOffered(name, nic));
    for (RemovableDrive drive : stated.drives()) {
      boolean offered =
          drive.kind() == RemovableDrive.Kind.OPTICAL
              ? capabilities.optical()
              : capabilities.floppy();
      if (!offered) {
        throw refused(name, "the drive " + drive.key() + " is " + drive.kind(), "no such drive");
      }
    }
    return stated;
  }

  /** Admits one more disk of a machine. */
  DiskSpec admit(MachineSpec spec, DiskSpec disk) {
    DiskSpec stated = state(disk);
    requireLimits(spec.toBuilder().addDisk(stated).build());
    requireOffered(spec.name(), stated);
    return stated;
  }

  void requireLimits(MachineSpec spec) {
    Limits limits = capabilities.limits();
    String name = spec.name();
    CpuSpec cpu = spec.cpu();
    atMost(name, "cpu", "processors", cpu == null ? null : (long) cpu.count(), limits.maxCpus());
    atMost(name, "memory", "bytes", spec.memoryBytes(), limits.maxMemoryBytes());
    atMost(name, "disks", "disks", (long) spec.disks().size(), limits.maxDisks());
    atMost(name, "nics", "network cards", (long) spec.nics().size(), limits.maxNics());
    for (DiskSpec disk : spec.disks()) {
      atMost(name, "disk " + disk.key(), "bytes", disk.capacityBytes(), limits.maxDiskBytes());
    }
  }

  private DiskSpec state(DiskSpec disk) {
    return disk.bus() == null ? disk.withBus(capabilities.diskBuses().get(0), disk.unit()) : disk;
  }

  private NicSpec state(NicSpec nic, String id) {
    NicSpec stated = nic.model() == null ? nic.withModel(capabilities.nicModels().get(0)) : nic;
    return stated.mac() == null ? stated.withMac(mac(id, nic.key())) : stated;
  }

  private String mac(String id, String key) {
    String digits = SafeName.digest(id + '\n' + key);
    StringBuilder mac = new StringBuilder(hypervisor.profile().macPrefix());
    // vSphere keeps the upper three quarters of its last three octets for itself.
    int first = Integer.parseInt(digits.substring(0, 2), 16) & 0x3f;
    mac.append(':').append(Character.forDigit(first >> 4, 16));
    mac.append(Character.forDigit(first & 15, 16));
    IntStream.of(2, 4).forEach(at -> mac.append(':').append(digits, at, at + 2));
    return mac.toString();
  }

  private static String uuid(String id) {
    return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private void requireFirmware(MachineSpec spec) {
    Firmware firmware = spec.firmware();
    if (firmware != null && !capabilities.firmware().contains(firmware)) {
      throw refused(spec.name(), "its firmware is " + firmware, capabilities.firmware().toString());
    }
    if (Boolean.TRUE.equals(spec.secureBoot()) && firmware != Firmware.EFI) {
      throw refused(spec.name(), "it asks for secure boot with BIOS", "secure boot with EFI");
    }
  }

  private void requireOffered(String machine, DiskSpec disk) {
    if (!capabilities.diskBuses().contains(disk.bus())) {
      throw refused(
          machine,
          "the disk " + disk.key() + " is on the bus " + disk.bus(),
          capabilities.diskBuses().toString());
    }
  }

  private void requireOffered(String machine, NicSpec nic) {
    if (!capabilities.nicModels().contains(nic.model())) {
      throw refused(
          machine,
          "the network card " + nic.key() + " has the model " + nic.model(),
          capabilities.nicModels().toString());
    }
    List<String> networks = hypervisor.networks();
    if (nic.network() != null && !networks.contains(nic.network())) {
      throw new HypervisorException(
          HypervisorError.NO_SUCH_PART,
          LocalDriver.ID,
          "cannot connect the network card "
              + nic.key()
              + " of "
              + machine
              + " to "
              + nic.network()
              + ": the folder's networks are "
              + networks
              + "; choose one, or add it to hypervisor.json",
          machine);
    }
  }

  private void atMost(
      String machine, String what, String unit, @Nullable Long value, @Nullable Number most) {
    if (value != null && most != null && value > most.longValue()) {
      throw new HypervisorException(
          HypervisorError.LIMIT_EXCEEDED,
          LocalDriver.ID,
          "cannot give "
              + machine
              + " what it asks for: "
              + what
              + " is "
              + value
              + " "
              + unit
              + ", "
              + hypervisor.profile().productName()
              + " gives at most "
              + most
              + " ("
              + capabilities.limits().source()
              + ")",
          machine);
    }
  }

  private HypervisorException refused(String machine, String what, String offered) {
    return new HypervisorException(
        HypervisorError.LIMIT_EXCEEDED,
        LocalDriver.ID,
        "cannot give "
            + machine
            + " what it asks for: "
            + what
            + ", "
            + hypervisor.profile().productName()
            + " offers "
            + offered,
        machine);
  }
}
