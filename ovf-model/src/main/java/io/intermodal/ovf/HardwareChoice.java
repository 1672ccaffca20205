package io.intermodal.ovf;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.internal.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses among the hardware sections of a system (DSP0243 "Virtual hardware section"). */
final class HardwareChoice {

  private HardwareChoice() {}

  /** Returns the section that counts; null when the system has none at all. */
  static Section.@Nullable VirtualHardware of(Content.VirtualSystem system, List<String> families) {
    if (families.isEmpty()) {
      return system.hardware().orElse(null);
    }
    List<Section.VirtualHardware> all = system.sections(Section.VirtualHardware.class).toList();
    if (all.isEmpty()) {
      return null;
    }
    Set<String> wanted = families.stream().map(HardwareChoice::plain).collect(Collectors.toSet());
    return all.stream()
        .filter(
            h ->
                h.virtualSystemTypes().isEmpty()
                    || h.virtualSystemTypes().stream().anyMatch(t -> wanted.contains(plain(t))))
        .findFirst()
        .orElseThrow(() -> unsupported(system, all));
  }

  private static IntermodalException unsupported(
      Content.VirtualSystem system, List<Section.VirtualHardware> all) {
    Set<String> offered = new TreeSet<>();
    all.forEach(h -> offered.addAll(h.virtualSystemTypes()));
    return new IntermodalException(
        OvfError.HARDWARE_UNSUPPORTED,
        "cannot choose the hardware of "
            + Texts.shorten(String.valueOf(system.id()))
            + ": it is for "
            + Texts.shorten(String.join(", ", offered))
            + " only; ask for one of them");
  }

  private static String plain(String family) {
    return family.strip().toLowerCase(Locale.ROOT);
  }
}
