package io.intermodal.ovf;

import io.intermodal.ovf.internal.Texts;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Is something a machine boots from.
 *
 * @param kind what sort of device
 * @param index which of its sort, from 1; null where the descriptor does not number them
 * @param instanceId the InstanceID of the item; null where the descriptor does not name one
 * @param text what was written: a structured boot string, a vendor's word
 */
public record BootSource(
    Kind kind, @Nullable Integer index, @Nullable String instanceId, String text) {

  /** Names sorts of devices to boot from. */
  public enum Kind {
    /** A hard disk. */
    DISK,
    /** A CD or DVD drive. */
    OPTICAL,
    /** A floppy drive. */
    FLOPPY,
    /** A network adapter. */
    NETWORK,
    /** A USB device. */
    USB,
    /** Something else, see the text. */
    OTHER
  }

  /** Tells the kind by the words of CIM, VMware and VirtualBox. */
  static Kind kind(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "hard-disk", "harddisk", "disk", "hdd" -> Kind.DISK;
      case "cd/dvd", "cd", "dvd", "cdrom", "cd-rom" -> Kind.OPTICAL;
      case "floppy" -> Kind.FLOPPY;
      case "network", "net", "ethernet" -> Kind.NETWORK;
      case "usb" -> Kind.USB;
      default -> Kind.OTHER;
    };
  }

  /**
   * Reads a CIM structured boot string, {@code CIM:Hard-Disk:1}: an organisation, a word of its own
   * and a number from 1. Another organisation's words are not known.
   */
  static BootSource structured(String text) {
    String[] parts = text.split(":", 3);
    Integer index = parts.length == 3 ? Texts.number(parts[2]) : null;
    boolean cim = parts.length > 1 && parts[0].strip().equalsIgnoreCase("CIM");
    return new BootSource(
        cim ? kind(parts[1]) : Kind.OTHER, index == null || index == 0 ? null : index, null, text);
  }
}
