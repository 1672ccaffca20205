package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import java.util.Set;

/** Knows the sections that vendors define for products of their own. */
final class VendorSections {

  private static final String VCLOUD = "http://www.vmware.com/vcloud/";

  private static final Set<String> VMWARE =
      Set.of(
          "BootOrderSection",
          "CpuCompatibilitySection",
          "IpAssignmentSection",
          "MigrationUpgradeRequisitesSection",
          "StorageGroupSection",
          "StorageSection",
          "TagBasedPlacementGroupSection",
          "TagBasedPlacementSection",
          "VirtualDeviceGroupSection",
          "vServiceDependencySection");

  private VendorSections() {}

  /** Tells whether it is VMware's; 0.9 has the names of its types in OVF's namespace. */
  static boolean vmware(Section section) {
    return VMWARE.contains(section.name())
        || section.header().element().namespace().startsWith(VCLOUD);
  }

  /** Tells whether some vendor's products know the section. */
  static boolean known(Section section, Dialect dialect) {
    String namespace = section.header().element().namespace();
    return vmware(section)
        || namespace.equals(Dialect.VBOX)
        || (dialect.ovirt() && dialect.ovf(namespace));
  }
}
