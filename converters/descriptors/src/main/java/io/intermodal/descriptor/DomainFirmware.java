package io.intermodal.descriptor;

import io.intermodal.hypervisor.Firmware;
import io.intermodal.xml.XmlElement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says what starts the boot loader of a domain.
 *
 * @param firmware null where there is none, as in a para-virtual guest
 * @param secureBoot null when not stated
 */
record DomainFirmware(@Nullable Firmware firmware, @Nullable Boolean secureBoot) {

  static DomainFirmware of(DomainKind kind, XmlElement os) {
    if (kind.isParavirtual()) {
      return new DomainFirmware(null, null);
    }
    XmlElement loader = DomainXml.child(os, "loader").orElse(null);
    boolean efi =
        "efi".equals(DomainXml.attribute(os, "firmware"))
            || "pflash".equals(DomainXml.attribute(loader, "type"))
            || (loader != null && loader.text().toLowerCase(Locale.ROOT).contains("ovmf"));
    return efi
        ? new DomainFirmware(Firmware.EFI, secureBoot(os, loader))
        : new DomainFirmware(Firmware.BIOS, null);
  }

  private static @Nullable Boolean secureBoot(XmlElement os, @Nullable XmlElement loader) {
    XmlElement firmware = DomainXml.child(os, "firmware").orElse(null);
    if (firmware != null) {
      for (XmlElement feature : DomainXml.children(firmware, "feature")) {
        if ("secure-boot".equals(DomainXml.attribute(feature, "name"))) {
          return "yes".equals(DomainXml.attribute(feature, "enabled"));
        }
      }
    }
    return "yes".equals(DomainXml.attribute(loader, "secure")) ? Boolean.TRUE : null;
  }
}
