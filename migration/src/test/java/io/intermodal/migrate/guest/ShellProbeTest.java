package io.intermodal.migrate.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.hypervisor.GuestFacts;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Operation;
import io.intermodal.migrate.guest.ProbeStep.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShellProbeTest {

  /** Reaches nothing outside this machine and adds no user to it. */
  private static final ProbeRequest HARMLESS =
      ProbeRequest.defaults()
          .withWait(Duration.ZERO)
          .withPatience(Duration.ofSeconds(30))
          .withPings("127.0.0.1", "127.0.0.1")
          .withLookups("127.0.0.1", "127.0.0.1")
          .withUser(false);

  private static ProbeReport probe(GuestShell shell, ProbeRequest request) {
    FakeMachine machine = new FakeMachine(Operation.GUEST_AGENT);
    machine.agent = () -> Optional.of(shell);
    return GuestProbe.through(GuestAccess.agent()).probe(machine, request, Cancellation.none());
  }

  @Test
  void asksTheShellOfThisMachine() {
    LocalShell shell = new LocalShell("/bin/sh");
    ProbeReport report = probe(shell, HARMLESS);
    GuestFacts facts = Samples.facts(report);
    assertThat(report.via()).isEqualTo("local");
    assertThat(facts.kernelRelease()).as("%s", report).isNotBlank();
    assertThat(facts.architecture()).isEqualTo("x86_64");
    assertThat(facts.cores()).isPositive();
    assertThat(facts.memoryBytes()).isGreaterThan(1L << 28);
    assertThat(facts.mounts()).isNotNull();
    assertThat(facts.interfaces()).isNotNull();
    assertThat(facts.remoteShellRunning()).isNotNull();
    assertThat(facts.remoteShellPort()).isNotNull();
    assertThat(report.step("2.1.a").orElseThrow().duration()).isNotNull();
    assertThat(report.step("2.4.a").orElseThrow().why())
        .hasValueSatisfying(why -> assertThat(why).contains("asked for"));
    assertThat(shell.commands).as("few round trips").hasSize(3);
  }

  /** Alpine and rescue systems have nothing else. */
  @Test
  void asksAShellWhoseToolsAreBusybox(@TempDir Path tools) throws Exception {
    Path busybox = Path.of("/bin/busybox");
    if (!Files.isExecutable(busybox)) {
      assertThat(Boolean.getBoolean("intermodal.require")).as("busybox is there").isFalse();
      Assumptions.abort("there is no " + busybox);
    }
    new LocalShell("/bin/sh").run(busybox + " --install -s " + tools, Duration.ofSeconds(30));
    LocalShell shell =
        new LocalShell("/usr/bin/env", "-", "PATH=" + tools, busybox.toString(), "sh");
    ProbeReport report = probe(shell, HARMLESS);
    new LocalShell("/bin/sh").run("rm -f " + tools + "/*", Duration.ofSeconds(30));
    GuestFacts facts = Samples.facts(report);
    assertThat(facts.kernelRelease()).as("%s", report).isNotBlank();
    assertThat(facts.cores()).isPositive();
    assertThat(facts.memoryBytes()).isNotNull();
    assertThat(facts.mounts()).as("%s", report).isNotNull();
    assertThat(facts.addresses()).as("%s", report).isNotNull();
    assertThat(facts.routes()).as("%s", report).isNotNull();
    assertThat(facts.remoteShellPort()).isNotNull();
  }

  @Test
  void runsTheUsersChecks(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a file"), "content\n");
    String digest = "434728a410a78f56fc1b5899c3593436e61ab0c731e9072d95e96db290205e53";
    List<ApplicationCheck> checks =
        List.of(
            new ApplicationCheck.Command("2.5.a", "echo 'all is well'; exit 3", 3, "is well"),
            new ApplicationCheck.Command("2.5.b", "echo no", 0, "yes"),
            new ApplicationCheck.Command("2.5.c", "exit 1", 0, null),
            new ApplicationCheck.FileDigest("2.5.d", file.toString(), digest),
            new ApplicationCheck.FileDigest("2.5.e", file + "x", digest),
            new ApplicationCheck.TcpPort("2.5.f", 1));
    ProbeReport report = probe(new LocalShell("/bin/sh"), HARMLESS.withChecks(checks));
    assertThat(report.steps())
        .filteredOn(step -> step.test().startsWith("2.5."))
        .extracting(ProbeStep::outcome)
        .containsExactly(
            Outcome.PERFORMED,
            Outcome.UNSUCCESSFUL,
            Outcome.UNSUCCESSFUL,
            Outcome.PERFORMED,
            Outcome.UNSUCCESSFUL,
            Outcome.UNSUCCESSFUL);
    assertThat(report.step("2.5.b").orElseThrow().reason()).contains("not contain");
    assertThat(report.step("2.5.c").orElseThrow().reason()).contains("exit status is 1, not 0");
    assertThat(report.step("2.5.e").orElseThrow().reason()).contains("is not there");
    assertThat(report.step("2.5.f").orElseThrow().reason()).contains("nothing listens");
  }

  @Test
  void oneCheckThatHangsTakesNoOtherWithIt() {
    List<ApplicationCheck> checks =
        List.of(
            new ApplicationCheck.Command("2.5.a", "sleep 60", 0, null),
            new ApplicationCheck.Command("2.5.b", "true", 0, null));
    ProbeReport report =
        probe(
            new LocalShell("/bin/sh"),
            HARMLESS.withPatience(Duration.ofSeconds(3)).withChecks(checks));
    assertThat(report.step("2.5.a").orElseThrow().outcome()).isEqualTo(Outcome.UNSUCCESSFUL);
    assertThat(report.step("2.5.b").orElseThrow().outcome()).isEqualTo(Outcome.PERFORMED);
  }

  /** Answers the script of the facts too late, and single sections in time. */
  @Test
  void asksOneByOneWhatWasTooSlowTogether() {
    LocalShell real = new LocalShell("/bin/sh");
    int[] opened = {0};
    FakeMachine machine = new FakeMachine(Operation.GUEST_AGENT);
    machine.agent =
        () -> {
          opened[0]++;
          return Optional.of(
              new ScriptedShell(
                  command -> {
                    if (command.split("\nsec ", -1).length > 2) {
                      throw new HypervisorException(
                          HypervisorError.GUEST_TIMEOUT, "fake", "cannot run: too slow", null);
                    }
                    return real.run(command, Duration.ofSeconds(30));
                  }));
        };
    ProbeReport report =
        GuestProbe.through(GuestAccess.agent()).probe(machine, HARMLESS, Cancellation.none());
    assertThat(Samples.facts(report).kernelRelease()).isNotBlank();
    assertThat(opened[0]).as("a shell that was too slow is not used again").isGreaterThan(1);
  }

  @Test
  void removesTheUserWhenTheScriptNeverEnds() {
    List<String> commands = new ArrayList<>();
    ScriptedShell shell =
        new ScriptedShell(
            command -> {
              commands.add(command);
              if (command.contains("useradd")) {
                throw new HypervisorException(
                    HypervisorError.GUEST_TIMEOUT, "fake", "cannot run: too slow", null);
              }
              return ScriptedShell.ok(command.contains("echo gone") ? "gone\n" : "ready\n");
            });
    ProbeReport report = probe(shell, HARMLESS.withUser(true));
    assertThat(commands.get(commands.size() - 1)).contains("userdel -r").contains("echo gone");
    assertThat(report.step("2.4.a").orElseThrow().reason()).contains("too slow");
  }

  @Test
  void saysSoWhenTheUserMayBeLeft() {
    ScriptedShell shell = new ScriptedShell(command -> ScriptedShell.ok("ready\n"));
    ProbeReport report = probe(shell, HARMLESS.withUser(true));
    assertThat(report.step("2.4.f").orElseThrow().reason())
        .contains("may still be in the guest")
        .contains("remove it yourself");
    assertThat(Samples.facts(report).userAndFileChecks()).isEqualTo(Map.of("2.4.f", false));
  }

  @Test
  void removesTheUserWhenItIsCancelledInBetween() {
    Cancellation cancellation = Cancellation.create();
    List<String> commands = new ArrayList<>();
    ScriptedShell shell =
        new ScriptedShell(
            command -> {
              commands.add(command);
              if (command.contains("useradd")) {
                cancellation.cancel();
                throw new CancelledException("the test");
              }
              return ScriptedShell.ok(command.contains("echo gone") ? "gone\n" : "ready\n");
            });
    FakeMachine machine = new FakeMachine(Operation.GUEST_AGENT);
    machine.agent = () -> Optional.of(shell);
    assertThatThrownBy(
            () ->
                GuestProbe.through(GuestAccess.agent())
                    .probe(machine, HARMLESS.withUser(true), cancellation))
        .isInstanceOf(CancelledException.class);
    assertThat(commands.get(commands.size() - 1)).contains("echo gone");
  }

  @Test
  void saysWhyNobodyAnswers() {
    FakeMachine machine = new FakeMachine(Operation.GUEST_AGENT);
    ProbeReport report =
        GuestProbe.standard()
            .probe(machine, HARMLESS.withWait(Duration.ofSeconds(1)), Cancellation.none());
    assertThat(report.isAnswered()).isFalse();
    assertThat(report.tries()).isGreaterThan(1);
    assertThat(report.silence())
        .contains("did not come up within 1 s")
        .contains("hypervisor: guest-facts is not offered")
        .contains("agent: cannot reach the guest of web through its agent");
  }

  @Test
  void doesNotWaitForWhatIsNotOffered() {
    ProbeReport report =
        GuestProbe.standard()
            .probe(new FakeMachine(), ProbeRequest.defaults(), Cancellation.none());
    assertThat(report.tries()).isEqualTo(1);
    assertThat(report.waited()).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void takesTheFirstThatAnswersAndSaysWhyOthersDidNot() {
    FakeMachine machine = new FakeMachine(Operation.GUEST_AGENT, Operation.GUEST_FACTS);
    machine.agent = () -> Optional.of(new LocalShell("/bin/sh"));
    ProbeReport report = GuestProbe.standard().probe(machine, HARMLESS, Cancellation.none());
    assertThat(report.via()).isEqualTo("local");
    assertThat(report.silence()).contains("hypervisor: cannot ask the guest of web");
  }

  @Test
  void stopsWaitingWhenItIsCancelled() {
    Cancellation cancellation = Cancellation.create();
    FakeMachine machine = new FakeMachine(Operation.GUEST_AGENT);
    machine.agent =
        () -> {
          cancellation.cancel();
          return Optional.empty();
        };
    assertThatThrownBy(
            () -> GuestProbe.standard().probe(machine, ProbeRequest.defaults(), cancellation))
        .isInstanceOf(CancelledException.class);
  }
}
