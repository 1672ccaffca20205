package io.intermodal.migrate.guest;

import io.intermodal.Cancellation;
import io.intermodal.hypervisor.GuestFacts;
import io.intermodal.migrate.guest.SectionScript.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks a Linux guest for table III through a shell: facts, reach, a user, the user's checks. */
final class TableThree {

  private static final String WHAT = "the tests in the guest";

  private final ShellSession session;
  private final ProbeRequest request;
  private final Cancellation cancellation;
  private final StepSheet sheet;
  private final FactsDraft facts = new FactsDraft();

  TableThree(String via, ShellSession session, ProbeRequest request, Cancellation cancellation) {
    this.session = session;
    this.request = request;
    this.cancellation = cancellation;
    this.sheet = new StepSheet(via);
  }

  ProbeAnswer ask() {
    askFacts();
    askReach();
    new UserTests(session, request, cancellation, sheet, facts).ask();
    new CheckTests(session, request, cancellation, sheet).ask();
    return new ProbeAnswer(facts.build(), sheet.steps());
  }

  private void askFacts() {
    ShellSession.Outcome outcome =
        session.run(
            List.of(
                GuestCommands.KERNEL,
                GuestCommands.CPU,
                GuestCommands.MEMORY,
                GuestCommands.MOUNTS,
                GuestCommands.INTERFACES,
                GuestCommands.ADDRESSES,
                GuestCommands.FIREWALL,
                GuestCommands.ROUTES,
                GuestCommands.SHELL_PROCESS,
                GuestCommands.LISTENING),
            request.patience(),
            cancellation,
            WHAT);
    facts.kernel =
        read(outcome, "2.1.a", "uname -r; uname -m", GuestCommands.KERNEL, SystemOutput::kernel);
    facts.cpu = read(outcome, "2.2.a", "/proc/cpuinfo", GuestCommands.CPU, SystemOutput::cpu);
    facts.memoryBytes =
        read(outcome, "2.2.b", "/proc/meminfo", GuestCommands.MEMORY, SystemOutput::memoryBytes);
    facts.mounts = read(outcome, "2.2.c", "df -P -k", GuestCommands.MOUNTS, MountOutput::mounts);
    facts.interfaces =
        read(
            outcome,
            "2.3.a",
            "/sys/class/net",
            GuestCommands.INTERFACES,
            NetworkOutput::interfaces);
    facts.addresses =
        read(
            outcome, "2.3.b", "ip -o addr show", GuestCommands.ADDRESSES, NetworkOutput::addresses);
    facts.firewallRules =
        read(
            outcome,
            "2.3.c",
            "nft list ruleset, else iptables -S",
            GuestCommands.FIREWALL,
            FirewallOutput::rules);
    facts.routes =
        read(outcome, "2.3.d", "ip route show", GuestCommands.ROUTES, NetworkOutput::routes);
    facts.remoteShellRunning =
        read(
            outcome,
            "2.3.i",
            "look for sshd or dropbear in /proc",
            GuestCommands.SHELL_PROCESS,
            text -> text.contains("running") ? Boolean.TRUE : Boolean.FALSE);
    facts.remoteShellPort =
        read(
            outcome,
            "2.3.j",
            "port " + request.shellPort() + " in /proc/net/tcp",
            GuestCommands.LISTENING,
            this::port);
  }

  private GuestFacts.@Nullable Port port(String text) {
    Set<Integer> ports = ListeningOutput.ports(text);
    return ports == null
        ? null
        : new GuestFacts.Port(request.shellPort(), ports.contains(request.shellPort()));
  }

  /** Reads one section's output; what is lacking becomes a step with its reason. */
  private <T> @Nullable T read(
      ShellSession.Outcome outcome,
      String test,
      String action,
      Section section,
      Function<String, @Nullable T> reader) {
    SectionOutput output = outcome.outputs().get(section.id());
    if (output == null) {
      sheet.notPerformed(test, action, null, outcome.failure());
      return null;
    }
    if (output.status() != 0) {
      sheet.notPerformed(test, action, output.duration(), whyNot(output));
      return null;
    }
    T value = reader.apply(output.text());
    if (value == null) {
      sheet.notPerformed(
          test,
          action,
          output.duration(),
          "the answer is not understood: " + OutputLines.first(output.text()));
    } else {
      sheet.performed(test, action, output.duration());
    }
    return value;
  }

  private String whyNot(SectionOutput output) {
    return output.isLate()
        ? "it was not done after " + request.patience().toSeconds() + " s"
        : OutputLines.first(output.text());
  }

  private void askReach() {
    String gateway = request.privatePing() == null ? facts.gateway() : request.privatePing();
    String own = request.privateLookup() == null ? facts.ownAddress() : request.privateLookup();
    String known = request.publicLookup();
    String outside = known == null ? ProbeRequest.PUBLIC_ADDRESS : known;
    List<Section> sections = new ArrayList<>();
    if (gateway != null) {
      sections.add(GuestCommands.ping("pingprivate", gateway));
    }
    sections.add(GuestCommands.ping("pingpublic", request.publicPing()));
    if (own != null) {
      sections.add(GuestCommands.lookup("lookupprivate", own));
    }
    sections.add(GuestCommands.lookup("lookuppublic", outside));
    ShellSession.Outcome outcome = session.run(sections, request.patience(), cancellation, WHAT);
    facts.privatePing = ping(outcome, "2.3.e", "pingprivate", gateway);
    facts.publicPing = ping(outcome, "2.3.f", "pingpublic", request.publicPing());
    facts.privateLookup = lookup(outcome, "2.3.g", "lookupprivate", own);
    facts.publicLookup = lookup(outcome, "2.3.h", "lookuppublic", outside);
  }

  private GuestFacts.@Nullable Ping ping(
      ShellSession.Outcome outcome, String test, String id, @Nullable String address) {
    String action = address == null ? "ping the default gateway" : "ping -c 3 " + address;
    return reach(
        outcome,
        test,
        action,
        id,
        address,
        "the guest has no default gateway; name an address",
        (output, to) -> ReachOutput.ping(output.text()));
  }

  private GuestFacts.@Nullable Lookup lookup(
      ShellSession.Outcome outcome, String test, String id, @Nullable String address) {
    String action = address == null ? "look up the own address" : "getent hosts " + address;
    return reach(
        outcome,
        test,
        action,
        id,
        address,
        "the guest has no address",
        (output, to) ->
            output.status() == 0
                ? new GuestFacts.Lookup(to, ReachOutput.lookup(output.text(), to))
                : null);
  }

  private <T> @Nullable T reach(
      ShellSession.Outcome outcome,
      String test,
      String action,
      String id,
      @Nullable String address,
      String lacking,
      BiFunction<SectionOutput, String, @Nullable T> reader) {
    if (address == null) {
      sheet.notPerformed(test, action, null, lacking);
      return null;
    }
    SectionOutput output = outcome.outputs().get(id);
    if (output == null) {
      sheet.notPerformed(test, action, null, outcome.failure());
      return null;
    }
    T value = reader.apply(output, address);
    Duration took = output.duration();
    if (value != null) {
      sheet.performed(test, action, took);
    } else if (output.status() == GuestCommands.UNABLE) {
      sheet.notPerformed(test, action, took, OutputLines.first(output.text()));
    } else {
      sheet.unsuccessful(test, action, took, whyNot(output));
    }
    return value;
  }
}
