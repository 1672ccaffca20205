package io.intermodal.descriptor;

import io.intermodal.convert.Loss;
import io.intermodal.convert.Loss.Severity;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.xml.XmlElement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the network cards of a machine. */
final class DomainNicXml {

  private static final Set<String> OF_QEMU =
      Set.of(
          "virtio",
          "e1000",
          "e1000e",
          "rtl8139",
          "vmxnet3",
          "pcnet",
          "ne2k_pci",
          "i82551",
          "i82557b",
          "i82559er",
          "igb");
  private static final Set<String> OF_XEN = Set.of("e1000", "rtl8139");
  private static final Set<String> REPLACED = Set.of("source", "mac", "model", "boot");

  private final DomainKind kind;
  private final DomainSettings settings;
  private final Map<String, Integer> bootOrder;
  private final List<Loss> losses;

  DomainNicXml(
      DomainKind kind, DomainSettings settings, Map<String, Integer> bootOrder, List<Loss> losses) {
    this.kind = kind;
    this.settings = settings;
    this.bootOrder = bootOrder;
    this.losses = losses;
  }

  /** Writes a card; empty when the target has none without a network. */
  Optional<XmlElement> write(NicSpec nic) {
    XmlElement before = settings.element(DomainExtras.NIC + nic.key());
    boolean asBefore = before != null && settings.exact() && sameNetwork(before, nic);
    String network = network(nic);
    String type = network == null ? "null" : "network";
    if (before != null && asBefore) {
      type = DomainXml.attribute(before, "type");
    } else if (network == null && kind.isXen()) {
      lose(
          "libvirt.nic.disconnected",
          Severity.WARNING,
          nic,
          "",
          null,
          "Xen has no card without a network; it is left out");
      return Optional.empty();
    }
    XmlElement.Builder element = DomainXml.start("interface", "type", type);
    String mac = mac(nic);
    if (mac != null) {
      element.add(DomainXml.of("mac", "address", mac));
    }
    if (before != null && asBefore) {
      DomainXml.child(before, "source").ifPresent(element::add);
    } else if (network != null) {
      element.add(DomainXml.of("source", "network", network));
    }
    XmlElement model = model(nic, before);
    if (model != null) {
      element.add(model);
    }
    if (before != null) {
      before
          .elements()
          .filter(child -> !DomainXml.isOneOf(child, REPLACED))
          .filter(child -> asBefore || !child.is("", "virtualport"))
          .forEach(element::add);
    }
    Integer order = bootOrder.get(nic.key());
    if (order != null) {
      element.add(DomainXml.of("boot", "order", order.toString()));
    }
    return Optional.of(element.build());
  }

  private static boolean sameNetwork(XmlElement before, NicSpec nic) {
    XmlElement source = DomainXml.child(before, "source").orElse(null);
    String type = String.valueOf(DomainXml.attribute(before, "type"));
    String network =
        switch (type) {
          case "network" -> DomainXml.attribute(source, "network");
          case "bridge" -> DomainXml.attribute(source, "bridge");
          case "direct" -> DomainXml.attribute(source, "dev");
          case "user" -> "user";
          default -> null;
        };
    return network == null ? nic.network() == null : network.equals(nic.network());
  }

  /** Tells whether a card names a network that libvirt may know. */
  static boolean isConnected(NicSpec nic) {
    String network = nic.network();
    return network != null && !network.isBlank() && DomainText.holds(network);
  }

  private @Nullable String network(NicSpec nic) {
    String network = nic.network();
    if (network == null) {
      return null;
    }
    if (!isConnected(nic)) {
      lose(
          "libvirt.nic.network",
          Severity.WARNING,
          nic,
          ".network",
          null,
          "libvirt has no network of such a name; the card is not connected");
      return null;
    }
    return network;
  }

  private @Nullable String mac(NicSpec nic) {
    String mac = nic.mac();
    if (mac == null) {
      return null;
    }
    boolean group = (Integer.parseInt(mac.substring(0, 2), 16) & 1) != 0;
    if (group || mac.equals("00:00:00:00:00:00")) {
      lose(
          "libvirt.nic.mac",
          Severity.WARNING,
          nic,
          ".mac",
          mac,
          "it is no address of a single card; libvirt chooses another");
      return null;
    }
    return mac;
  }

  private @Nullable XmlElement model(NicSpec nic, @Nullable XmlElement before) {
    String wanted = nic.model();
    String given = kind.isXen() ? modelOfXen(wanted) : modelOfQemu(wanted);
    boolean same = given == null ? "xen-vif".equals(wanted) : given.equals(wanted);
    if (wanted == null) {
      lose(
          "libvirt.nic.model.chosen",
          Severity.INFO,
          nic,
          ".model",
          null,
          "it was not stated; the domain gets " + (given == null ? "xen-vif" : given));
    } else if (!same) {
      lose(
          "libvirt.nic.model",
          Severity.WARNING,
          nic,
          ".model",
          DomainText.plain(wanted),
          "such a domain has no such card; it gets " + (given == null ? "xen-vif" : given));
    }
    if (given == null) {
      return kind.isParavirtual() ? null : DomainXml.of("model", "type", "netfront");
    }
    String exact = before == null ? null : DomainXml.attribute(before, "model", "type");
    boolean variant = given.equals("virtio") && exact != null && exact.startsWith("virtio-");
    return DomainXml.of("model", "type", variant ? exact : given);
  }

  /** Returns null for Xen's own card. */
  private @Nullable String modelOfXen(@Nullable String wanted) {
    if (kind.isParavirtual() || "xen-vif".equals(wanted)) {
      return null;
    }
    return wanted != null && OF_XEN.contains(wanted) ? wanted : "e1000";
  }

  /** Gives a guest that knows another product's card one that every system has a driver for. */
  private static String modelOfQemu(@Nullable String wanted) {
    if (wanted == null || wanted.equals("xen-vif") || wanted.equals("virtio-net")) {
      return "virtio";
    }
    return OF_QEMU.contains(wanted) ? wanted : "e1000";
  }

  private void lose(
      String rule,
      Severity severity,
      NicSpec nic,
      String member,
      @Nullable String value,
      String reason) {
    losses.add(new Loss(rule, severity, "nics[" + nic.key() + "]" + member, value, reason, null));
  }
}
