package io.intermodal.ovf;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Puts capacities in, which may refer to properties of machines that stand after the disks. */
final class SizedDisks {

  private SizedDisks() {}

  static List<Section> in(List<Section> parsed, List<Content> contents) {
    PropertyScope scope =
        PropertyScope.whole(
            Stream.concat(
                    parsed.stream()
                        .filter(Section.Product.class::isInstance)
                        .map(Section.Product.class::cast),
                    Envelope.all(contents).flatMap(c -> c.sections(Section.Product.class)))
                .toList(),
            OptionChoice.standard(parsed).orElse(null));
    List<Section> done = new ArrayList<>();
    for (Section section : parsed) {
      if (section instanceof Section.Disks disks) {
        done.add(
            new Section.Disks(
                disks.header(), disks.disks().stream().map(d -> sized(d, scope)).toList()));
      } else {
        done.add(section);
      }
    }
    return List.copyOf(done);
  }

  private static Disk sized(Disk disk, PropertyScope scope) {
    return new Disk(
        disk.id(),
        disk.fileRef(),
        disk.capacityText(),
        disk.capacityUnits(),
        Capacities.of(disk, scope),
        disk.format(),
        disk.parentRef(),
        disk.populatedBytes(),
        disk.shared(),
        disk.readOnly(),
        disk.element());
  }
}
