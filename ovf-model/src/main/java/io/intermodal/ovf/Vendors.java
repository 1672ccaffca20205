package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows what vendors add to OVF for products of their own. */
final class Vendors {

  private static final String VCLOUD = "http://www.vmware.com/vcloud/";

  private static final Map<String, Consumer> NAMESPACES =
      Map.of(
          Dialect.VMW,
          Consumer.VMWARE,
          Dialect.VBOX,
          Consumer.VIRTUALBOX,
          "http://schemas.citrix.com/ovf/envelope/1",
          Consumer.XENSERVER);

  /** Vendors whose products are no consumers that are known here: XenClient and Oracle VM. */
  private static final Set<String> OTHERS =
      Set.of("http://www.citrix.com/xenclient/ovf/1", "http://schemas.oracle.com/ovm/ovf/1");

  private static final Set<String> VMWARE_SECTIONS =
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

  private Vendors() {}

  /** Tells whether the elements of a namespace are those of a vendor that is known. */
  static boolean known(String namespace) {
    return owner(namespace) != null || OTHERS.contains(namespace);
  }

  /** Returns the product that understands the elements of a namespace; null when none does. */
  static @Nullable Consumer owner(String namespace) {
    return namespace.startsWith(VCLOUD) ? Consumer.VMWARE : NAMESPACES.get(namespace);
  }

  /** Tells whether some vendor's products know a section that is not OVF's. */
  static boolean known(Section section, Dialect dialect) {
    return owner(section, dialect) != null;
  }

  /**
   * Returns the product that understands a section that is not OVF's; null when none does. VMware's
   * are known by name, since a namespace alone would let pass what VMware refuses.
   */
  static @Nullable Consumer owner(Section section, Dialect dialect) {
    String namespace = section.header().element().namespace();
    if (VMWARE_SECTIONS.contains(section.name())) {
      return Consumer.VMWARE;
    }
    if (dialect.ovirt() && dialect.ovf(namespace)) {
      return Consumer.OVIRT;
    }
    return namespace.equals(Dialect.VMW) ? null : owner(namespace);
  }
}
