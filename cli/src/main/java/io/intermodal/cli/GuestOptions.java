package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.migrate.guest.ApplicationCheck;
import io.intermodal.migrate.guest.ConsoleLogin;
import io.intermodal.migrate.guest.GuestAccess;
import io.intermodal.migrate.guest.GuestProbe;
import io.intermodal.migrate.guest.GuestSecret;
import io.intermodal.migrate.guest.ProbeRequest;
import io.intermodal.migrate.guest.SshLogin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Holds the options that say how the guest is asked, for every command that tests one. */
final class GuestOptions {

  private static final Pattern JUMP =
      Pattern.compile("(?:([^@]+)@)?(\\[[0-9A-Fa-f:.]+\\]|[^:@\\[\\]]+)(?::(\\d{1,5}))?");
  private static final int SSH = 22;

  /** Names the ways to a guest. */
  enum Way {
    AUTO,
    AGENT,
    SSH,
    CONSOLE,
    NONE
  }

  @Option(
      names = "--probe",
      paramLabel = "WAY",
      defaultValue = "auto",
      description =
          "How the guest is asked: agent, ssh, console, none, or auto (default): the hypervisor's"
              + " own answer, its agent, and with --guest-user ssh and the console.")
  Way way = Way.AUTO;

  @Option(
      names = "--guest-user",
      paramLabel = "NAME",
      description = "Name to log in to the guest with, by ssh or at the console.")
  @Nullable String user;

  @Option(
      names = "--guest-key",
      paramLabel = "FILE",
      description = "Private key to log in to the guest with.")
  @Nullable Path key;

  @Option(
      names = "--guest-password-env",
      paramLabel = "NAME",
      description = "The environment variable that holds the password of the guest's user.")
  @Nullable String passwordVariable;

  @Option(
      names = "--guest-known-hosts",
      paramLabel = "FILE",
      description = "File with the key of the guest's ssh server; ~/.ssh/known_hosts unless given.")
  @Nullable Path knownHosts;

  @Option(
      names = "--guest-host-alias",
      paramLabel = "NAME",
      description = "Name that this file has the guest's key under; its address unless given.")
  @Nullable String hostAlias;

  @Option(
      names = "--guest-jump",
      paramLabel = "[USER@]HOST[:PORT]",
      description = "Host to reach the guest's ssh server through, with the same key or password.")
  @Nullable String jump;

  @Option(
      names = "--source-guest-jump",
      paramLabel = "[USER@]HOST[:PORT]",
      description = "The same, at the source only.")
  @Nullable String sourceJump;

  @Option(
      names = "--target-guest-jump",
      paramLabel = "[USER@]HOST[:PORT]",
      description = "The same, at the target only.")
  @Nullable String targetJump;

  @Option(
      names = "--guest-jump-alias",
      paramLabel = "NAME",
      description = "Name that the file of known hosts has the jump host's key under.")
  @Nullable String jumpAlias;

  @Option(
      names = "--guest-wait",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long a started guest may take to answer (default ${DEFAULT-VALUE}).")
  int waitSeconds;

  @Option(
      names = "--guest-public-address",
      paramLabel = "ADDRESS",
      defaultValue = ProbeRequest.PUBLIC_ADDRESS,
      description = "Public address that the guest pings (default ${DEFAULT-VALUE}).")
  String publicAddress = ProbeRequest.PUBLIC_ADDRESS;

  @Option(
      names = "--no-guest-user-tests",
      description = "Leave out the tests that add a user to the guest and remove it again.")
  boolean noUserTests;

  @Option(
      names = "--guest-check",
      paramLabel = "ID=COMMAND",
      description =
          "A check of your own, 2.5.a to 2.5.zz: a shell command in the guest that must end with"
              + " status 0; repeatable.")
  Map<String, String> checks = new LinkedHashMap<>();

  /** Returns how the guest is asked at the source. */
  GuestProbe sourceProbe() {
    return probe(sourceJump == null ? jump : sourceJump);
  }

  /** Returns how the guest is asked at the target. */
  GuestProbe targetProbe() {
    return probe(targetJump == null ? jump : targetJump);
  }

  /** Returns what the guest is asked, and how long it may take. */
  ProbeRequest request() {
    try {
      List<ApplicationCheck> own = new ArrayList<>();
      checks.forEach((id, command) -> own.add(new ApplicationCheck.Command(id, command, 0, null)));
      return ProbeRequest.defaults()
          .withWait(Duration.ofSeconds(waitSeconds))
          .withPings(null, publicAddress)
          .withUser(!noUserTests)
          .withChecks(own);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private GuestProbe probe(@Nullable String through) {
    try {
      return switch (way) {
        case NONE -> GuestProbe.none("left out because it was asked for");
        case AGENT -> GuestProbe.through(GuestAccess.agent());
        case SSH -> GuestProbe.through(GuestAccess.ssh(ssh(through)));
        case CONSOLE -> GuestProbe.through(GuestAccess.console(console()));
        case AUTO -> automatic(through);
      };
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  /** Opening a console takes it from whoever has it, so that it is done for those who log in. */
  private GuestProbe automatic(@Nullable String through) {
    List<GuestProbe> probes = new ArrayList<>();
    probes.add(GuestProbe.hypervisor());
    probes.add(GuestProbe.through(GuestAccess.agent()));
    if (user != null) {
      if (key != null || passwordVariable != null) {
        probes.add(GuestProbe.through(GuestAccess.ssh(ssh(through))));
      }
      probes.add(GuestProbe.through(GuestAccess.console(console())));
    }
    return GuestProbe.chain(probes);
  }

  private ConsoleLogin console() {
    return new ConsoleLogin(user, password());
  }

  private SshLogin ssh(@Nullable String through) {
    String name = user;
    if (name == null) {
      throw usage("ssh needs --guest-user");
    }
    return new SshLogin(
        name, null, SSH, key(), null, password(), knownHosts(), hostAlias, jumpHost(through));
  }

  private @Nullable SshLogin jumpHost(@Nullable String through) {
    if (through == null) {
      return null;
    }
    Matcher parts = JUMP.matcher(through);
    if (!parts.matches()) {
      throw usage("no host to go through: " + through + "; write [USER@]HOST[:PORT]");
    }
    String name = parts.group(1) == null ? String.valueOf(user) : parts.group(1);
    String host = parts.group(2).replace("[", "").replace("]", "");
    int port = parts.group(3) == null ? SSH : Integer.parseInt(parts.group(3));
    return new SshLogin(name, host, port, key(), null, password(), knownHosts(), jumpAlias, null);
  }

  private @Nullable GuestSecret key() {
    return key == null ? null : GuestSecret.ofFile(key);
  }

  private @Nullable GuestSecret password() {
    if (passwordVariable == null) {
      return null;
    }
    if (System.getenv(passwordVariable) == null) {
      throw usage("there is no environment variable " + passwordVariable + "; export it first");
    }
    return GuestSecret.ofEnvironment(passwordVariable);
  }

  private Path knownHosts() {
    return knownHosts == null
        ? Path.of(System.getProperty("user.home"), ".ssh", "known_hosts")
        : knownHosts;
  }

  private static IntermodalException usage(String reason) {
    return new IntermodalException(CliError.WRONG_USAGE, "cannot ask the guest: " + reason);
  }
}
