package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reports what is wrong with virtual hardware (DSP0243 "Virtual hardware section"). */
final class HardwareChecks {

  private static final BigInteger ONE_MIB = BigInteger.ONE.shiftLeft(20);

  private final Envelope envelope;
  private final Dialect dialect;
  private final Findings findings;
  private final ElementChecks elements;
  private final Set<String> options;
  private final Set<String> networks;

  HardwareChecks(Envelope envelope, Dialect dialect, Findings findings) {
    this.envelope = envelope;
    this.dialect = dialect;
    this.findings = findings;
    this.elements = new ElementChecks(dialect, findings);
    this.options =
        envelope.deploymentOptions().stream().map(DeploymentOption::id).collect(Collectors.toSet());
    this.networks = envelope.networks().stream().map(Network::name).collect(Collectors.toSet());
  }

  void check(Content.VirtualSystem system) {
    List<Section.VirtualHardware> all = system.sections(Section.VirtualHardware.class).toList();
    if (all.isEmpty()) {
      findings.add(
          FindingCode.HARDWARE_MISSING, system.element(), "the system has no hardware section");
    }
    Set<String> families = new HashSet<>();
    for (Section.VirtualHardware hardware : all) {
      String family = String.join(" ", hardware.virtualSystemTypes());
      if (!families.add(family)) {
        findings.add(
            FindingCode.HARDWARE_AMBIGUOUS,
            hardware.header().element(),
            "two hardware sections are for the same family; the first one counts");
      }
      items(hardware);
      firmware(hardware.header().element());
    }
  }

  private void items(Section.VirtualHardware hardware) {
    for (Item item : hardware.items()) {
      XmlElement at = item.element();
      options(item);
      for (String resource : item.hostResources()) {
        String what = HostResources.dangling(resource, envelope);
        if (what != null) {
          findings.add(FindingCode.REFERENCE_DANGLING, at, "the device names a missing " + what);
        }
      }
      if (item.kind() == Item.Kind.ETHERNET_PORT || item.isType(10)) {
        for (String network : item.connections()) {
          if (!networks.contains(network)) {
            findings.add(
                FindingCode.NETWORK_UNKNOWN,
                at,
                "the network section does not list " + Texts.shorten(network));
          }
        }
      }
      memory(item);
      quantity(item);
      elements.check(item);
    }
    named(hardware.items());
    system(hardware.header().element());
    new BoundChecks(findings).check(hardware.items());
    new AddressChecks(dialect, findings).check(hardware.items());
  }

  /** oVirt states sockets and cores in place of a quantity. */
  private void quantity(Item item) {
    boolean counted = item.isType(3) || item.isType(4);
    if (!counted || item.bound() != Item.Bound.NORMAL || dialect.ovirt()) {
      return;
    }
    String what = item.isType(3) ? "processors" : "memory";
    if (Dialect.cimText(item.element(), "VirtualQuantity") == null) {
      findings.add(
          FindingCode.QUANTITY_MISSING, item.element(), "the item states no quantity of " + what);
    } else if (item.virtualQuantity() != null && item.virtualQuantity().signum() == 0) {
      findings.add(
          FindingCode.QUANTITY_MISSING, item.element(), "the item has a quantity of zero " + what);
    }
  }

  private void named(List<Item> items) {
    items.stream()
        .filter(i -> i.elementName() == null)
        .findFirst()
        .ifPresent(
            i ->
                findings.add(
                    FindingCode.ELEMENT_NAME_MISSING, i.element(), "the item has no ElementName"));
  }

  /** Later dialects let a System be empty; readers of 0.9 refuse that. */
  private void system(XmlElement section) {
    String namespace = envelope.namespace();
    if (namespace.equals(Dialect.OVF09) || namespace.equals(Dialect.DRAFT)) {
      dialect
          .child(section, "System")
          .filter(s -> Dialect.cimText(s, "VirtualSystemType") == null)
          .ifPresent(
              s -> findings.add(FindingCode.SYSTEM_TYPE_MISSING, s, "the System states no family"));
    }
  }

  /** Checks the items that bound the resources of a collection; they are no devices. */
  void allocation(Section.ResourceAllocation section) {
    for (Item item : section.items()) {
      options(item);
      elements.check(item);
    }
    new BoundChecks(findings).check(section.items());
  }

  private void options(Item item) {
    for (String id : item.configurations()) {
      if (!options.contains(id)) {
        findings.add(
            FindingCode.CONFIGURATION_UNKNOWN,
            item.element(),
            "there is no deployment option " + Texts.shorten(id));
      }
    }
  }

  private void memory(Item item) {
    if (!item.isType(4)) {
      return;
    }
    String units = item.allocationUnits();
    if (units == null) {
      if (item.virtualQuantity() != null && item.virtualQuantity().compareTo(ONE_MIB) < 0) {
        findings.add(
            FindingCode.UNIT_ABSENT,
            item.element(),
            "the memory has no unit, so " + item.virtualQuantity() + " means bytes");
      }
    } else if (ProgrammaticUnit.parse(units).filter(u -> u.base().equals("byte")).isEmpty()) {
      findings.add(
          FindingCode.UNIT_UNKNOWN,
          item.element(),
          "the memory has a unit that is not known: " + Texts.shorten(units));
    }
  }

  private void firmware(XmlElement section) {
    section
        .elements()
        .filter(e -> e.namespace().equals(Dialect.VMW))
        .filter(e -> "firmware".equals(FirmwarePlaces.value(e, "key")))
        .forEach(
            e -> {
              String value = FirmwarePlaces.value(e, "value");
              if (value != null && FirmwarePlaces.named(value) == null) {
                findings.add(
                    Numbers.placeholder(value)
                        ? FindingCode.PLACEHOLDER
                        : FindingCode.FIRMWARE_UNKNOWN,
                    e,
                    "the firmware is neither bios nor efi: " + Texts.shorten(value));
              }
            });
  }
}
