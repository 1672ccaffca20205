package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the virtual system of one machine. */
final class DraftMachineXml {

  private static final int OS_TYPES = 0x10000;
  private static final String OTHER = "1";

  private final EnvelopeDraft.DraftMachine machine;
  private final DraftElements make;
  private final WriterProfile profile;

  DraftMachineXml(EnvelopeDraft.DraftMachine machine, DraftElements make, WriterProfile profile) {
    this.machine = machine;
    this.make = make;
    this.profile = profile;
  }

  XmlElement system() {
    XmlElement.Builder system =
        make.ovf("VirtualSystem").attribute(make.attribute("id"), machine.id());
    system.add(make.text("Info", "A virtual machine")).add(make.text("Name", machine.name()));
    GuestOs os = machine.guestOs();
    if (os != null) {
      system.add(guestOs(os));
    }
    system.add(new DraftHardwareXml(machine, make, profile).section());
    DraftDetails details = machine.details();
    if (!machine.properties().isEmpty() || details.product() != null) {
      system.add(product(details.product()));
    }
    for (String license : details.licenses()) {
      system.add(
          make.section("EulaSection", "The licence to be agreed to")
              .add(make.text("License", license))
              .build());
    }
    if (details.annotation() != null) {
      system.add(
          make.section("AnnotationSection", "A note")
              .add(make.text("Annotation", details.annotation()))
              .build());
    }
    details.sections().forEach(system::add);
    return system.build();
  }

  private XmlElement guestOs(GuestOs os) {
    Integer id = Texts.number(os.id());
    XmlElement.Builder section =
        make.ovf("OperatingSystemSection")
            .attribute(
                make.attribute("id"), id != null && id < OS_TYPES ? String.valueOf(id) : OTHER);
    if (os.version() != null) {
      section.attribute(make.attribute("version"), os.version());
    }
    String vendor = profile.vendorParts() ? os.vendorType() : null;
    boolean virtualBox =
        profile == WriterProfile.VIRTUALBOX && vendor != null && !vmwareGuest(vendor);
    if (vendor != null && !virtualBox) {
      section.attribute(DraftElements.vmware("osType"), vendor);
    }
    section.add(make.text("Info", "The guest operating system"));
    if (os.description() != null) {
      section.add(make.text("Description", os.description()));
    }
    if (vendor != null && virtualBox) {
      section.add(
          XmlElement.builder(new XmlName(Dialect.VBOX, "OSType", "vbox"))
              .attribute(make.attribute("required"), "false")
              .text(vendor)
              .build());
    }
    return section.build();
  }

  /** VMware's names are like debian12_64Guest and otherGuest64; VirtualBox's are like Debian_64. */
  private static boolean vmwareGuest(String vendorType) {
    return vendorType.endsWith("Guest") || vendorType.endsWith("Guest64");
  }

  private XmlElement product(DraftDetails.@Nullable DraftProduct product) {
    XmlElement.Builder section =
        make.section(
            "ProductSection", product == null ? "Properties of the machine" : "About the product");
    if (product != null) {
      text(section, "Product", product.product());
      text(section, "Vendor", product.vendor());
      text(section, "Version", product.version());
      text(section, "FullVersion", product.fullVersion());
      text(section, "ProductUrl", product.productUrl());
      text(section, "VendorUrl", product.vendorUrl());
      text(section, "AppUrl", product.appUrl());
    }
    machine.properties().forEach(p -> section.add(property(p)));
    return section.build();
  }

  private void text(XmlElement.Builder to, String name, @Nullable String text) {
    if (text != null) {
      to.add(make.text(name, text));
    }
  }

  private XmlElement property(EnvelopeDraft.DraftProperty property) {
    XmlElement.Builder element =
        make.ovf("Property")
            .attribute(make.attribute("key"), property.key())
            .attribute(make.attribute("type"), property.type());
    make.attribute(element, "value", property.value());
    make.attribute(element, "userConfigurable", property.userConfigurable());
    if (property.password()) {
      element.attribute(make.attribute("password"), "true");
    }
    if (property.label() != null) {
      element.add(make.text("Label", property.label()));
    }
    new TreeMap<>(property.optionValues())
        .forEach(
            (option, value) ->
                element.add(
                    make.ovf("Value")
                        .attribute(make.attribute("value"), value)
                        .attribute(make.attribute("configuration"), option)
                        .build()));
    return element.build();
  }
}
