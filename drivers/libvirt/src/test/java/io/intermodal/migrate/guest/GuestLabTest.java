package io.intermodal.migrate.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.Cancellation;
import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.GuestFacts;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a real guest on the hosts of the lab; needs {@code -Dintermodal.lab} and virsh. */
@Tag("lab")
@Tag("slow")
final class GuestLabTest {

  private static final Map<String, Boolean> ALL_PASSED =
      Map.of(
          "2.4.a", true, "2.4.b", true, "2.4.c", true, "2.4.d", true, "2.4.e", true, "2.4.f", true);

  @TempDir private Path folder;

  @Test
  void asksAGuestOfQemuInThreeWays() throws Exception {
    Properties lab = LabGuest.lab();
    try (LabGuest guest = LabGuest.onQemu(lab, "p-guestlab", folder);
        Hypervisor host = Drivers.load().connect(lab.getProperty("qemu.uri"))) {
      Machine machine = host.machine(guest.name());
      GuestFacts agent = ask(GuestProbe.through(GuestAccess.agent()), machine);
      GuestFacts ssh = ask(GuestProbe.through(GuestAccess.ssh(login(lab))), machine);
      GuestFacts console =
          ask(GuestProbe.through(GuestAccess.console(ConsoleLogin.none())), machine);
      assertThat(ssh.mounts()).isEqualTo(agent.mounts()).isEqualTo(console.mounts());
      assertThat(ssh.routes()).isEqualTo(agent.routes()).isEqualTo(console.routes());
      assertThat(ssh.firewallRules())
          .isEqualTo(agent.firewallRules())
          .isEqualTo(console.firewallRules());
      assertThat(ssh.interfaces()).isEqualTo(agent.interfaces()).hasSize(1);
    }
  }

  @Test
  @Tag("long")
  void asksAGuestOfXenThroughAJumpHostAndAtItsConsole() throws Exception {
    Properties lab = LabGuest.lab();
    try (LabGuest guest = LabGuest.onXen(lab, "p-guestlab", folder);
        Hypervisor host = Drivers.load().connect(lab.getProperty("xen.uri"))) {
      Machine machine = host.machine(guest.name());
      SshLogin jump =
          SshLogin.withKey("root", key(lab), knownHosts(lab))
              .at("127.0.0.1", 2223)
              .withHostAlias(lab.getProperty("xen.ssh.host"));
      GuestFacts ssh = ask(GuestProbe.through(GuestAccess.ssh(login(lab).through(jump))), machine);
      GuestFacts console =
          ask(GuestProbe.through(GuestAccess.console(ConsoleLogin.none())), machine);
      assertThat(console.mounts()).isEqualTo(ssh.mounts());
      assertThat(console.interfaces()).isEqualTo(ssh.interfaces());
    }
  }

  private static Path sshFolder(Properties lab) {
    return Path.of(lab.getProperty("ssh.config")).resolveSibling("");
  }

  private static Path knownHosts(Properties lab) {
    return sshFolder(lab).resolve("known_hosts");
  }

  private static GuestSecret key(Properties lab) {
    return GuestSecret.ofFile(sshFolder(lab).resolve("id_ed25519"));
  }

  private static SshLogin login(Properties lab) {
    return SshLogin.withKey("root", key(lab), knownHosts(lab))
        .withHostAlias(lab.getProperty("ssh.guest.alias"));
  }

  private static GuestFacts ask(GuestProbe probe, Machine machine) {
    long before = System.nanoTime();
    ProbeReport report =
        probe.probe(
            machine,
            ProbeRequest.defaults()
                .withPatience(Duration.ofSeconds(40))
                .withChecks(
                    List.of(
                        new ApplicationCheck.TcpPort("2.5.a", 22),
                        new ApplicationCheck.Command("2.5.b", "cat /etc/os-release", 0, "Debian"))),
            Cancellation.none());
    System.getLogger(GuestLabTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            () ->
                probe.name()
                    + " answered after "
                    + report.waited().toMillis()
                    + " ms, asked in "
                    + Duration.ofNanos(System.nanoTime() - before).minus(report.waited()).toMillis()
                    + " ms");
    GuestFacts facts = Objects.requireNonNull(report.facts(), report::toString);
    assertThat(facts.kernelRelease()).as("%s", report).startsWith("6.1.");
    assertThat(facts.cores()).isEqualTo(1);
    assertThat(facts.memoryBytes()).isBetween(200L << 20, 384L << 20);
    assertThat(facts.mounts()).extracting(GuestFacts.Mount::path).containsExactly("/");
    assertThat(facts.addresses()).as("%s", report).isNotEmpty();
    assertThat(facts.privatePing())
        .as("%s", report)
        .isNotNull()
        .extracting(GuestFacts.Ping::lost)
        .isEqualTo(0);
    assertThat(facts.remoteShellRunning()).as("%s", report).isTrue();
    assertThat(facts.remoteShellPort()).isEqualTo(new GuestFacts.Port(22, true));
    assertThat(facts.userAndFileChecks()).as("%s", report).isEqualTo(ALL_PASSED);
    assertThat(report.step("2.5.a").orElseThrow().outcome()).isEqualTo(ProbeStep.Outcome.PERFORMED);
    assertThat(report.step("2.5.b").orElseThrow().outcome()).isEqualTo(ProbeStep.Outcome.PERFORMED);
    return facts;
  }
}
