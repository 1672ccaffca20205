package io.intermodal.ovf;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes a machine as it would be deployed in one configuration: options chosen, properties put
 * in, range markers left out. What the descriptor does not state or states wrongly is null.
 *
 * @param id the id of the virtual system
 * @param name its Name, else the VirtualSystemIdentifier of its hardware
 * @param collectionPath the ids of the collections around it, outermost first; one without an id is
 *     left out
 * @param cpus the number of virtual processors
 * @param coresPerSocket VMware's and oVirt's layout
 * @param memoryBytes the memory in bytes
 * @param firmware null when not stated, which is the platform's default and not always BIOS
 * @param virtualSystemTypes alternatives of the hardware family
 * @param transports how the environment document may reach the guest
 * @param disks disks in order of their devices
 * @param nics NICs in order
 * @param controllers of disks and drives, and of USB: resource types 5 to 8, 20 and 23
 * @param drives floppy, CD and DVD drives in order
 * @param properties of the machine and, after them, of the collections around it, inner first
 * @param secureBoot whether only signed code may boot; null when not stated
 * @param nvram the file with the variables of the firmware; null when none is named in References
 * @param tpm whether it has a virtual TPM
 * @param bootOrder what it boots from, in order; empty when not stated
 * @param items all devices of the chosen configuration, in order
 * @param ranges what the descriptor allows for those of them that have range markers
 * @param system the virtual system it comes from
 * @param hardware the hardware section it comes from; null when the system has none
 */
public record Machine(
    @Nullable String id,
    @Nullable String name,
    List<String> collectionPath,
    @Nullable Integer cpus,
    @Nullable Integer coresPerSocket,
    @Nullable Long memoryBytes,
    @Nullable Firmware firmware,
    @Nullable GuestOs guestOs,
    List<String> virtualSystemTypes,
    List<String> transports,
    List<AttachedDisk> disks,
    List<Nic> nics,
    List<Controller> controllers,
    List<Drive> drives,
    List<EffectiveProperty> properties,
    @Nullable Boolean secureBoot,
    @Nullable FileReference nvram,
    boolean tpm,
    List<BootSource> bootOrder,
    List<Item> items,
    List<ResourceRange> ranges,
    Content.VirtualSystem system,
    Section.@Nullable VirtualHardware hardware) {

  /** Copies the lists. */
  public Machine {
    collectionPath = List.copyOf(collectionPath);
    virtualSystemTypes = List.copyOf(virtualSystemTypes);
    transports = List.copyOf(transports);
    disks = List.copyOf(disks);
    nics = List.copyOf(nics);
    controllers = List.copyOf(controllers);
    drives = List.copyOf(drives);
    properties = List.copyOf(properties);
    bootOrder = List.copyOf(bootOrder);
    items = List.copyOf(items);
    ranges = List.copyOf(ranges);
    Objects.requireNonNull(system, "system");
  }

  /** Names what a drive for removable media takes. */
  public enum Drive {
    /** Resource type 14. */
    FLOPPY,
    /** Resource types 15 and 16: CD and DVD. */
    OPTICAL
  }

  /** Returns the number of drives for removable media. */
  public int removableDrives() {
    return drives.size();
  }

  /** Returns VMware's settings of the whole machine, in order; {@link VmwareConfig#value} picks. */
  public List<VmwareConfig> vmwareConfigs() {
    return hardware == null ? List.of() : hardware.vmwareConfigs();
  }

  /** Finds the controller of a disk of this machine. */
  public Optional<Controller> controllerOf(AttachedDisk disk) {
    String id = disk.controller();
    return controllers.stream().filter(c -> id != null && id.equals(c.instanceId())).findFirst();
  }

  /** Finds how much of an item of this machine there may be; empty without range markers. */
  public Optional<ResourceRange> rangeOf(Item item) {
    String id = item.instanceId();
    return ranges.stream()
        .filter(r -> r.instanceId().equals(id))
        .filter(r -> r.property() == ResourceRange.Property.QUANTITY)
        .findFirst();
  }

  /**
   * Returns the address of a disk. Devices are linked by their controller, not by these numbers:
   * two controllers with one bus number do occur.
   */
  public DeviceAddress addressOf(AttachedDisk disk) {
    return new DeviceAddress(
        disk.bus(), controllerOf(disk).map(Controller::busNumber).orElse(null), disk.unit());
  }

  /**
   * Is a disk of a machine.
   *
   * @param diskId the id of the {@link Disk}; null when the device names none that exists
   * @param capacityBytes with the properties of the chosen configuration
   * @param bus {@code ide}, {@code scsi}, {@code sata}, {@code nvme}, {@code virtio} or another
   *     word in lower case
   * @param controller the InstanceID of its controller, for {@link Controller#instanceId()}
   * @param unit the address on the controller
   */
  public record AttachedDisk(
      @Nullable String diskId,
      @Nullable Long capacityBytes,
      @Nullable String bus,
      @Nullable String controller,
      @Nullable Integer unit,
      Item item) {

    /** Validates the item. */
    public AttachedDisk {
      Objects.requireNonNull(item, "item");
    }
  }

  /**
   * Is a network adapter.
   *
   * @param model the sub type as written; may be alternatives
   * @param network the first connection
   * @param mac in lower case with colons; null when none is fixed
   */
  public record Nic(
      @Nullable String model, @Nullable String network, @Nullable String mac, Item item) {

    /** Validates the item. */
    public Nic {
      Objects.requireNonNull(item, "item");
    }
  }

  /**
   * Is a controller.
   *
   * @param resourceType the CIM number
   * @param subtype the model as written
   * @param bus the bus it gives to disks, as in {@link AttachedDisk}
   * @param busNumber the number of the bus among those of its kind
   */
  public record Controller(
      @Nullable String instanceId,
      int resourceType,
      @Nullable String subtype,
      @Nullable String bus,
      @Nullable Integer busNumber,
      Item item) {

    /** Validates the item. */
    public Controller {
      Objects.requireNonNull(item, "item");
    }
  }

  /** Writes a hardware address in lower case with colons; null when it is none. */
  static @Nullable String plainMac(String address) {
    String digits = address.replaceAll("[:\\-.]", "").toLowerCase(Locale.ROOT);
    return digits.matches("[0-9a-f]{12}") ? digits.replaceAll("..(?!$)", "$0:") : null;
  }

  /**
   * Is a property with the value that counts.
   *
   * @param value the value with references to other properties put in; null when there is none
   */
  public record EffectiveProperty(ProductProperty property, @Nullable String value) {

    /** Validates the property. */
    public EffectiveProperty {
      Objects.requireNonNull(property, "property");
    }

    /** Names the property; the value only when it is no secret. */
    @Override
    public String toString() {
      return property.fullKey() + "=" + (property.password() ? "***" : value);
    }
  }
}
