package io.intermodal.hypervisor;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a guest says of itself, the raw material of TIOSA's table III. A part that is null was
 * not asked or not answered.
 *
 * @param kernelRelease release of the kernel as the guest states it
 * @param architecture machine architecture as the guest states it
 * @param cores processors it sees
 * @param cpuMhz clock of a processor in MHz
 * @param memoryBytes memory it sees, in bytes
 * @param mounts mounted file systems of its disks
 * @param interfaces network interfaces, without the loopback
 * @param addresses addresses of its interfaces
 * @param firewallRules rules of its firewall in order
 * @param routes its routing table
 * @param privatePing three packets to a private address
 * @param publicPing three packets to a public address
 * @param privateLookup reverse look-up of a private address
 * @param publicLookup reverse look-up of a public address
 * @param remoteShellRunning whether its remote shell runs
 * @param remoteShellPort its remote shell's port
 * @param userAndFileChecks outcome of the user and file checks by their ids {@code 2.4.a} to {@code
 *     2.4.f}
 */
public record GuestFacts(
    @Nullable String kernelRelease,
    @Nullable String architecture,
    @Nullable Integer cores,
    @Nullable Integer cpuMhz,
    @Nullable Long memoryBytes,
    @Nullable List<Mount> mounts,
    @Nullable List<NetworkInterface> interfaces,
    @Nullable List<Address> addresses,
    @Nullable List<FirewallRule> firewallRules,
    @Nullable List<RouteEntry> routes,
    @Nullable Ping privatePing,
    @Nullable Ping publicPing,
    @Nullable Lookup privateLookup,
    @Nullable Lookup publicLookup,
    @Nullable Boolean remoteShellRunning,
    @Nullable Port remoteShellPort,
    Map<String, Boolean> userAndFileChecks) {

  /** A mounted file system and its size in bytes. */
  public record Mount(String path, long bytes) {}

  /** A network interface; its hardware address in lower case. */
  public record NetworkInterface(String name, @Nullable String mac) {}

  /** An address of an interface, with its prefix length. */
  public record Address(String networkInterface, String address) {}

  /** A firewall rule. */
  public record FirewallRule(String chain, String match, String action) {}

  /** A route; {@code via} is null for a network that is attached. */
  public record RouteEntry(
      String destination, @Nullable String via, @Nullable String networkInterface) {}

  /** Packets sent and lost, and the time of all of them together in milliseconds. */
  public record Ping(int sent, int lost, long totalMillis) {}

  /** A reverse look-up; the name is null when there is none. */
  public record Lookup(String address, @Nullable String name) {}

  /** A TCP port and whether it answers. */
  public record Port(int number, boolean open) {}

  /** Copies the map. */
  public GuestFacts {
    userAndFileChecks = Map.copyOf(userAndFileChecks);
  }
}
