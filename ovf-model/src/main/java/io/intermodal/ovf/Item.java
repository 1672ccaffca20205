package io.intermodal.ovf;

import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes one device or resource: {@code Item}, {@code StorageItem} or {@code EthernetPortItem}
 * (DSP0243 "Virtual hardware section", CIM_ResourceAllocationSettingData). What is not stated or is
 * no number is null.
 *
 * @param instanceId unique in its section save for options and bounds; a number or a GUID
 * @param elementName the label; the caption where there is none
 * @param resourceType the CIM number: 3 processor, 4 memory, 5 IDE, 6 SCSI, 10 Ethernet, 17 disk
 * @param resourceSubType the model, or alternatives with blanks or commas between them, as written
 * @param virtualQuantity the number of units
 * @param allocationUnits the unit, as written; that of VirtualQuantityUnits where only it states
 *     bytes
 * @param parent the InstanceID of the controller
 * @param addressOnParent the unit number on the controller, as written
 * @param address the bus number of a controller, the MAC of a NIC, as written
 * @param hostResources what backs the device, as {@code ovf:/disk/id}
 * @param connections the networks of a NIC
 * @param connected whether it is connected at power-on; null when not stated
 * @param configurations the options it is for; empty for all
 * @param bound whether it is a device or only a range for one
 * @param required whether a consumer must provide it; true where nothing is said
 * @param element the element as written
 */
public record Item(
    Kind kind,
    @Nullable String instanceId,
    @Nullable String elementName,
    @Nullable Integer resourceType,
    @Nullable String resourceSubType,
    @Nullable BigInteger virtualQuantity,
    @Nullable String allocationUnits,
    @Nullable String parent,
    @Nullable String addressOnParent,
    @Nullable String address,
    List<String> hostResources,
    List<String> connections,
    @Nullable Boolean connected,
    List<String> configurations,
    Bound bound,
    boolean required,
    XmlElement element) {

  static final String PCI_SLOT = "slotInfo.pciSlotNumber";

  /** Tells which element it was. */
  public enum Kind {
    /** {@code Item}. */
    ITEM,
    /** {@code StorageItem}, 2.x. */
    STORAGE,
    /** {@code EthernetPortItem}, 2.x. */
    ETHERNET_PORT
  }

  /** Tells a device from a range marker. */
  public enum Bound {
    /** A device. */
    NORMAL,
    /** The least a consumer may give to the device of the same InstanceID. */
    MIN,
    /** The most a consumer may give to the device of the same InstanceID. */
    MAX
  }

  /** Copies the lists. */
  public Item {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(bound, "bound");
    Objects.requireNonNull(element, "element");
    hostResources = List.copyOf(hostResources);
    connections = List.copyOf(connections);
    configurations = List.copyOf(configurations);
  }

  /** Returns VMware's settings of the device, in order. */
  public List<VmwareConfig> vmwareConfigs() {
    return VmwareConfig.in(element);
  }

  /** Finds the PCI slot that VMware gave the device, which decides over names in the guest. */
  public Optional<Integer> pciSlot() {
    return VmwareConfig.value(vmwareConfigs(), PCI_SLOT, null).map(Texts::number);
  }

  boolean isType(int type) {
    return resourceType != null && resourceType == type;
  }
}
