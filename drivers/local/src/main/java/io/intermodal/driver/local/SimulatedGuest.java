package io.intermodal.driver.local;

import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.GuestFacts;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers for a guest that does not exist. Its facts follow from definition and profile alone: a
 * machine that moves keeps what a real guest would keep and sees what the other product would show
 * it (names of network cards, the clock).
 */
final class SimulatedGuest {

  private static final String PUBLIC_ADDRESS = "194.25.2.129";
  private static final String PUBLIC_NAME = "dns.isp.t-ipnet.de";
  private static final int SSH = 22;
  private static final int PACKETS = 3;
  private static final long PRIVATE_MILLIS = 2;
  private static final long PUBLIC_MILLIS = 45;
  private static final List<String> USER_AND_FILE_CHECKS =
      List.of("2.4.a", "2.4.b", "2.4.c", "2.4.d", "2.4.e", "2.4.f");

  private final MachineSpec spec;
  private final Profile profile;
  private final boolean windows;

  SimulatedGuest(MachineSpec spec, Profile profile) {
    this.spec = spec;
    this.profile = profile;
    GuestOs guestOs = spec.guestOs();
    this.windows = guestOs != null && guestOs.isWindows();
  }

  GuestFacts facts() {
    List<GuestFacts.NetworkInterface> interfaces = new ArrayList<>();
    List<GuestFacts.Address> addresses = new ArrayList<>();
    List<GuestFacts.RouteEntry> routes = new ArrayList<>();
    for (int slot = 0; slot < spec.nics().size(); slot++) {
      NicSpec nic = spec.nics().get(slot);
      String name = profile.nicName(slot, spec.guestOs());
      interfaces.add(new GuestFacts.NetworkInterface(name, nic.mac()));
      GuestAddress address = GuestAddress.of(nic);
      if (address != null) {
        addresses.add(new GuestFacts.Address(name, address.withPrefix()));
        if (routes.isEmpty()) {
          routes.add(new GuestFacts.RouteEntry("default", address.gateway(), name));
        }
        routes.add(new GuestFacts.RouteEntry(address.subnet(), null, name));
      }
    }
    Optional<GuestAddress> first = firstAddress();
    CpuSpec cpu = spec.cpu();
    return new GuestFacts(
        kernelRelease(),
        windows ? "AMD64" : "x86_64",
        cpu == null ? null : cpu.count(),
        profile.cpuMhz(),
        spec.memoryBytes(),
        mounts(),
        interfaces,
        addresses,
        firewall(),
        routes,
        ping(first.isPresent(), PRIVATE_MILLIS),
        ping(first.isPresent(), PUBLIC_MILLIS),
        first.map(a -> new GuestFacts.Lookup(a.gateway(), "gateway.intermodal.test")).orElse(null),
        new GuestFacts.Lookup(PUBLIC_ADDRESS, first.isPresent() ? PUBLIC_NAME : null),
        true,
        new GuestFacts.Port(SSH, true),
        USER_AND_FILE_CHECKS.stream().collect(Collectors.toMap(id -> id, id -> true)));
  }

  /** Returns what the guest writes to its serial console while it boots. */
  String bootText() {
    StringBuilder text = new StringBuilder();
    text.append(windows ? "Windows " : "Linux version ").append(kernelRelease()).append('\n');
    text.append("Platform: ").append(profile.productName()).append(", simulated guest\n");
    text.append("CPUs: ").append(spec.cpu() == null ? 1 : spec.cpu().count()).append('\n');
    text.append("Memory: ").append(spec.memoryBytes()).append(" bytes\n");
    for (GuestFacts.Mount mount : mounts()) {
      text.append("Mounted ").append(mount.path()).append(": ");
      text.append(mount.bytes()).append(" bytes\n");
    }
    for (int slot = 0; slot < spec.nics().size(); slot++) {
      NicSpec nic = spec.nics().get(slot);
      GuestAddress address = GuestAddress.of(nic);
      text.append(profile.nicName(slot, spec.guestOs())).append(": ").append(nic.mac());
      text.append(' ').append(address == null ? "no link" : address.withPrefix()).append('\n');
    }
    return text.append("Started the remote shell on port ")
        .append(SSH)
        .append("\n\n")
        .append(spec.name())
        .append(" login: ")
        .toString();
  }

  private String kernelRelease() {
    return windows ? "10.0.17763" : "6.1.0-28-amd64";
  }

  private Optional<GuestAddress> firstAddress() {
    return spec.nics().stream()
        .flatMap(nic -> Optional.ofNullable(GuestAddress.of(nic)).stream())
        .findFirst();
  }

  private List<GuestFacts.Mount> mounts() {
    List<GuestFacts.Mount> mounts = new ArrayList<>();
    String boot = spec.bootDisk().map(DiskSpec::key).orElse("");
    char letter = 'C';
    for (DiskSpec disk : spec.disks()) {
      boolean isBoot = disk.key().equals(boot);
      String path;
      if (windows) {
        // The boot disk is C: wherever it stands; 26 letters are enough for a simulated guest.
        path = isBoot ? "C:" : (letter < 'Z' ? ++letter + ":" : "C:\\mnt\\" + disk.key());
      } else {
        path = isBoot ? "/" : "/mnt/" + disk.key();
      }
      mounts.add(new GuestFacts.Mount(path, disk.capacityBytes()));
    }
    return mounts;
  }

  private static List<GuestFacts.FirewallRule> firewall() {
    return List.of(
        new GuestFacts.FirewallRule("INPUT", "state established,related", "ACCEPT"),
        new GuestFacts.FirewallRule("INPUT", "tcp dport " + SSH, "ACCEPT"),
        new GuestFacts.FirewallRule("INPUT", "icmp", "ACCEPT"),
        new GuestFacts.FirewallRule("INPUT", "any", "DROP"));
  }

  private static GuestFacts.Ping ping(boolean connected, long millis) {
    return new GuestFacts.Ping(PACKETS, connected ? 0 : PACKETS, connected ? millis : 0);
  }

  /**
   * An address that follows from the card, as one site's DHCP would lease it again after a move; a
   * card without a network has none.
   */
  private record GuestAddress(int host) {

    private static final String SITE = "10.20";

    static @Nullable GuestAddress of(NicSpec nic) {
      String mac = nic.mac();
      if (mac == null || nic.network() == null) {
        return null;
      }
      int low = Integer.parseInt(mac.substring(12).replace(":", ""), 16);
      // Neither the network's own address, nor the gateway's, nor the broadcast's.
      return new GuestAddress(256 + low % (65_536 - 512));
    }

    String withPrefix() {
      return SITE + "." + (host >> 8) + "." + (host & 255) + "/16";
    }

    String gateway() {
      return SITE + ".0.1";
    }

    String subnet() {
      return SITE + ".0.0/16";
    }
  }
}
