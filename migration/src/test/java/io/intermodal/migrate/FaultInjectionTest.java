package io.intermodal.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.convert.Converters;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.NicSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lets every single call to a driver fail, one run for each, and looks at what is left: nothing at
 * the target and the source as it was, or all of the machine at the target and the source stopped.
 */
class FaultInjectionTest {

  private static final int DISK_BYTES = 130 << 10;

  private static final Converters CONVERTERS = Converters.of(List.of(new RawDigests()), List.of());

  private static final List<Supplier<RuntimeException>> FAILURES =
      List.of(
          () -> new IntermodalException(CommonError.INTERNAL, "cannot do it: injected"),
          () -> new IllegalArgumentException("injected"));

  static Stream<Arguments> migrations() {
    MigrationOptions.Builder named = MigrationOptions.copy().targetName("web-2");
    Map<String, MigrationOptions> options = new LinkedHashMap<>();
    options.put("move", MigrationOptions.move().build());
    options.put("move without tests", MigrationOptions.move().testSource(false).build());
    options.put("move in two cycles", MigrationOptions.move().cycles(2).build());
    options.put("move, target stopped", MigrationOptions.move().startTarget(false).build());
    options.put("move, source deleted", MigrationOptions.move().deleteSource(true).build());
    options.put("copy", named.build());
    return options.entrySet().stream()
        .flatMap(
            entry ->
                Stream.of(MachineState.STARTED, MachineState.STOPPED)
                    .map(state -> Arguments.of(Named.of(entry.getKey(), entry.getValue()), state)));
  }

