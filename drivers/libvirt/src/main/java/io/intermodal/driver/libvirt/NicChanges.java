package io.intermodal.driver.libvirt;

import static io.intermodal.driver.libvirt.NativeCalls.AFFECT_CONFIG;
import static io.intermodal.driver.libvirt.NativeCalls.AFFECT_LIVE;

import io.intermodal.descriptor.LibvirtDomain;
import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.Operation;
import io.intermodal.xml.XmlElement;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;

/** Adds and removes the network cards of a domain. */
final class NicChanges {

  private static final Duration GUEST_LETS_GO = Duration.ofSeconds(60);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final DomainAccess domain;
  private final Capabilities capabilities;

  NicChanges(DomainAccess domain, Capabilities capabilities) {
    this.domain = domain;
    this.capabilities = capabilities;
  }

  void attach(NicSpec nic) {
    MachineState state = require(Operation.ATTACH_NIC);
    LibvirtDomain definition = DomainDefinition.read(domain);
    requireNew(definition.spec(), nic);
    String mac = nic.mac() == null ? freshMac() : nic.mac();
    String xml = xml(definition, nic, mac);
    int flags = state == MachineState.STARTED ? AFFECT_LIVE | AFFECT_CONFIG : AFFECT_CONFIG;
    domain.change(
        Operation.ATTACH_NIC.displayName(),
        handle -> handle.domain().attachDeviceFlags(xml, flags));
    new DeviceNotes(domain).addNic(nic.key(), mac);
  }

  void detach(String key) {
    MachineState state = require(Operation.DETACH_NIC);
    String mac = mac(key);
    if (state == MachineState.STARTED) {
      Optional<XmlElement> plugged = card(domain.live(), mac);
      if (plugged.isPresent()) {
        unplug(key, mac, DomainEdit.text(plugged.get()));
      }
    }
    card(domain.stored(), mac)
        .map(DomainEdit::text)
        .ifPresent(
            xml ->
                domain.change(
                    Operation.DETACH_NIC.displayName(),
                    handle -> handle.domain().detachDeviceFlags(xml, AFFECT_CONFIG)));
    new DeviceNotes(domain).removeNic(mac);
    if (domain.kind() == HypervisorKind.QEMU) {
      new Firewall(domain).removeOf(mac);
    }
  }

  private void unplug(String key, String mac, String xml) {
    domain.change(
        Operation.DETACH_NIC.displayName(),
        handle -> handle.domain().detachDeviceFlags(xml, AFFECT_LIVE));
    boolean gone =
        Waiting.until(
            "the card " + key + " of " + domain.name(),
            GUEST_LETS_GO,
            () -> card(domain.live(), mac).isEmpty());
    if (!gone) {
      throw domain.failed(
          HypervisorError.GUEST_TIMEOUT,
          Operation.DETACH_NIC.displayName(),
          "its guest did not let go of the card "
              + key
              + " within "
              + GUEST_LETS_GO.toSeconds()
              + " s");
    }
  }

  /**
   * Returns the address of the card with that key.
   *
   * @throws io.intermodal.hypervisor.HypervisorException {@code NO_SUCH_PART} when there is none
   */
  String mac(String key) {
    MachineSpec spec = DomainDefinition.read(domain).spec();
    return spec.nics().stream()
        .filter(nic -> nic.key().equals(key))
        .map(NicSpec::mac)
        .filter(mac -> mac != null)
        .findFirst()
        .orElseThrow(
            () ->
                domain.failed(
                    HypervisorError.NO_SUCH_PART,
                    "change",
                    "it has no network card "
                        + key
                        + "; it has "
                        + spec.nics().stream().map(NicSpec::key).toList()));
  }

  private MachineState require(Operation operation) {
    return domain.require(operation, EnumSet.of(MachineState.STARTED, MachineState.STOPPED));
  }

  private void requireNew(MachineSpec spec, NicSpec nic) {
    String key = nic.key();
    boolean taken =
        spec.disk(key).isPresent()
            || spec.nics().stream().anyMatch(other -> other.key().equals(key))
            || spec.drives().stream().anyMatch(drive -> drive.key().equals(key));
    if (taken) {
      throw domain.failed(
          HypervisorError.NO_SUCH_PART,
          Operation.ATTACH_NIC.displayName(),
          "a device has the key " + key + " already");
    }
    if (spec.nics().stream()
        .anyMatch(other -> nic.mac() != null && nic.mac().equals(other.mac()))) {
      throw domain.failed(
          HypervisorError.NAME_TAKEN,
          Operation.ATTACH_NIC.displayName(),
          "another card of it has the address " + nic.mac());
    }
  }

  private String xml(LibvirtDomain definition, NicSpec nic, String mac) {
    if (nic.network() == null) {
      throw domain.failed(
          HypervisorError.NO_SUCH_PART,
          Operation.ATTACH_NIC.displayName(),
          "the card " + nic.key() + " names no network");
    }
    String model = nic.model() == null ? capabilities.nicModels().get(0) : nic.model();
    if (!capabilities.nicModels().contains(model)) {
      throw domain.failed(
          HypervisorError.LIMIT_EXCEEDED,
          Operation.ATTACH_NIC.displayName(),
          "the card " + nic.key() + " is a " + model + "; there are " + capabilities.nicModels());
    }
    boolean ownOfXen = definition.kind().isXen() && model.equals("xen-vif");
    return "<interface type='network'><mac address='"
        + mac
        + "'/><source network='"
        + DomainXml.escape(nic.network())
        + "'/>"
        + (ownOfXen ? "" : "<model type='" + DomainXml.escape(model) + "'/>")
        + "</interface>";
  }

  /** Chooses an address in the range that each product's own tools choose from. */
  private String freshMac() {
    byte[] tail = new byte[3];
    RANDOM.nextBytes(tail);
    boolean xen = domain.kind() == HypervisorKind.XEN;
    return String.format(
        Locale.ROOT,
        "%s:%02x:%02x:%02x",
        xen ? "00:16:3e" : "52:54:00",
        tail[0] & (xen ? 0x7f : 0xff),
        tail[1] & 0xff,
        tail[2] & 0xff);
  }

  private static Optional<XmlElement> card(XmlElement definition, String mac) {
    return DomainXml.all(definition, "devices", "interface").stream()
        .filter(one -> mac.equalsIgnoreCase(DomainXml.attribute(one, "address", "mac").orElse("")))
        .findFirst();
  }
}
