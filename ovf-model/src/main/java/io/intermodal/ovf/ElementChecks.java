package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.Map;
import java.util.Set;

/**
 * Reports elements that are not OVF's and must be understood nevertheless: all that do not say
 * otherwise (DSP0243 "Extensibility"). oVirt fills its documents with elements of its own and says
 * nothing about them, so there they are let pass.
 */
final class ElementChecks {

  /** What the schemas have in sections, besides Info. */
  private static final Map<String, Set<String>> CHILDREN =
      Map.ofEntries(
          Map.entry("DiskSection", Set.of("Disk")),
          Map.entry("SharedDiskSection", Set.of("SharedDisk", "Disk")),
          Map.entry("NetworkSection", Set.of("Network")),
          Map.entry("DeploymentOptionSection", Set.of("Configuration")),
          Map.entry("OperatingSystemSection", Set.of("Description")),
          Map.entry(
              "VirtualHardwareSection",
              Set.of("System", "Item", "StorageItem", "EthernetPortItem")),
          Map.entry("ResourceAllocationSection", Set.of("Item", "StorageItem", "EthernetPortItem")),
          Map.entry(
              "ProductSection",
              Set.of(
                  "Product",
                  "Vendor",
                  "Version",
                  "FullVersion",
                  "Full-version",
                  "ProductUrl",
                  "VendorUrl",
                  "AppUrl",
                  "Icon",
                  "Category",
                  "Property")),
          Map.entry("EulaSection", Set.of("License")),
          Map.entry("AnnotationSection", Set.of("Annotation")),
          Map.entry("StartupSection", Set.of("Item")),
          Map.entry("InstallSection", Set.of()));

  /** What the CIM classes of items have, in all versions of their schemas and in 0.9. */
  private static final Set<String> OF_ITEM =
      Set.of(
          ("Access Address AddressOnParent AllocationUnits AllowedPriorities"
                  + " AllowedToReceiveMACAddresses AllowedToReceiveVLANs"
                  + " AllowedToTransmitMACAddresses AllowedToTransmitVLANs AutomaticAllocation"
                  + " AutomaticDeallocation BusNumber Caption ChangeableType ComponentSetting"
                  + " ConfigurationName Connection ConsumerVisibility DefaultPortVID"
                  + " DefaultPriority Description DesiredVLANEndpointMode ElementName Generation"
                  + " GroupID HostExtentName HostExtentNameFormat HostExtentNameNamespace"
                  + " HostExtentStartingAddress HostResource HostResourceBlockSize InstanceID"
                  + " InstanceId Limit ManagerID MappingBehavior NetworkPortProfileID"
                  + " NetworkPortProfileIDType OtherEndpointMode OtherHostExtentNameFormat"
                  + " OtherHostExtentNameNamespace OtherNetworkPortProfileIDTypeInfo"
                  + " OtherResourceType Parent PoolID PortCorrelationID PortVID Promiscuous"
                  + " ReceiveBandwidthLimit ReceiveBandwidthReservation Reservation"
                  + " ResourceSubType ResourceType SoID SoOrgID SourceMACFilteringEnabled"
                  + " VSITypeID VSITypeIDVersion VirtualQuantity VirtualQuantityUnits"
                  + " VirtualResourceBlockSize Weight")
              .split(" "));

  private final Dialect dialect;
  private final Findings findings;

  ElementChecks(Dialect dialect, Findings findings) {
    this.dialect = dialect;
    this.findings = findings;
  }

  /** Checks the children of a section that OVF defines, and those of its items. */
  void check(Section section) {
    Set<String> known = CHILDREN.get(section.name());
    XmlElement element = section.header().element();
    if (known == null || dialect.ovirt() || !dialect.ovf(element.namespace())) {
      return;
    }
    element
        .elements()
        .filter(e -> !dialect.ovf(e.namespace()) || !known.contains(e.localName()))
        .filter(e -> !dialect.is(e, "Info"))
        .forEach(this::unknown);
  }

  /** Checks the children of an item, whose CIM elements are known by name. */
  void check(Item item) {
    if (!dialect.ovirt()) {
      item.element()
          .elements()
          .filter(e -> !e.namespace().startsWith(Dialect.CIM) || !OF_ITEM.contains(e.localName()))
          .forEach(this::unknown);
    }
  }

  private void unknown(XmlElement element) {
    if (!Texts.isFalse(dialect.filled(element, "required"))) {
      boolean vendor = Vendors.known(element.namespace());
      findings.add(
          vendor ? FindingCode.ELEMENT_VENDOR_REQUIRED : FindingCode.ELEMENT_REQUIRED_UNKNOWN,
          element,
          Texts.shorten(element.name().qualified())
              + (vendor
                  ? " must be understood, and only its vendor's products do"
                  : " is not of OVF and must be understood"));
    }
  }
}
