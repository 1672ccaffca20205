package io.intermodal.migrate;

import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.NicSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Checks the network cards: where they connect, whose addresses they have, what the guest makes of
 * it.
 */
final class NetworkRules extends PreflightRules {

  NetworkRules(PreflightSubject subject) {
    super(subject);
  }

  @Override
  void run() {
    checkNetworks();
    checkMacs();
    checkGuestNetwork();
  }

  /** PF-6: every card needs a network. PF-23: not too many cards. */
  private void checkNetworks() {
    if (exceeds(subject.mapped().nics().size(), subject.limits().maxNics())) {
      critical(
          "PF-23",
          "nics",
          subject.mapped().nics().size()
              + " cards are more than the "
              + subject.limits().maxNics()
              + " of "
              + limitsOf(),
          null);
    }
    List<String> networks =
        subject.source().nics().stream()
            .map(NicSpec::network)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    for (String asked : subject.options().networks().keySet()) {
      if (!networks.contains(asked)) {
        warning(
            "PF-6",
            "nics",
            "no card of the source is on a network " + asked + ", so that --network has no effect",
            "its networks are " + networks);
      }
    }
    for (NicSpec nic : subject.mapped().nics()) {
      if (nic.network() == null) {
        information("PF-6", object(nic), "the card is not connected to a network", null);
      } else if (!subject.resources().networks().contains(nic.network())) {
        critical(
            "PF-6",
            object(nic),
            product() + " has no network " + nic.network(),
            "map it to one of "
                + subject.resources().networks()
                + ": --network \""
                + nic.network()
                + "=NAME\"");
      }
    }
  }

  /** PF-7: an address must be one card's only. */
  private void checkMacs() {
    Set<String> taken = new HashSet<>();
    for (Machine machine : subject.target().machines()) {
      machine.spec().nics().stream().map(NicSpec::mac).filter(Objects::nonNull).forEach(taken::add);
    }
    Set<String> own = new HashSet<>();
    for (NicSpec nic : subject.mapped().nics()) {
      String mac = nic.mac();
      if (mac == null) {
        continue;
      }
      if (!own.add(mac)) {
        critical("PF-7", object(nic), "two cards of the machine have the address " + mac, null);
      } else if (taken.contains(mac)) {
        critical(
            "PF-7",
            object(nic),
            "another machine at the target has the address " + mac,
            "let the card have a new one: --new-mac");
      }
    }
  }

  /** PF-8: a static address in the guest may be bound to what changes. */
  private void checkGuestNetwork() {
    for (NicSpec nic : subject.source().nics()) {
      String after =
          subject.mapped().nics().stream()
              .filter(other -> other.key().equals(nic.key()))
              .map(NicSpec::model)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null);
      if (!Objects.equals(nic.model(), after) && nic.model() != null) {
        warning(
            "PF-8",
            object(nic),
            "the adapter becomes a "
                + after
                + ", so the guest may name the interface otherwise and lose a static address",
            "bind the guest's network configuration to the hardware address, or use DHCP");
      }
    }
  }

  private static String object(NicSpec nic) {
    return "nics[" + nic.key() + "]";
  }
}
