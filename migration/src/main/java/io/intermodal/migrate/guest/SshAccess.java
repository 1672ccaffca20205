package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestAddress;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reaches a guest through the network. Its address is asked for at each try: an old lease may be
 * listed before the new one is there.
 */
record SshAccess(SshLogin login) implements GuestAccess {

  private static final int MAX_ADDRESSES = 4;

  @Override
  public String name() {
    return "ssh";
  }

  @Override
  public GuestShell open(Machine machine, Duration patience) {
    List<String> addresses = addresses(machine);
    if (addresses.isEmpty()) {
      throw new HypervisorException(
          HypervisorError.GUEST_UNREACHABLE,
          SshShell.DRIVER,
          "cannot reach the guest of "
              + machine.name()
              + " with SSH: its hypervisor knows no address of it",
          machine.name());
    }
    List<String> reasons = new ArrayList<>();
    Duration each = patience.dividedBy(addresses.size());
    for (String address : addresses) {
      try {
        return SshShell.open(login.at(address, login.port()), each);
      } catch (HypervisorException e) {
        reasons.add(String.valueOf(e.getMessage()));
      }
    }
    throw new HypervisorException(
        HypervisorError.GUEST_UNREACHABLE,
        SshShell.DRIVER,
        String.join("; ", reasons),
        machine.name());
  }

  private List<String> addresses(Machine machine) {
    String host = login.host();
    if (host != null) {
      return List.of(host);
    }
    return machine.addresses().stream()
        .map(GuestAddress::address)
        .filter(IpText::isAddress)
        .filter(address -> !address.toLowerCase(Locale.ROOT).startsWith("fe80"))
        .distinct()
        .limit(MAX_ADDRESSES)
        .toList();
  }
}
