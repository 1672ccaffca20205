package io.intermodal.migrate.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.GuestFacts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputParsersTest {

  private static final String PUBLIC = "194.25.2.129";

  @ParameterizedTest
  @CsvSource({
    "6.1.0-28-amd64,x86_64",
    "5.15.0-122-generic,x86_64",
    "2.6.32-279.el6.x86_64,x86_64",
    "6.6.56-0-virt,aarch64"
  })
  void readsKernels(String release, String architecture) {
    assertThat(SystemOutput.kernel(release + "\n" + architecture + "\n"))
        .isEqualTo(new SystemOutput.Kernel(release, architecture));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "6.1.0\n", "sh: uname: not found\n", "x86_64\n6.1.0\n"})
  void findsNoKernelWhereAPartIsLacking(String output) {
    assertThat(SystemOutput.kernel(output)).isNull();
  }

  @Test
  void countsProcessorsAndRoundsTheClock() {
    assertThat(SystemOutput.cpu(Samples.text("cpu-x86"))).isEqualTo(new SystemOutput.Cpu(2, 2400));
    assertThat(SystemOutput.cpu(Samples.text("cpu-arm"))).isEqualTo(new SystemOutput.Cpu(4, null));
    assertThat(SystemOutput.cpu(Samples.text("cpu-power")))
        .isEqualTo(new SystemOutput.Cpu(1, 3425));
    assertThat(SystemOutput.cpu("nothing")).isNull();
  }

  @Test
  void readsMemoryInBytes() {
    assertThat(SystemOutput.memoryBytes("MemTotal:         482584 kB\n")).isEqualTo(482584L << 10);
    assertThat(SystemOutput.memoryBytes("MemTotal:              0 kB\n")).isNull();
    assertThat(SystemOutput.memoryBytes("MemFree:          482584 kB\n")).isNull();
    assertThat(SystemOutput.memoryBytes("MemTotal: 9999999999999999999 kB\n")).isNull();
  }

  @Test
  void takesOnlyFileSystemsOnDisks() {
    assertThat(MountOutput.mounts(Samples.text("df-debian12")))
        .containsExactly(
            new GuestFacts.Mount("/", 1187732L << 10),
            new GuestFacts.Mount("/srv/my data", 10218772L << 10));
    assertThat(MountOutput.mounts(Samples.text("df-centos6")))
        .containsExactly(
            new GuestFacts.Mount("/", 6795192L << 10),
            new GuestFacts.Mount("/boot", 495844L << 10));
    assertThat(MountOutput.mounts(Samples.text("df-busybox")))
        .extracting(GuestFacts.Mount::path)
        .containsExactly("/", "/boot");
    assertThat(MountOutput.mounts("df: /: No such file or directory\n")).isNull();
  }

  @Test
  void ordersInterfacesByTheirIndex() {
    assertThat(NetworkOutput.interfaces(Samples.text("links")))
        .containsExactly(
            new GuestFacts.NetworkInterface("eth0", "00:50:56:9a:00:01"),
            new GuestFacts.NetworkInterface("eth1", "00:50:56:9a:00:02"),
            new GuestFacts.NetworkInterface("bond0", "00:50:56:9a:00:02"),
            new GuestFacts.NetworkInterface("ib0", null));
  }

  @Test
  void leavesOutAddressesThatAreNotOfTheMachine() {
    assertThat(NetworkOutput.addresses(Samples.text("addr-debian12")))
        .containsExactly(
            new GuestFacts.Address("ens2", "192.168.150.23/24"),
            new GuestFacts.Address("ens2", "2001:db8:7::42/64"));
    assertThat(NetworkOutput.addresses(Samples.text("addr-centos6")))
        .containsExactly(
            new GuestFacts.Address("eth0", "10.20.0.31/16"),
            new GuestFacts.Address("eth0", "10.20.0.32/16"));
    assertThat(NetworkOutput.addresses(Samples.text("addr-busybox")))
        .containsExactly(
            new GuestFacts.Address("eth0", "10.0.2.15/24"),
            new GuestFacts.Address("eth1", "10.9.0.2/24"));
  }

  @Test
  void readsRoutesWithoutWhatChangesByItself() {
    assertThat(NetworkOutput.routes(Samples.text("route-debian12")))
        .containsExactly(
            new GuestFacts.RouteEntry("default", "192.168.150.1", "ens2"),
            new GuestFacts.RouteEntry("192.168.150.0/24", null, "ens2"),
            new GuestFacts.RouteEntry("192.168.150.1", null, "ens2"),
            new GuestFacts.RouteEntry("10.66.0.0/16", "blackhole", null),
            new GuestFacts.RouteEntry("2001:db8:7::/64", null, "ens2"),
            new GuestFacts.RouteEntry("default", "fe80::1", "ens2"));
    assertThat(NetworkOutput.routes(Samples.text("route-centos6")))
        .containsExactly(
            new GuestFacts.RouteEntry("10.20.0.0/16", null, "eth0"),
            new GuestFacts.RouteEntry("169.254.0.0/16", null, "eth0"),
            new GuestFacts.RouteEntry("default", "10.20.0.1", "eth0"));
    assertThat(NetworkOutput.routes(Samples.text("route-busybox")))
        .containsExactly(
            new GuestFacts.RouteEntry("default", "10.0.2.2", "eth0"),
            new GuestFacts.RouteEntry("10.0.2.0/24", null, "eth0"));
  }

  @Test
  void readsRulesOfNftWithoutItsCounters() {
    List<GuestFacts.FirewallRule> rules =
        FirewallOutput.rules("firewall nft\n" + Samples.text("nft-debian12"));
    assertThat(rules)
        .containsExactly(
            new GuestFacts.FirewallRule(
                "inet filter",
                "set admins",
                "type ipv4_addr flags interval elements = { 10.0.0.0/8, 192.168.0.0-192.168.3.255,"
                    + " 203.0.113.7 }"),
            new GuestFacts.FirewallRule("inet filter input", "policy", "drop"),
            new GuestFacts.FirewallRule("inet filter input", "iifname \"lo\"", "accept"),
            new GuestFacts.FirewallRule(
                "inet filter input", "ct state established,related", "accept"),
            new GuestFacts.FirewallRule(
                "inet filter input", "tcp dport { 22, 80 } ip saddr @admins", "accept"),
            new GuestFacts.FirewallRule(
                "inet filter input", "meta l4proto icmp limit rate 5/second", "accept"),
            new GuestFacts.FirewallRule("inet filter input", "iifname \"drop\"", "jump services"),
            new GuestFacts.FirewallRule(
                "inet filter input",
                "log prefix \"denied: \"",
                "reject with icmpx admin-prohibited"),
            new GuestFacts.FirewallRule("inet filter services", "udp dport 53 counter", "continue"),
            new GuestFacts.FirewallRule("ip nat postrouting", "policy", "accept"),
            new GuestFacts.FirewallRule("ip nat postrouting", "oifname \"ens2\"", "masquerade"));
  }

  @Test
  void readsRulesOfIptables() {
    assertThat(
            FirewallOutput.rules(
                "firewall iptables\n"
                    + Samples.text("iptables-centos6")
                    + "firewall ip6tables\n-P INPUT DROP\n"))
        .contains(
            new GuestFacts.FirewallRule("INPUT", "policy", "ACCEPT"),
            new GuestFacts.FirewallRule(
                "INPUT", "-p tcp -m state --state NEW -m tcp --dport 22", "ACCEPT"),
            new GuestFacts.FirewallRule("INPUT", "-p tcp -m tcp --dport 80", "web"),
            new GuestFacts.FirewallRule("INPUT", "", "REJECT --reject-with icmp-host-prohibited"),
            new GuestFacts.FirewallRule("web", "-s 10.0.0.0/8", "count"),
            new GuestFacts.FirewallRule("ip6 INPUT", "policy", "DROP"))
        .hasSize(10);
    assertThat(FirewallOutput.rules("Permission denied (you must be root)")).isNull();
  }

  @Test
  void addsUpTheTimeOfAnsweredPackets() {
    assertThat(ReachOutput.ping(Samples.text("ping-iputils")))
        .isEqualTo(new GuestFacts.Ping(3, 0, 3));
    assertThat(ReachOutput.ping(Samples.text("ping-iputils-old")))
        .isEqualTo(new GuestFacts.Ping(3, 1, 49));
    assertThat(ReachOutput.ping(Samples.text("ping-busybox")))
        .isEqualTo(new GuestFacts.Ping(3, 0, 2));
    assertThat(ReachOutput.ping(Samples.text("ping-lost"))).isEqualTo(new GuestFacts.Ping(3, 3, 0));
    assertThat(ReachOutput.ping("ping: connect: Network is unreachable\n")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lookup-getent", "lookup-host", "lookup-busybox", "lookup-busybox-old"})
  void findsTheNameOfAnAddress(String sample) {
    assertThat(ReachOutput.lookup(Samples.text(sample), PUBLIC)).isEqualTo("dns.isp.t-ipnet.de");
  }

  @Test
  void findsNoNameWhereThereIsNone() {
    assertThat(ReachOutput.lookup(Samples.text("lookup-absent"), PUBLIC)).isNull();
    assertThat(ReachOutput.lookup("none\n", PUBLIC)).isNull();
    assertThat(ReachOutput.lookup("10.0.0.1 10.0.0.1\n", "10.0.0.1")).isNull();
  }

  @Test
  void readsWhereTheGuestListens() {
    assertThat(ListeningOutput.ports(Samples.text("tcp"))).containsExactly(22, 80);
    assertThat(ListeningOutput.ports("cat: can't open '/proc/net/tcp'\n")).isNull();
  }
}
