package io.intermodal.ovf.edit;

import io.intermodal.ovf.Item;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows what it means to name a hardware family. The facts are from what the makers publish about
 * their hardware versions; they were not tried on the products.
 */
final class HardwareFamilies {

  private static final Pattern VMX = Pattern.compile("vmx-0*([0-9]{1,3})");

  /** The release of ESXi that brought a hardware version. */
  private static final TreeMap<Integer, String> ESXI =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(7, "4.0"),
              Map.entry(8, "5.0"),
              Map.entry(9, "5.1"),
              Map.entry(10, "5.5"),
              Map.entry(11, "6.0"),
              Map.entry(13, "6.5"),
              Map.entry(14, "6.7"),
              Map.entry(15, "6.7 U2"),
              Map.entry(17, "7.0"),
              Map.entry(18, "7.0 U1"),
              Map.entry(19, "7.0 U2"),
              Map.entry(20, "8.0"),
              Map.entry(21, "8.0 U2")));

  /** The first VMware hardware version with a device, by a part of its sub type. */
  private static final Map<String, Integer> SINCE =
      Map.of(
          "vmxnet3", 7,
          "virtualscsi", 7,
          "lsilogicsas", 7,
          "e1000e", 8,
          "usb.xhci", 8,
          "ahci", 10,
          "nvme", 13,
          "vtpm", 14);

  private HardwareFamilies() {}

  /** Returns what the families mean for a hardware section as a whole. */
  static List<String> consequences(List<String> families, XmlElement section) {
    List<String> all = new ArrayList<>();
    boolean vmware = false;
    for (String family : families) {
      int version = version(family);
      if (version > 0) {
        vmware = true;
        Map.Entry<Integer, String> release = ESXI.ceilingEntry(version);
        all.add(
            family
                + (release == null
                    ? " needs an ESXi later than 8.0 U2"
                    : " needs ESXi " + release.getValue() + " or later"));
      } else if (family.startsWith("virtualbox")) {
        all.add("VMware refuses the family " + family + " unless checks are relaxed");
      } else if (family.startsWith("xen")) {
        all.add("VMware and VirtualBox do not know the family " + family);
      }
    }
    int least =
        families.stream().mapToInt(HardwareFamilies::version).filter(v -> v > 0).min().orElse(0);
    for (XmlElement e : section.elements().toList()) {
      if (!e.is(Dialect.VMW, "Config") && !e.is(Dialect.VMW, "ExtraConfig")) {
        continue;
      }
      String key = e.attribute(Dialect.VMW, "key").orElse("");
      String value = e.attribute(Dialect.VMW, "value").orElse("").toLowerCase(Locale.ROOT);
      if (vmware && least < 8 && key.equals(FirmwareEdits.FIRMWARE_KEY) && value.equals("efi")) {
        all.add("EFI needs vmx-8 or later");
      }
      if (vmware
          && least < 13
          && key.equals(FirmwareEdits.SECURE_BOOT_KEY)
          && value.equals("true")) {
        all.add("secure boot needs vmx-13 or later");
      }
    }
    return all;
  }

  /** Returns what the families mean for one device. */
  static List<String> consequences(List<String> families, Item item) {
    List<String> all = new ArrayList<>();
    String model =
        item.resourceSubType() == null ? "" : item.resourceSubType().toLowerCase(Locale.ROOT);
    for (String family : families) {
      int version = version(family);
      SINCE.forEach(
          (device, since) -> {
            boolean named =
                model.equals(device)
                    || (device.length() > 4
                        ? model.contains(device)
                        : model.contains("." + device));
            if (version > 0 && version < since && named) {
              all.add("the device " + model + " needs vmx-" + since + " or later");
            }
          });
      boolean vmwareOnly = List.of("vmxnet3", "virtualscsi").contains(model);
      if (version == 0 && vmwareOnly) {
        all.add("the device " + model + " is VMware's; it may be replaced or refused");
      }
    }
    all.sort(null);
    return all.stream().distinct().toList();
  }

  /** Returns VMware's hardware version; 0 for another maker's family. */
  private static int version(String family) {
    Matcher vmx = VMX.matcher(family.toLowerCase(Locale.ROOT));
    return vmx.matches() ? Integer.parseInt(vmx.group(1)) : 0;
  }
}
