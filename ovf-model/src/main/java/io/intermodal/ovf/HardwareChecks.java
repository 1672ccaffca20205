package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reports what is wrong with virtual hardware (DSP0243 "Virtual hardware section"). */
final class HardwareChecks {

  private static final BigInteger ONE_MIB = BigInteger.ONE.shiftLeft(20);

  private final Envelope envelope;
  private final Dialect dialect;
  private final Findings findings;

  HardwareChecks(Envelope envelope, Dialect dialect, Findings findings) {
    this.envelope = envelope;
    this.dialect = dialect;
    this.findings = findings;
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
      foreign(hardware.header().element());
    }
  }

  private void items(Section.VirtualHardware hardware) {
    Set<String> networks =
        envelope.networks().stream().map(Network::name).collect(Collectors.toSet());
    Set<String> options =
        envelope.deploymentOptions().stream().map(DeploymentOption::id).collect(Collectors.toSet());
    Set<String> ids = new HashSet<>();
    hardware.items().forEach(i -> addTo(ids, i.instanceId()));
    for (Item item : hardware.items()) {
      XmlElement at = item.element();
      for (String id : item.configurations()) {
        if (!options.contains(id)) {
          findings.add(
              FindingCode.CONFIGURATION_UNKNOWN,
              at,
              "there is no deployment option " + Texts.shorten(id));
        }
      }
      if (item.parent() != null && !ids.contains(item.parent())) {
        findings.add(
            FindingCode.PARENT_UNKNOWN,
            at,
            "there is no device " + Texts.shorten(item.parent()) + " that could be the parent");
      }
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
      foreign(at);
    }
    instances(hardware.items());
  }

  private static void addTo(Set<String> ids, @Nullable String id) {
    if (id != null) {
      ids.add(id);
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
            "the memory has no unit, so "
                + item.virtualQuantity()
                + " means bytes; state byte * 2^20 if MiB are meant");
      }
    } else if (ProgrammaticUnit.parse(units).filter(u -> u.base().equals("byte")).isEmpty()) {
      findings.add(
          FindingCode.UNIT_UNKNOWN,
          item.element(),
          "the memory has a unit that is not known: " + Texts.shorten(units));
    }
  }

  private void instances(List<Item> items) {
    Map<String, List<Item>> byId = new HashMap<>();
    Map<String, Set<String>> taken = new HashMap<>();
    for (Item item : items) {
      String id = item.instanceId();
      if (id != null) {
        byId.computeIfAbsent(id, k -> new ArrayList<>()).add(item);
        if (item.bound() == Item.Bound.NORMAL
            && clashes(item, taken.computeIfAbsent(id, k -> new HashSet<>()))) {
          findings.add(
              FindingCode.INSTANCE_ID_DUPLICATE,
              item.element(),
              "two devices have the InstanceID " + Texts.shorten(id));
        }
      }
    }
    byId.values().forEach(this::bounds);
  }

  /**
   * Devices clash when one configuration would have both on the same level. The level of those for
   * all configurations is "", which is no id.
   */
  private static boolean clashes(Item item, Set<String> taken) {
    List<String> levels = item.configurations().isEmpty() ? List.of("") : item.configurations();
    boolean clash = levels.stream().anyMatch(taken::contains);
    taken.addAll(levels);
    return clash;
  }

  private void bounds(List<Item> same) {
    for (Item.Bound bound : List.of(Item.Bound.MIN, Item.Bound.MAX)) {
      List<Item> markers = same.stream().filter(i -> i.bound() == bound).toList();
      if (!markers.isEmpty() && same.stream().noneMatch(i -> i.bound() == Item.Bound.NORMAL)) {
        findings.add(
            FindingCode.BOUND_INVALID,
            markers.get(0).element(),
            "the range marker has no device of its InstanceID");
      }
      if (markers.stream().filter(i -> i.configurations().isEmpty()).count() > 1) {
        findings.add(
            FindingCode.BOUND_INVALID,
            markers.get(1).element(),
            "there are two range markers of one kind for one device");
      }
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

  /** A foreign element without required="false" makes other products refuse the whole file. */
  private void foreign(XmlElement parent) {
    parent
        .elements()
        .filter(e -> !dialect.ovf(e.namespace()) && !e.namespace().startsWith(Dialect.CIM))
        .filter(e -> !Texts.isFalse(dialect.filled(e, "required")))
        .forEach(
            e ->
                findings.add(
                    FindingCode.ELEMENT_REQUIRED_UNKNOWN,
                    e,
                    e.name().qualified() + " must be understood; mark it ovf:required=\"false\""));
  }
}
