package io.intermodal.hypervisor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * States what a machine is, in words that no product owns. It is the only machine model that
 * crosses a module's border: every descriptor format and every driver maps to it and from it.
 * Immutable.
 *
 * @param name name for people; not unique
 * @param uuid identity the guest sees in its firmware tables; null when the platform chooses
 * @param cpu processors; null when not stated
 * @param memoryBytes memory in bytes, at least 1; null when not stated
 * @param firmware what starts the boot loader; null when not stated
 * @param secureBoot whether the firmware checks signatures; null when not stated
 * @param guestOs operating system it was made for; null when not stated
 * @param disks fixed disks, keys unique; the first is the boot disk unless {@code bootOrder} says
 *     otherwise
 * @param nics network cards in the order of the guest's slots, keys unique
 * @param drives drives for removable media
 * @param bootOrder keys of disks, cards and drives, first tried first; empty when not stated
 * @param extras settings that only one product knows
 */
public record MachineSpec(
    String name,
    @Nullable String uuid,
    @Nullable CpuSpec cpu,
    @Nullable Long memoryBytes,
    @Nullable Firmware firmware,
    @Nullable Boolean secureBoot,
    @Nullable GuestOs guestOs,
    List<DiskSpec> disks,
    List<NicSpec> nics,
    List<RemovableDrive> drives,
    List<String> bootOrder,
    List<Extra> extras) {

  /** Validates the name, the memory and that keys are unique. */
  public MachineSpec {
    Objects.requireNonNull(name, "name");
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
    if (memoryBytes != null && memoryBytes < 1) {
      throw new IllegalArgumentException("memoryBytes must be at least 1: " + memoryBytes);
    }
    disks = List.copyOf(disks);
    nics = List.copyOf(nics);
    drives = List.copyOf(drives);
    bootOrder = List.copyOf(bootOrder);
    extras = List.copyOf(extras);
    Set<String> keys = new HashSet<>();
    disks.forEach(disk -> requireNew(keys, disk.key()));
    nics.forEach(nic -> requireNew(keys, nic.key()));
    drives.forEach(drive -> requireNew(keys, drive.key()));
    for (String key : bootOrder) {
      if (!keys.contains(key)) {
        throw new IllegalArgumentException("bootOrder names no device of the machine: " + key);
      }
    }
  }

  private static void requireNew(Set<String> keys, String key) {
    if (!keys.add(key)) {
      throw new IllegalArgumentException("two devices have the key " + key);
    }
  }

  /** Starts a machine with a name and nothing else stated. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Starts a change of this machine. */
  public Builder toBuilder() {
    Builder builder = new Builder(name);
    builder.uuid = uuid;
    builder.cpu = cpu;
    builder.memoryBytes = memoryBytes;
    builder.firmware = firmware;
    builder.secureBoot = secureBoot;
    builder.guestOs = guestOs;
    builder.disks.addAll(disks);
    builder.nics.addAll(nics);
    builder.drives.addAll(drives);
    builder.bootOrder.addAll(bootOrder);
    builder.extras.addAll(extras);
    return builder;
  }

  /** Returns the disk with that key. */
  public Optional<DiskSpec> disk(String key) {
    return disks.stream().filter(disk -> disk.key().equals(key)).findFirst();
  }

  /** Returns the disk that is tried first: the first of the boot order, else the first at all. */
  public Optional<DiskSpec> bootDisk() {
    return bootOrder.stream()
        .flatMap(key -> disk(key).stream())
        .findFirst()
        .or(() -> disks.stream().findFirst());
  }

  /** Collects the parts of a machine. Not thread-safe. */
  public static final class Builder {
    private String name;
    private @Nullable String uuid;
    private @Nullable CpuSpec cpu;
    private @Nullable Long memoryBytes;
    private @Nullable Firmware firmware;
    private @Nullable Boolean secureBoot;
    private @Nullable GuestOs guestOs;
    private final List<DiskSpec> disks = new ArrayList<>();
    private final List<NicSpec> nics = new ArrayList<>();
    private final List<RemovableDrive> drives = new ArrayList<>();
    private final List<String> bootOrder = new ArrayList<>();
    private final List<Extra> extras = new ArrayList<>();

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
    }

    /** Sets the name. */
    public Builder name(String value) {
      name = Objects.requireNonNull(value, "name");
      return this;
    }

    /** Sets the identity the guest sees. */
    public Builder uuid(@Nullable String value) {
      uuid = value;
      return this;
    }

    /** Sets the processors. */
    public Builder cpu(@Nullable CpuSpec value) {
      cpu = value;
      return this;
    }

    /** Sets the number of processors, without a topology. */
    public Builder cpus(int count) {
      return cpu(CpuSpec.of(count));
    }

    /** Sets the memory in bytes. */
    public Builder memoryBytes(@Nullable Long value) {
      memoryBytes = value;
      return this;
    }

    /** Sets what starts the boot loader. */
    public Builder firmware(@Nullable Firmware value) {
      firmware = value;
      return this;
    }

    /** Sets whether the firmware checks signatures. */
    public Builder secureBoot(@Nullable Boolean value) {
      secureBoot = value;
      return this;
    }

    /** Sets the operating system. */
    public Builder guestOs(@Nullable GuestOs value) {
      guestOs = value;
      return this;
    }

    /** Adds a disk. */
    public Builder addDisk(DiskSpec value) {
      disks.add(Objects.requireNonNull(value, "disk"));
      return this;
    }

    /** Replaces all disks. */
    public Builder disks(List<DiskSpec> values) {
      disks.clear();
      disks.addAll(values);
      return this;
    }

    /** Adds a network card. */
    public Builder addNic(NicSpec value) {
      nics.add(Objects.requireNonNull(value, "nic"));
      return this;
    }

    /** Replaces all network cards. */
    public Builder nics(List<NicSpec> values) {
      nics.clear();
      nics.addAll(values);
      return this;
    }

    /** Adds a drive for removable media. */
    public Builder addDrive(RemovableDrive value) {
      drives.add(Objects.requireNonNull(value, "drive"));
      return this;
    }

    /** Replaces all drives for removable media. */
    public Builder drives(List<RemovableDrive> values) {
      drives.clear();
      drives.addAll(values);
      return this;
    }

    /** Replaces the boot order. */
    public Builder bootOrder(List<String> keys) {
      bootOrder.clear();
      bootOrder.addAll(keys);
      return this;
    }

    /** Adds a setting that only one product knows. */
    public Builder addExtra(Extra value) {
      extras.add(Objects.requireNonNull(value, "extra"));
      return this;
    }

    /** Replaces the settings that only one product knows. */
    public Builder extras(List<Extra> values) {
      extras.clear();
      extras.addAll(values);
      return this;
    }

    /** Makes the machine. */
    public MachineSpec build() {
      return new MachineSpec(
          name,
          uuid,
          cpu,
          memoryBytes,
          firmware,
          secureBoot,
          guestOs,
          disks,
          nics,
          drives,
          bootOrder,
          extras);
    }
  }
}
