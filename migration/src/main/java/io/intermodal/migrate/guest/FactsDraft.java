package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects facts as they come in; what is not set was not answered. */
final class FactsDraft {

  SystemOutput.@Nullable Kernel kernel;
  SystemOutput.@Nullable Cpu cpu;
  @Nullable Long memoryBytes;
  @Nullable List<GuestFacts.Mount> mounts;
  @Nullable List<GuestFacts.NetworkInterface> interfaces;
  @Nullable List<GuestFacts.Address> addresses;
  @Nullable List<GuestFacts.FirewallRule> firewallRules;
  @Nullable List<GuestFacts.RouteEntry> routes;
  GuestFacts.@Nullable Ping privatePing;
  GuestFacts.@Nullable Ping publicPing;
  GuestFacts.@Nullable Lookup privateLookup;
  GuestFacts.@Nullable Lookup publicLookup;
  @Nullable Boolean remoteShellRunning;
  GuestFacts.@Nullable Port remoteShellPort;
  final Map<String, Boolean> userAndFileChecks = new LinkedHashMap<>();

  GuestFacts build() {
    return new GuestFacts(
        kernel == null ? null : kernel.release(),
        kernel == null ? null : kernel.architecture(),
        cpu == null ? null : cpu.cores(),
        cpu == null ? null : cpu.mhz(),
        memoryBytes,
        mounts,
        interfaces,
        addresses,
        firewallRules,
        routes,
        privatePing,
        publicPing,
        privateLookup,
        publicLookup,
        remoteShellRunning,
        remoteShellPort,
        userAndFileChecks);
  }

  /** Returns the gateway of the first default route, if it is an address. */
  @Nullable String gateway() {
    if (routes == null) {
      return null;
    }
    return routes.stream()
        .filter(route -> isDefault(route.destination()))
        .map(GuestFacts.RouteEntry::via)
        .filter(via -> via != null && IpText.isAddress(via))
        .findFirst()
        .orElse(null);
  }

  private static boolean isDefault(String destination) {
    return destination.equals("default") || destination.equals("0.0.0.0/0");
  }

  /** Returns the guest's first address of its own, IPv4 before IPv6. */
  @Nullable String ownAddress() {
    if (addresses == null) {
      return null;
    }
    List<String> plain =
        addresses.stream().map(one -> one.address().replaceFirst("/.*", "")).toList();
    return plain.stream()
        .filter(IpText::isV4)
        .findFirst()
        .orElseGet(() -> plain.isEmpty() ? null : plain.get(0));
  }
}
