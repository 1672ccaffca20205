package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the firmware in the places where vendors write it: VMware's Config and ExtraConfig,
 * VirtualBox's machine settings, oVirt's BiosType.
 */
final class FirmwarePlaces {

  private FirmwarePlaces() {}

  static @Nullable Firmware find(
      Content.VirtualSystem system,
      Section.VirtualHardware hardware,
      Dialect dialect,
      @Nullable String configuration) {
    XmlElement section = hardware.header().element();
    for (String place : List.of("Config", "ExtraConfig")) {
      for (XmlElement config : section.elements().toList()) {
        if (config.is(Dialect.VMW, place) && "firmware".equals(value(config, "key"))) {
          List<String> options = Texts.words(dialect.filled(config, "configuration"));
          if (options.isEmpty() || (configuration != null && options.contains(configuration))) {
            Firmware firmware = named(value(config, "value"));
            if (firmware != null) {
              return firmware;
            }
          }
        }
      }
    }
    Firmware vbox = virtualBox(system.element());
    return vbox != null ? vbox : ovirt(system.element());
  }

  static @Nullable String value(XmlElement config, String name) {
    String value = config.attribute(Dialect.VMW, name).orElse(null);
    return value != null ? value : config.attribute("", name).orElse(null);
  }

  static @Nullable Firmware named(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "bios" -> Firmware.BIOS;
      case "efi", "uefi", "efi32", "efi64", "efidual" -> Firmware.EFI;
      default -> null;
    };
  }

  private static @Nullable Firmware virtualBox(XmlElement system) {
    return system
        .element(Dialect.VBOX, "Machine")
        .flatMap(m -> m.elements().filter(e -> e.localName().equals("Hardware")).findFirst())
        .map(FirmwarePlaces::virtualBoxHardware)
        .orElse(null);
  }

  private static @Nullable Firmware virtualBoxHardware(XmlElement hardware) {
    for (XmlElement e : hardware.elements().toList()) {
      if (e.localName().equals("Firmware")) {
        return named(e.attribute("", "type").orElse(null));
      }
      if (e.localName().equals("BIOS")) {
        XmlElement inner =
            e.elements().filter(f -> f.localName().equals("Firmware")).findFirst().orElse(null);
        if (inner != null) {
          return named(inner.attribute("", "type").orElse(null));
        }
      }
    }
    return null;
  }

  private static @Nullable Firmware ovirt(XmlElement system) {
    String type =
        system
            .elements()
            .filter(e -> Set.of("BiosType", "bios_type").contains(e.localName()))
            .map(e -> e.text().strip())
            .findFirst()
            .orElse("");
    return switch (type) {
      case "1", "2" -> Firmware.BIOS;
      case "3", "4" -> Firmware.EFI;
      default -> null;
    };
  }
}