  @ParameterizedTest
  @MethodSource("migrations")
  void oneFailingCallLeavesAllOrNothing(MigrationOptions options, MachineState before) {
    Set<String> wrong = new TreeSet<>();
    for (Supplier<RuntimeException> failure : FAILURES) {
      for (boolean afterwards : new boolean[] {false, true}) {
        boolean more = true;
        for (int call = 1; more; call++) {
          Run run = new Run(options, before, new Faults(call, call, afterwards, failure));
          run.run();
          more = run.faults.hit() != null;
          wrong.addAll(run.violations());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Several calls fail in a row, as when a connection is lost: undoing fails, too. */
  @ParameterizedTest
  @MethodSource("migrations")
  void lostConnectionsNeverLetBothRunAndAreToldHonestly(
      MigrationOptions options, MachineState before) {
    Set<String> wrong = new TreeSet<>();
    for (int length : new int[] {2, 4, Integer.MAX_VALUE / 2}) {
      for (boolean afterwards : new boolean[] {false, true}) {
        boolean more = true;
        for (int call = 1; more; call++) {
          Faults faults = new Faults(call, call + length - 1, afterwards, FAILURES.get(0));
          Run run = new Run(options, before, faults);
          run.run();
          more = faults.hit() != null;
          wrong.addAll(run.grossViolations());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** A class that is missing at run time is an Error; it is thrown on, after all was undone. */
  @ParameterizedTest
  @MethodSource("migrations")
  void anErrorNeverCostsTheLastCopy(MigrationOptions options, MachineState before) {
    Set<String> wrong = new TreeSet<>();
    for (boolean afterwards : new boolean[] {false, true}) {
      boolean more = true;
      for (int call = 1; more; call++) {
        Faults faults = new Faults(call, call, afterwards, () -> new LinkageError("injected"));
        Run run = new Run(options, before, faults);
        try {
          run.run();
        } catch (LinkageError e) {
          wrong.addAll(run.violationsAfterError());
        }
        more = faults.hit() != null;
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** One migration with faults, and what it left. */
  private static final class Run {
    private final MigrationOptions options;
    private final MachineState before;
    private final Faults faults;
    private final List<String> wrong = new ArrayList<>();
    private final MemoryHypervisor source = new MemoryHypervisor("source", this::started);
    private final MemoryHypervisor target = new MemoryHypervisor("target", this::started);
    private final MemoryHypervisor.MemoryMachine machine;
    private final MachineSpec spec;
    private @Nullable MigrationReport report;

    Run(MigrationOptions options, MachineState before, Faults faults) {
      this.options = options;
      this.before = before;
      this.faults = faults;
      this.spec =
          MachineSpec.named("web")
              .cpus(1)
              .memoryBytes(1L << 20)
              .addDisk(new DiskSpec("system", DISK_BYTES, DiskBus.VIRTIO, 0))
              .addNic(new NicSpec("nic0", "virtio", "lan", "52:54:00:00:00:07"))
              .build();
      byte[] content = new byte[DISK_BYTES];
      Arrays.fill(content, 70_000, DISK_BYTES, (byte) 7);
      this.machine = source.make(spec, Map.of("system", MemoryChannel.Content.of(content)));
      if (before == MachineState.STARTED) {
        machine.start();
      }
    }

    private void started() {
      if (options.mode() == MigrationOptions.Mode.MOVE && runs(source) && runs(target)) {
        complain("both run");
      }
    }

    private static boolean runs(MemoryHypervisor hypervisor) {
      return hypervisor.machines().stream()
          .anyMatch(machine -> machine.state() != MachineState.STOPPED);
    }

    private void complain(String what) {
      wrong.add(faults.hit() + ": " + what);
    }

    void run() {
      Hypervisor from = faults.over(source);
      try {
        Machine moving = from.machines().get(0);
        Migration migration =
            Migration.of(MigrationSource.machine(moving), faults.over(target))
                .converters(CONVERTERS)
                .options(options);
        report = migration.run();
      } catch (IntermodalException | IllegalArgumentException e) {
        // Before anything is changed a failure is thrown, not reported.
        requireUntouched();
        if (source.machines().stream().anyMatch(m -> m.state() != before)) {
          complain("thrown although the source is no longer " + before);
        }
      }
    }

    /** What must hold when one call fails and all others work. */
    List<String> violations() {
      grossViolations();
      MigrationReport made = report;
      if (made == null) {
        return wrong;
      }
      if (made.isComplete()) {
        requireComplete();
      } else {
        requireUntouched();
        if (source.machines().isEmpty() || machine.state() != before) {
          complain("the source is not " + before + ": " + made.sourceOutcome());
        }
      }
      return wrong;
    }

    /** What must hold whatever fails. */
    List<String> grossViolations() {
      MigrationReport made = report;
      if (made == null) {
        return wrong;
      }
      boolean gone = source.machines().isEmpty();
      if (gone && !(options.deleteSource() && made.isComplete())) {
        complain("the source is deleted");
      }
      String said = made.sourceOutcome();
      if (said.contains("nothing is left") && !target.machines().isEmpty()) {
        complain("said that nothing is left at the target");
      }
      if (said.contains("as before") && machine.state() != before) {
        complain("said that the source is as before: " + said);
      }
      if (said.contains("is deleted") != gone) {
        complain("said \"" + said + "\", deleted: " + gone);
      }
      if (said.contains("as before") && !machine.spec().equals(spec)) {
        complain("said that the source is as before, with another definition");
      }
      if (made.isComplete() && target.machines().isEmpty()) {
        complain("said it is complete");
      }
      if (!made.isComplete() && made.evaluation().isPresent()) {
        complain("scored although it failed");
      }
      return wrong;
    }

    List<String> violationsAfterError() {
      boolean moved = target.machines().stream().anyMatch(m -> m.state() == MachineState.STARTED);
      boolean kept = !source.machines().isEmpty();
      if (!moved && !(kept && target.machines().isEmpty() && machine.state() == before)) {
        complain("source " + machine.state() + ", kept: " + kept + ", target " + moved);
      }
      return wrong;
    }

    private void requireUntouched() {
      if (!target.machines().isEmpty()) {
        complain("a machine is left at the target");
      }
      if (source.machines().isEmpty() || !machine.spec().equals(spec)) {
        complain("the source was changed");
      }
    }

    private void requireComplete() {
      if (target.machines().size() != 1) {
        complain("the target has " + target.machines().size() + " machines");
        return;
      }
      MemoryHypervisor.MemoryMachine made =
          (MemoryHypervisor.MemoryMachine) target.machines().get(0);
      MachineState wanted = options.startTarget() ? MachineState.STARTED : MachineState.STOPPED;
      if (made.state() != wanted) {
        complain("the new machine is " + made.state());
      }
      if (!made.disks().keySet().equals(machine.disks().keySet()) || made.disks().size() != 1) {
        complain("the new machine has the disks " + made.disks().keySet());
      } else if (!Arrays.equals(content(made), content(machine))) {
        complain("the content differs");
      }
      boolean copy = options.mode() == MigrationOptions.Mode.COPY;
      if (machine.state() != (copy ? before : MachineState.STOPPED)) {
        complain("the source is " + machine.state());
      }
      if (!machine.spec().equals(spec)) {
        complain("the source was changed");
      }
    }

    private static byte[] content(MemoryHypervisor.MemoryMachine machine) {
      return Objects.requireNonNull(machine.disks().get("system")).bytes();
    }
  }
}
