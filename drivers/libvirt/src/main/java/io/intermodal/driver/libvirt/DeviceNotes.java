package io.intermodal.driver.libvirt;

import static io.intermodal.driver.libvirt.NativeCalls.AFFECT_CONFIG;
import static io.intermodal.driver.libvirt.NativeCalls.AFFECT_LIVE;

import io.intermodal.descriptor.LibvirtFormat;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import io.intermodal.xml.XmlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Notes the keys of devices in a domain's metadata, in the form that {@link LibvirtFormat} reads,
 * as a domain has no keys of its own.
 */
final class DeviceNotes {

  private static final String NAMESPACE = LibvirtFormat.NOTES_NAMESPACE;
  private static final String PREFIX = "im";
  private static final String NOTES = "machine";

  /** {@code VIR_DOMAIN_METADATA_ELEMENT}. */
  private static final int ELEMENT = 2;

  private final DomainAccess domain;

  DeviceNotes(DomainAccess domain) {
    this.domain = domain;
  }

  void add(DiskSpec disk, String target) {
    List<String> attributes =
        new ArrayList<>(
            List.of(
                "target",
                target,
                "key",
                disk.key(),
                "capacityBytes",
                Long.toString(disk.capacityBytes())));
    if (disk.bus() != null) {
      attributes.addAll(List.of("bus", disk.bus().name()));
      if (disk.unit() != null) {
        attributes.addAll(List.of("unit", disk.unit().toString()));
      }
    }
    XmlElement note = DomainEdit.element("disk", attributes.toArray(new String[0]));
    change(notes -> DomainEdit.with(without(notes, "disk", "target", target), note));
  }

  void addNic(String key, String mac) {
    XmlElement note = DomainEdit.element("nic", "key", key, "mac", mac);
    change(notes -> DomainEdit.with(without(notes, "nic", "mac", mac), note));
  }

  void removeDisk(String target) {
    change(notes -> without(notes, "disk", "target", target));
  }

  void removeNic(String mac) {
    change(notes -> without(notes, "nic", "mac", mac));
  }

  private static XmlElement without(
      XmlElement notes, String element, String attribute, String value) {
    return DomainEdit.without(
        notes,
        note ->
            note.localName().equals(element)
                && value.equalsIgnoreCase(note.attribute("", attribute).orElse("")));
  }

  private void change(UnaryOperator<XmlElement> change) {
    XmlElement before =
        DomainXml.first(domain.stored(), "metadata").stream()
            .flatMap(XmlElement::elements)
            .filter(element -> element.is(NAMESPACE, NOTES))
            .findFirst()
            .map(DeviceNotes::plain)
            .orElseGet(() -> DomainEdit.element(NOTES));
    XmlElement after = change.apply(before);
    if (after.equals(before)) {
      return;
    }
    String text = DomainEdit.text(after);
    String fragment = text.substring(text.indexOf("<" + NOTES));
    int flags = domain.isActive() ? AFFECT_LIVE | AFFECT_CONFIG : AFFECT_CONFIG;
    domain.change(
        "note the devices of",
        handle -> handle.domain().setMetadata(ELEMENT, fragment, PREFIX, NAMESPACE, flags));
  }

  /**
   * Takes the namespace off an element, which libvirt adds itself, and refuses when it is there.
   */
  private static XmlElement plain(XmlElement element) {
    XmlElement.Builder builder = XmlElement.builder(XmlName.local(element.localName()));
    element.attributes().forEach(one -> builder.attribute(one.name(), one.value()));
    for (XmlNode child : element.children()) {
      builder.add(child instanceof XmlElement inner ? plain(inner) : child);
    }
    return builder.build();
  }
}
