package io.intermodal.driver.libvirt;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.intermodal.hypervisor.GuestAddress;
import io.intermodal.xml.XmlElement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libvirt.DomainInterface;
import org.libvirt.LibvirtException;

/**
 * Finds the addresses of a guest: what its agent says, then the DHCP leases of its cards, those
 * that run longest first. A card may have several leases, as the guest that had its address before
 * left one.
 */
final class GuestAddresses {

  private static final int FROM_AGENT = 1;

  /** What {@code virNetworkDHCPLease} looks like with pointers of 64 bits. */
  private static final int EXPIRY = 8;

  private static final int MAC = 24;
  private static final int ADDRESS = 40;

  private static final int MOST_LEASES = 10_000;

  private final DomainAccess domain;

  GuestAddresses(DomainAccess domain) {
    this.domain = domain;
  }

  private record Lease(String mac, String address, long expiry) {}

  List<GuestAddress> find(boolean askAgent) {
    Set<GuestAddress> found = new LinkedHashSet<>();
    if (askAgent) {
      found.addAll(fromAgent());
    }
    Set<String> known = new LinkedHashSet<>();
    found.forEach(address -> known.add(address.mac() + address.address()));
    List<Lease> leases = new ArrayList<>();
    for (XmlElement card : DomainXml.all(domain.live(), "devices", "interface")) {
      String network = DomainXml.attribute(card, "network", "source").orElse(null);
      String mac = DomainXml.attribute(card, "address", "mac").orElse(null);
      if (network != null && mac != null) {
        leases.addAll(leases(network, mac.toLowerCase(Locale.ROOT)));
      }
    }
    leases.sort(Comparator.comparingLong(Lease::expiry).reversed());
    long now = Instant.now().getEpochSecond();
    for (Lease lease : leases) {
      boolean runs = lease.expiry() == 0 || lease.expiry() > now;
      if (runs && known.add(lease.mac() + lease.address())) {
        found.add(new GuestAddress(lease.mac(), lease.address(), "dhcp lease"));
      }
    }
    return List.copyOf(found);
  }

  private List<GuestAddress> fromAgent() {
    List<GuestAddress> found = new ArrayList<>();
    try {
      Collection<DomainInterface> interfaces =
          domain.ask("ask for the addresses of", GuestAddresses::interfaces);
      for (DomainInterface one : interfaces) {
        if (one.hwAddr == null || one.addrs == null || "lo".equals(one.name)) {
          continue;
        }
        for (DomainInterface.InterfaceAddress address : one.addrs) {
          String text = address.address == null ? null : address.address.getHostAddress();
          if (text != null) {
            // An IPv6 address may carry the name of the interface.
            String bare = text.replaceFirst("%.*", "");
            found.add(new GuestAddress(one.hwAddr.toLowerCase(Locale.ROOT), bare, "guest agent"));
          }
        }
      }
    } catch (LibvirtFailure e) {
      // No agent, or it does not answer now: the leases are left.
    }
    return found;
  }

  private static Collection<DomainInterface> interfaces(DomainHandle handle)
      throws LibvirtException {
    return handle.domain().interfaceAddresses(FROM_AGENT, 0);
  }

  private List<Lease> leases(String network, String mac) {
    NativeCalls calls = domain.session().calls();
    try {
      return domain
          .session()
          .ask(
              "ask for the leases of the network " + network,
              domain.name(),
              connect -> {
                Pointer pointer =
                    NativeFailure.check(
                        calls, calls.virNetworkLookupByName(connect.pointer(), network));
                try {
                  return leases(calls, pointer, mac);
                } finally {
                  calls.virNetworkFree(pointer);
                }
              });
    } catch (LibvirtFailure e) {
      // A network that is off, or gone, or of a kind without leases has none.
      return List.of();
    }
  }

  private static List<Lease> leases(NativeCalls calls, Pointer network, String mac) {
    PointerByReference list = new PointerByReference();
    int count = NativeFailure.check(calls, calls.virNetworkGetDHCPLeases(network, mac, list, 0));
    List<Lease> leases = new ArrayList<>();
    Pointer array = list.getValue();
    if (array == null) {
      return leases;
    }
    try {
      for (int i = 0; i < count; i++) {
        Pointer lease = array.getPointer((long) i * Native.POINTER_SIZE);
        if (i < MOST_LEASES) {
          String leased = text(lease, MAC);
          String address = text(lease, ADDRESS);
          if (address != null) {
            leases.add(
                new Lease(
                    leased == null ? mac : leased.toLowerCase(Locale.ROOT),
                    address,
                    lease.getLong(EXPIRY)));
          }
        }
        calls.virNetworkDHCPLeaseFree(lease);
      }
    } finally {
      Native.free(Pointer.nativeValue(array));
    }
    return leases;
  }

  private static @Nullable String text(Pointer lease, int offset) {
    Pointer text = lease.getPointer(offset);
    return text == null ? null : text.getString(0, "UTF-8");
  }
}
