package io.intermodal.migrate.guest;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.intermodal.hypervisor.GuestFacts;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever a guest writes, reading it neither fails nor hangs nor gives what cannot be. */
final class OutputMutationTest {

  private static final List<String> PIECES =
      List.of(
          "\n",
          " ",
          "\t",
          "{",
          "}",
          "\"",
          "-j ",
          "default",
          "via",
          "dev",
          "999999999999999999999",
          "-1",
          "0",
          "\u0000",
          "é",
          "/dev/",
          "inet ",
          "1: ",
          "0A",
          "table x {",
          "chain y {",
          "policy",
          "scope",
          "\\",
          "packets transmitted, ",
          "firewall nft\n");

  @Test
  void survivesBrokenOutput() {
    int count = Math.max(2000, Integer.getInteger("intermodal.fuzz.count", 4000));
    Random random = new Random(Long.getLong("intermodal.fuzz.seed", 1));
    List<String> samples = Samples.ALL.stream().map(Samples::text).toList();
    assertTimeoutPreemptively(
        ofMinutes(2),
        () -> {
          for (int i = 0; i < count; i++) {
            read(broken(samples.get(random.nextInt(samples.size())), random));
          }
        });
  }

  @Test
  void readsHugeOutputInBoundedTimeAndSpace() {
    String line = "1: eth0    inet 10.0.0.1/8 scope global eth0\n";
    String many = line.repeat((1 << 20) / line.length());
    String wide = "a ".repeat(1 << 19);
    String open = "table inet x {\nchain y {\n" + "accept\n".repeat(1 << 17);
    String blank = open.substring(0, 30) + ("a" + " ".repeat(3900) + "b\n").repeat(260);
    assertTimeoutPreemptively(
        ofSeconds(30),
        () -> {
          for (String text :
              List.of(many, wide, open, blank, "(".repeat(1 << 20), "\n".repeat(1 << 20))) {
            read(text);
          }
        });
    assertThat(NetworkOutput.addresses(many)).hasSize(OutputLines.MAX_ENTRIES);
    assertThat(NftOutput.rules(open)).hasSize(OutputLines.MAX_ENTRIES);
  }

  private static String broken(String text, Random random) {
    StringBuilder out = new StringBuilder(text);
    for (int n = random.nextInt(6) + 1; n > 0 && !out.isEmpty(); n--) {
      int at = random.nextInt(out.length());
      switch (random.nextInt(5)) {
        case 0 -> out.setCharAt(at, (char) random.nextInt(300));
        case 1 -> out.deleteCharAt(at);
        case 2 -> out.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 3 -> out.setLength(at);
        default -> {
          int end = at + random.nextInt(out.length() - at);
          out.insert(random.nextInt(out.length()), out.substring(at, end));
        }
      }
    }
    return out.toString();
  }

  private static void read(String text) {
    SystemOutput.kernel(text);
    SystemOutput.Cpu cpu = SystemOutput.cpu(text);
    assertThat(cpu == null || cpu.cores() > 0).isTrue();
    SystemOutput.memoryBytes(text);
    List<GuestFacts.Mount> mounts = MountOutput.mounts(text);
    if (mounts != null) {
      assertThat(mounts).allMatch(mount -> mount.bytes() >= 0 && mount.path().startsWith("/"));
    }
    assertThat(NetworkOutput.interfaces(text)).allMatch(link -> !link.name().isBlank());
    assertThat(NetworkOutput.addresses(text)).allMatch(one -> IpText.isNetwork(one.address()));
    assertThat(NetworkOutput.routes(text)).allMatch(route -> !route.destination().isBlank());
    assertThat(NftOutput.rules(text))
        .allMatch(rule -> !rule.chain().isBlank() && !rule.action().isBlank());
    assertThat(IptablesOutput.rules(text, ""))
        .allMatch(rule -> !rule.chain().isBlank() && !rule.action().isBlank());
    FirewallOutput.rules(text);
    GuestFacts.Ping ping = ReachOutput.ping(text);
    assertThat(ping == null || (ping.lost() >= 0 && ping.lost() <= ping.sent())).isTrue();
    String name = ReachOutput.lookup(text, "194.25.2.129");
    assertThat(name == null || !name.isBlank()).isTrue();
    ListeningOutput.ports(text);
    String marked =
        text.lines()
            .map(line -> "@t e x " + line)
            .collect(Collectors.joining("\n", "@t b x 1\n", ""));
    SectionOutput.read(marked, "@t");
    SectionOutput.read(text, text.isBlank() ? "@" : text.strip().substring(0, 1));
  }
}
