package io.intermodal.ovf;

import io.intermodal.ovf.internal.Texts;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds what a machine boots from, in the places where it may be stated; OVF's own counts first.
 */
final class BootOrders {

  private BootOrders() {}

  static List<BootSource> of(Content.VirtualSystem system) {
    List<BootSource> own =
        system
            .sections(Section.BootDevices.class)
            .flatMap(s -> s.configurations().stream())
            .findFirst()
            .map(BootConfiguration::sources)
            .orElse(List.of());
    if (!own.isEmpty()) {
      return own;
    }
    List<BootSource> vmware =
        system.sections(VmwareSection.BootOrder.class).flatMap(BootOrders::vmware).toList();
    return vmware.isEmpty()
        ? VirtualBoxSettings.of(system).map(VirtualBoxSettings::bootOrder).orElse(List.of())
        : vmware;
  }

  private static Stream<BootSource> vmware(VmwareSection.BootOrder section) {
    String type = section.type() == null ? "" : section.type();
    List<String> ids = Texts.words(section.instanceId());
    BootSource.Kind kind = BootSource.kind(type);
    return ids.isEmpty()
        ? Stream.of(new BootSource(kind, null, null, type))
        : ids.stream().map(id -> new BootSource(kind, null, id, type));
  }
}
