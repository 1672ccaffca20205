package io.intermodal.driver.libvirt;

import static io.intermodal.driver.libvirt.NativeCalls.AFFECT_CONFIG;
import static io.intermodal.driver.libvirt.NativeCalls.AFFECT_LIVE;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.PacketRule;
import io.intermodal.xml.XmlElement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libvirt.LibvirtException;
import org.libvirt.NetworkFilter;

/** Gives a card of a domain a network filter of its own, and takes it away again. */
final class Firewall {

  private static final String PREFIX = "intermodal-";
  private static final String FILTER = "filterref";

  private final DomainAccess domain;

  Firewall(DomainAccess domain) {
    this.domain = domain;
  }

  /** Replaces the rules of the card with that address; none removes the filter. */
  void set(String mac, List<PacketRule> rules) {
    String name = prefix() + mac.replace(":", "");
    XmlElement stored = card(domain.stored(), mac);
    Optional<String> present = DomainXml.attribute(stored, "filter", FILTER);
    if (present.isPresent() && !present.get().equals(name)) {
      throw domain.failed(
          HypervisorError.LOCKED,
          "set the firewall of",
          "its card " + mac + " has the filter " + present.get() + ", which is somebody else's");
    }
    if (rules.isEmpty()) {
      if (present.isPresent()) {
        update(mac, null);
      }
      remove(name);
      return;
    }
    boolean fresh = !names().contains(name);
    String xml = FilterXml.of(name, rules);
    domain
        .session()
        .change(
            "define the network filter of " + domain.name(),
            domain.name(),
            connect -> {
              connect.networkFilterDefineXML(xml).free();
              return true;
            });
    if (present.isEmpty()) {
      try {
        update(mac, name);
      } catch (RuntimeException e) {
        if (fresh) {
          removeQuietly(name);
        }
        throw e;
      }
    }
  }

  /** Removes the filters of a domain that is gone. */
  void removeAll() {
    for (String name : names()) {
      if (name.startsWith(prefix())) {
        removeQuietly(name);
      }
    }
  }

  /** Removes the filter of a card that is gone. */
  void removeOf(String mac) {
    remove(prefix() + mac.replace(":", ""));
  }

  private String prefix() {
    return PREFIX + domain.id() + "-";
  }

  private void update(String mac, @Nullable String filter) {
    if (domain.isActive()) {
      String live = changed(card(domain.live(), mac), filter);
      domain.change(
          "set the firewall of", handle -> handle.domain().updateDeviceFlags(live, AFFECT_LIVE));
    }
    String stored = changed(card(domain.stored(), mac), filter);
    domain.change(
        "set the firewall of", handle -> handle.domain().updateDeviceFlags(stored, AFFECT_CONFIG));
  }

  private static String changed(XmlElement card, @Nullable String filter) {
    XmlElement bare = DomainEdit.without(card, child -> child.is("", FILTER));
    return DomainEdit.text(
        filter == null
            ? bare
            : DomainEdit.with(bare, DomainEdit.element(FILTER, "filter", filter)));
  }

  private XmlElement card(XmlElement definition, String mac) {
    return DomainXml.all(definition, "devices", "interface").stream()
        .filter(one -> mac.equalsIgnoreCase(DomainXml.attribute(one, "address", "mac").orElse("")))
        .findFirst()
        .orElseThrow(
            () ->
                domain.failed(
                    HypervisorError.NO_SUCH_PART,
                    "set the firewall of",
                    "it has no network card with the address " + mac));
  }

  private List<String> names() {
    return domain
        .session()
        .ask(
            "list the network filters for " + domain.name(),
            domain.name(),
            connect -> Arrays.asList(connect.listNetworkFilters()));
  }

  private void remove(String name) {
    if (!names().contains(name)) {
      return;
    }
    domain
        .session()
        .change(
            "remove the network filter of " + domain.name(),
            domain.name(),
            connect -> {
              undefine(connect, name);
              return true;
            });
  }

  private void removeQuietly(String name) {
    try {
      remove(name);
    } catch (HypervisorException e) {
      // A filter that nobody refers to does nothing; the next removal tries again.
    }
  }

  private static void undefine(RawConnect connect, String name) throws LibvirtException {
    NetworkFilter filter = connect.networkFilterLookupByName(name);
    try {
      filter.undefine();
    } finally {
      filter.free();
    }
  }
}
