package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the firmware in the places where vendors write it: VMware's Config and ExtraConfig,
 * VirtualBox's machine settings, oVirt's BiosType.
 */
final class FirmwarePlaces {

  static final String KEY = "firmware";
  static final String SECURE_BOOT = "bootOptions.efiSecureBootEnabled";
  static final String NVRAM = "nvram";

  private static final String SECURE_BOOT_LINE = "uefi.secureBoot.enabled";
  private static final Pattern FILE = Pattern.compile("(?:ovf:)?/{1,2}file/(.+)");

  private FirmwarePlaces() {}

  static @Nullable Firmware find(
      Content.VirtualSystem system,
      Section.VirtualHardware hardware,
      @Nullable String configuration) {
    Firmware stated =
        VmwareConfig.inEffect(hardware.vmwareConfigs(), KEY, configuration)
            .flatMap(c -> Stream.ofNullable(named(c.value())))
            .findFirst()
            .orElse(null);
    if (stated != null) {
      return stated;
    }
    Firmware vbox =
        system
            .element()
            .element(Dialect.VBOX, "Machine")
            .map(FirmwarePlaces::virtualBox)
            .orElse(null);
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

  /** Finds whether only signed code may boot; null when not stated. */
  static @Nullable Boolean secureBoot(
      Content.VirtualSystem system,
      Section.VirtualHardware hardware,
      @Nullable String configuration) {
    List<VmwareConfig> configs = hardware.vmwareConfigs();
    Optional<Boolean> stated =
        Stream.of(SECURE_BOOT, SECURE_BOOT_LINE)
            .flatMap(key -> VmwareConfig.inEffect(configs, key, configuration))
            .map(VmwareConfig::value)
            .filter(value -> Texts.isTrue(value) || Texts.isFalse(value))
            .map(Texts::isTrue)
            .findFirst();
    if (stated.isPresent()) {
      return stated.get();
    }
    return switch (biosType(system.element())) {
      case "1", "2", "3" -> Boolean.FALSE;
      case "4" -> Boolean.TRUE;
      default -> null;
    };
  }

  /** Finds the file with the variables of the firmware; it is named by its id or its href. */
  static @Nullable FileReference nvram(
      Section.VirtualHardware hardware, Envelope envelope, @Nullable String configuration) {
    String place =
        VmwareConfig.value(VmwareConfig.in(hardware.header().element()), NVRAM, configuration)
            .orElse(null);
    if (place == null) {
      return null;
    }
    Matcher form = FILE.matcher(place);
    return (form.matches() ? envelope.file(form.group(1)) : envelope.references().fileAt(place))
        .orElse(null);
  }

  /** Returns the firmware that VirtualBox's settings of a machine state; null when none. */
  static @Nullable Firmware virtualBox(XmlElement machine) {
    return machine
        .elements()
        .filter(e -> e.localName().equals("Hardware"))
        .findFirst()
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
    return switch (biosType(system)) {
      case "1", "2" -> Firmware.BIOS;
      case "3", "4" -> Firmware.EFI;
      default -> null;
    };
  }

  private static String biosType(XmlElement system) {
    return system
        .elements()
        .filter(e -> Set.of("BiosType", "bios_type").contains(e.localName()))
        .map(e -> e.text().strip())
        .findFirst()
        .orElse("");
  }
}
