package io.intermodal.driver.local;

import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.GuestOs;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names the product that a folder stands for and what differs between them. What each declares is
 * in {@link ProfileTable}.
 */
enum Profile {
  VSPHERE("vSphere", "vmdk-streamOptimized", ".vmdk", true, "00:50:56", "VM Network", 2600) {
    @Override
    String linuxNic(int slot) {
      // The kernel names a card by its PCI slot; vSphere gives these slots in this order.
      int[] slots = {192, 224, 256, 161, 193, 225, 257, 162, 194, 226};
      return "ens" + (slot < slots.length ? slots[slot] : 192 + slot * 32);
    }
  },
  KVM("KVM", "qcow2", ".qcow2", false, "52:54:00", "default", 2594) {
    @Override
    String linuxNic(int slot) {
      return "ens" + (3 + slot);
    }
  },
  XEN("Xen", "raw", ".raw", false, "00:16:3e", "Network 0", 2500),
  HYPERV("Hyper-V", "raw", ".raw", true, "00:15:5d", "Default Switch", 2592);

  private final String product;
  private final String diskFormat;
  private final String diskSuffix;
  private final boolean namesIgnoreCase;
  private final String macPrefix;
  private final String network;
  private final int cpuMhz;

  Profile(
      String product,
      String diskFormat,
      String diskSuffix,
      boolean namesIgnoreCase,
      String macPrefix,
      String network,
      int cpuMhz) {
    this.product = product;
    this.diskFormat = diskFormat;
    this.diskSuffix = diskSuffix;
    this.namesIgnoreCase = namesIgnoreCase;
    this.macPrefix = macPrefix;
    this.network = network;
    this.cpuMhz = cpuMhz;
  }

  static Optional<Profile> named(String id) {
    return Arrays.stream(values()).filter(profile -> profile.id().equals(id)).findFirst();
  }

  static String ids() {
    return Arrays.stream(values()).map(Profile::id).collect(Collectors.joining(", "));
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String productName() {
    return "Local folder (" + product + " profile)";
  }

  Capabilities capabilities() {
    return ProfileTable.of(this);
  }

  /** Returns the id of the one disk format that machines of the folder have. */
  String diskFormat() {
    return diskFormat;
  }

  String diskSuffix() {
    return diskSuffix;
  }

  boolean hasRawDisks() {
    return diskFormat.equals("raw");
  }

  boolean sameName(String one, String other) {
    return namesIgnoreCase ? one.equalsIgnoreCase(other) : one.equals(other);
  }

  /** Returns the first three octets of the addresses it gives. */
  String macPrefix() {
    return macPrefix;
  }

  /** Returns the networks of a new folder. */
  List<String> defaultNetworks() {
    return List.of(network);
  }

  /** Returns the clock a guest sees; they differ by less than the tenth that TIOSA forgives. */
  int cpuMhz() {
    return cpuMhz;
  }

  /** Returns the name a guest gives the card in a slot, from 0. */
  String nicName(int slot, @Nullable GuestOs guestOs) {
    if (guestOs != null && guestOs.isWindows()) {
      return slot == 0 ? "Ethernet" : "Ethernet " + (slot + 1);
    }
    return linuxNic(slot);
  }

  String linuxNic(int slot) {
    return "eth" + slot;
  }
}
