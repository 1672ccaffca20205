package io.intermodal.ovf.edit;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sections that become one DiskSection: 2.x has another one for shared disks, which may
 * stand beside it, and 1.x knows one alone (DSP0243 "DiskSection").
 */
final class JoinedDisks {

  static final String NAME = "DiskSection";
  static final String SHARED = "SharedDiskSection";

  private final Work work;
  private final Dialect dialect;

  /** Broken documents have thousands of sections, so each place is looked through once. */
  private final IdentityHashMap<XmlElement, List<XmlElement>> byParent = new IdentityHashMap<>();

  JoinedDisks(Work work) {
    this.work = work;
    dialect = work.dialect();
  }

  /** Tells whether a section is one of disks, of either kind. */
  boolean holds(XmlElement e) {
    if (!dialect.ovf(e.namespace())) {
      return false;
    }
    String name = dialect.sectionName(e);
    return name.equals(NAME) || name.equals(SHARED);
  }

  /** Returns the sections of disks that stand where this one does, itself among them. */
  List<XmlElement> joined(XmlElement section) {
    @Nullable XmlElement parent = work.places().parent(section);
    return parent == null
        ? List.of(section)
        : byParent.computeIfAbsent(parent, p -> p.elements().filter(this::holds).toList());
  }
}
