package io.intermodal.migrate.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.Cancellation;
import io.intermodal.hypervisor.GuestAddress;
import io.intermodal.hypervisor.GuestResult;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SshShellTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static SshServerRun server;
  private static SshLogin login;

  @BeforeAll
  static void start() throws IOException {
    server = new SshServerRun();
    login = server.login(server.knownHosts(folder, server.hostAndPort()));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void runsCommandsWithAPassword() {
    try (SshShell shell = SshShell.open(login, PATIENCE)) {
      assertThat(shell.run("echo 'it''s'; echo bad >&2; exit 4", PATIENCE))
          .isEqualTo(new GuestResult(4, "its\n", "bad\n", false));
      assertThat(shell.run("kill -9 $$", PATIENCE).exitStatus()).isEqualTo(137);
      assertThat(shell.run("cat", "a\u0000é'".getBytes(StandardCharsets.UTF_8), PATIENCE).output())
          .isEqualTo("a\u0000é'");
      assertThat(shell.run(": " + "x".repeat(20_000) + "\necho long", PATIENCE).output())
          .isEqualTo("long\n");
      assertThat(shell.via()).isEqualTo("ssh probe@127.0.0.1");
    }
  }

  @Test
  void runsCommandsWithAKey() {
    SshLogin withKey =
        SshLogin.withKey(SshServerRun.USER, server.key(), login.knownHosts())
            .at("127.0.0.1", server.port());
    try (SshShell shell = SshShell.open(withKey, PATIENCE)) {
      assertThat(shell.run("echo key", PATIENCE).output()).isEqualTo("key\n");
    }
  }

  @Test
  void goesThroughAJumpHost() throws Exception {
    try (SshServerRun jump = new SshServerRun()) {
      SshLogin through = login.through(jump.login(jump.knownHosts(folder, jump.hostAndPort())));
      try (SshShell shell = SshShell.open(through, PATIENCE)) {
        assertThat(shell.run("echo through", PATIENCE).output()).isEqualTo("through\n");
      }
    }
  }

  @Test
  void verifiesTheHostUnderItsAlias() throws Exception {
    SshLogin alias = server.login(server.knownHosts(folder, "lab-guest"));
    assertThatThrownBy(() -> SshShell.open(alias, PATIENCE))
        .hasMessageContaining("is not in " + alias.knownHosts());
    try (SshShell shell = SshShell.open(alias.withHostAlias("lab-guest"), PATIENCE)) {
      assertThat(shell.run("echo alias", PATIENCE).output()).isEqualTo("alias\n");
    }
  }

  @Test
  void refusesAnotherHostsKey() throws Exception {
    try (SshServerRun other = new SshServerRun()) {
      SshLogin wrong = server.login(other.knownHosts(folder, server.hostAndPort()));
      assertThatThrownBy(() -> SshShell.open(wrong, PATIENCE))
          .isInstanceOfSatisfying(
              HypervisorException.class,
              e -> assertThat(e.code()).isEqualTo(HypervisorError.GUEST_UNREACHABLE))
          .hasMessageContaining("shows another key");
    }
  }

  @Test
  void tellsNobodyThePassword() {
    GuestSecret wrong = GuestSecret.of("hunter2-hunter2".toCharArray());
    SshLogin refused =
        SshLogin.withPassword(SshServerRun.USER, wrong, login.knownHosts())
            .at("127.0.0.1", server.port());
    assertThat(refused.toString()).contains("***").doesNotContain("hunter2");
    assertThat(GuestProbe.through(GuestAccess.ssh(refused)).toString()).doesNotContain("hunter2");
    assertThatThrownBy(() -> SshShell.open(refused, PATIENCE))
        .hasMessageContaining("it refused the password")
        .hasMessageNotContaining("hunter2")
        .hasStackTraceContaining("SshConnection");
  }

  @Test
  void saysThatAKeyIsNone() {
    SshLogin broken =
        SshLogin.withKey("probe", GuestSecret.of("no key".toCharArray()), login.knownHosts())
            .at("127.0.0.1", server.port());
    assertThatThrownBy(() -> SshShell.open(broken, PATIENCE))
        .hasMessageContaining("the private key cannot be read");
  }

  @Test
  void saysThatTheFileOfKnownHostsIsNotThere() {
    SshLogin lacking = server.login(folder.resolve("absent"));
    assertThatThrownBy(() -> SshShell.open(lacking, PATIENCE))
        .hasMessageContaining("absent: no such file or folder");
  }

  @Test
  void givesUpAServerThatSaysNothing() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      long before = System.nanoTime();
      assertThatThrownBy(
              () ->
                  SshShell.open(
                      login.at("127.0.0.1", silent.getLocalPort()), Duration.ofSeconds(1)))
          .isInstanceOf(HypervisorException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void givesUpAServerThatSaysNothingBehindAJumpHost() throws Exception {
    try (SshServerRun jump = new SshServerRun();
        ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SshLogin through =
          login
              .at("127.0.0.1", silent.getLocalPort())
              .through(jump.login(jump.knownHosts(folder, jump.hostAndPort())));
      long before = System.nanoTime();
      assertThatThrownBy(() -> SshShell.open(through, Duration.ofSeconds(2)))
          .hasMessageContaining("longer than");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(12));
    }
  }

  @Test
  void givesUpACommandThatTakesTooLong() {
    try (SshShell shell = SshShell.open(login, PATIENCE)) {
      assertThatThrownBy(() -> shell.run("sleep 20", Duration.ofMillis(500)))
          .isInstanceOfSatisfying(
              HypervisorException.class,
              e -> assertThat(e.code()).isEqualTo(HypervisorError.GUEST_TIMEOUT));
    }
  }

  @Test
  void boundsTheOutput() {
    try (SshShell shell = SshShell.open(login, PATIENCE)) {
      GuestResult result = shell.run("head -c 3000000 /dev/zero", PATIENCE);
      assertThat(result.truncated()).isTrue();
      assertThat(result.output()).hasSize(SshShell.MAX_OUTPUT_BYTES);
    }
  }

  @Test
  void asksForTheAddressAtEachTry() {
    FakeMachine machine = new FakeMachine();
    SshLogin anywhere =
        new SshLogin(
            login.user(),
            null,
            server.port(),
            null,
            null,
            login.password(),
            login.knownHosts(),
            server.hostAndPort(),
            null);
    GuestAccess access = GuestAccess.ssh(anywhere);
    assertThatThrownBy(() -> access.open(machine, PATIENCE))
        .hasMessageContaining("its hypervisor knows no address of it");
    machine.addresses =
        List.of(
            new GuestAddress("52:54:00:00:00:01", "fe80::1", "dhcp lease"),
            new GuestAddress("52:54:00:00:00:01", "127.0.0.1", "dhcp lease"));
    ProbeReport report =
        GuestProbe.through(access)
            .probe(
                machine,
                ProbeRequest.defaults()
                    .withUser(false)
                    .withPings("127.0.0.1", "127.0.0.1")
                    .withLookups("127.0.0.1", "127.0.0.1"),
                Cancellation.none());
    assertThat(report.via()).isEqualTo("ssh probe@127.0.0.1");
    assertThat(Samples.facts(report).kernelRelease()).as("%s", report).isNotBlank();
  }

  @Test
  void takesAKeyFromAFile() throws Exception {
    Path file = folder.resolve("key");
    Files.write(file, server.key().reveal());
    SshLogin withKey =
        SshLogin.withKey(SshServerRun.USER, GuestSecret.ofFile(file), login.knownHosts())
            .at("127.0.0.1", server.port());
    try (SshShell shell = SshShell.open(withKey, PATIENCE)) {
      assertThat(shell.run("echo file", PATIENCE).output()).isEqualTo("file\n");
    }
    SshLogin absent =
        SshLogin.withKey("probe", GuestSecret.ofFile(folder.resolve("none")), login.knownHosts())
            .at("127.0.0.1", server.port());
    assertThatThrownBy(() -> SshShell.open(absent, PATIENCE))
        .hasMessageContaining("none: no such file or folder");
  }
}
