package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads sections of VMware's and of ours; vCloud Director's are in {@link VcloudSections}. */
final class VendorSections {

  private VendorSections() {}

  static Section parse(Section.Header header, Dialect dialect, Findings findings) {
    String namespace = header.element().namespace();
    if (namespace.equals(Dialect.VMW)) {
      return vmware(header, dialect);
    }
    if (Dialect.vcloud(namespace)) {
      return VcloudSections.parse(header);
    }
    return OdcaXml.isSection(header.element()) ? odca(header, findings) : new Section.Other(header);
  }

  private static Section odca(Section.Header header, Findings findings) {
    List<XmlElement> broken = new ArrayList<>();
    OdcaAttributes attributes = OdcaXml.read(header.element(), broken);
    broken.forEach(
        e ->
            findings.add(
                FindingCode.ODCA_INVALID,
                e,
                "the attribute " + Texts.shorten(e.localName()) + " is incomplete or wrong"));
    return new Section.Odca(header, attributes);
  }

  /** Reads by name alone: 0.9 has these names as types of a Section of its own namespace. */
  static Section vmware(Section.Header header, Dialect dialect) {
    XmlElement e = header.element();
    return switch (header.name()) {
      case "IpAssignmentSection" ->
          new VmwareSection.IpAssignment(
              header, Texts.words(attribute(e, "schemes")), Texts.words(attribute(e, "protocols")));
      case "BootOrderSection" ->
          new VmwareSection.BootOrder(header, attribute(e, "instanceId"), attribute(e, "type"));
      case "StorageGroupSection" ->
          new VmwareSection.StorageGroup(
              header, attribute(e, "id"), attribute(e, "name"), text(e, "Description"));
      case "StorageSection" -> new VmwareSection.Storage(header, attribute(e, "group"));
      case "TagBasedPlacementGroupSection" ->
          new VmwareSection.TagPlacementGroup(
              header,
              attribute(e, "id"),
              attribute(e, "name"),
              Texts.number(attribute(e, "priority")),
              text(e, "Description"),
              names(e, "TagCategory"),
              names(e, "TagValue"));
      case "TagBasedPlacementSection" ->
          new VmwareSection.TagPlacement(
              header, attribute(e, "group"), Texts.number(attribute(e, "priority")));
      case "vServiceDependencySection" ->
          new VmwareSection.ServiceDependency(
              header, attribute(e, "id"), text(e, "Type"), text(e, "Name"), text(e, "Description"));
      case "CpuCompatibilitySection" ->
          new VmwareSection.CpuCompatibility(
              header, named(e, "Level").map(VendorSections::level).toList());
      case "VirtualDeviceGroupSection" ->
          new VmwareSection.DeviceGroups(
              header,
              named(e, "DeviceGroup")
                  .map(
                      g ->
                          new VmwareSection.DeviceGroup(
                              attribute(g, "groupInstanceKey"),
                              attribute(g, "deviceGroupName"),
                              attribute(g, "label")))
                  .toList());
      case "MigrationUpgradeRequisitesSection" ->
          new VmwareSection.MigrationRequisites(
              header,
              named(e, "Requisite")
                  .map(
                      r ->
                          new VmwareSection.Requisite(
                              attribute(r, "purpose"), dialect.filled(r, "fileRef")))
                  .toList());
      default -> new Section.Other(header);
    };
  }

  private static VmwareSection.CpuLevel level(XmlElement e) {
    return new VmwareSection.CpuLevel(
        attribute(e, "level"),
        attribute(e, "vendor"),
        attribute(e, "eax"),
        attribute(e, "ebx"),
        attribute(e, "ecx"),
        attribute(e, "edx"));
  }

  private static List<String> names(XmlElement e, String child) {
    return named(e, child).map(c -> attribute(c, "name")).flatMap(Stream::ofNullable).toList();
  }

  private static Stream<XmlElement> named(XmlElement e, String localName) {
    return e.elements().filter(c -> c.localName().equals(localName));
  }

  private static @Nullable String text(XmlElement e, String child) {
    return named(e, child).findFirst().map(c -> Dialect.blankToNull(c.text())).orElse(null);
  }

  /** VMware's tools write these attributes with their own prefix, OVF's, or none. */
  private static @Nullable String attribute(XmlElement e, String localName) {
    String found = null;
    for (XmlAttribute attribute : e.attributes()) {
      if (attribute.name().localName().equals(localName)
          && (found == null || attribute.name().namespace().equals(Dialect.VMW))) {
        found = attribute.value();
      }
    }
    return found == null ? null : Dialect.blankToNull(found);
  }
}
