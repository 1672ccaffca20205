package io.intermodal.migrate;

import io.intermodal.Cancellation;
import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.convert.Converters;
import io.intermodal.evaluate.Cycles;
import io.intermodal.evaluate.Evaluation;
import io.intermodal.evaluate.Evaluator;
import io.intermodal.evaluate.Observations;
import io.intermodal.evaluate.Score;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan: the eleven steps, as many cycles as asked for, each outcome recorded. Whatever step
 * fails, the new machine is removed and the source is put back into the state it had; the source is
 * started again only when the new machine is gone, so that the two never run side by side in a
 * move.
 */
final class MigrationRun {

  private static final Duration STOP_TIMEOUT = Duration.ofMinutes(2);

  private final MigrationPlan plan;
  private final MigrationOptions options;
  private final MigrationSource source;
  private final Hypervisor target;
  private final Converters converters;
  private final MigrationListener listener;
  private final Cancellation cancellation;
  private final Clock clock;

  private final List<StepRecord> steps = new ArrayList<>();
  private final List<CycleResult> results = new ArrayList<>();
  private Step current = Step.SOURCE_METADATA;
  private int cycle = 1;

  /** The new machine while it is this run's to remove. */
  private @Nullable Machine created;

  MigrationRun(
      MigrationPlan plan,
      MigrationSource source,
      Hypervisor target,
      Converters converters,
      MigrationListener listener,
      Cancellation cancellation,
      Clock clock) {
    this.plan = plan;
    this.options = plan.options();
    this.source = source;
    this.target = target;
    this.converters = converters;
    this.listener = listener;
    this.cancellation = cancellation;
    this.clock = clock;
  }

  MigrationReport run() {
    Instant startedAt = clock.instant();
    @Nullable Failure failure = null;
    String sourceOutcome;
    try {
      for (cycle = 1; cycle <= options.cycles(); cycle++) {
        results.add(runCycle());
        if (cycle < options.cycles()) {
          removeCreated();
        }
      }
      sourceOutcome = finishSource();
    } catch (RuntimeException e) {
      IntermodalException cause = asOurs(e);
      String aftermath = undo();
      failure = new Failure(current, cause, aftermath);
      sourceOutcome = aftermath;
    }
    return new MigrationReport(
        plan,
        source.machine().map(machine -> machine.hypervisor().info()).orElse(null),
        startedAt,
        Duration.between(startedAt, clock.instant()),
        steps,
        results,
        evaluations(),
        failure,
        created == null ? null : created.id(),
        sourceOutcome,
        Versions.of(
            source.machine().map(machine -> machine.hypervisor().info()).orElse(null),
            target.info(),
            converters,
            plan.sourceSpec()));
  }

  private static IntermodalException asOurs(RuntimeException e) {
    return e instanceof IntermodalException ours
        ? ours
        : new IntermodalException(
            CommonError.INTERNAL, "the migration failed unexpectedly: " + e, null, e);
  }

  private CycleResult runCycle() {
    MachineSpec spec = step(Step.SOURCE_METADATA, source::spec, this::describe);
    @Nullable Observations before = testSource();
    stopSource();
    List<DiskRecord> disks = transfer(spec);
    if (options.mode() == MigrationOptions.Mode.COPY) {
      restoreSource();
    }
    Machine machine = Objects.requireNonNull(created);
    Observations.Builder seen = observationsAt(target.info(), machine.name());
    step(
        Step.TARGET_HYPERVISOR_TESTS,
        () -> {
          HypervisorTestSet.run(machine, seen);
          return machine;
        },
        done -> "the hypervisor test set ran on " + done.name());
    step(
        Step.START_TARGET, () -> startTarget(machine), done -> done.name() + " is " + done.state());
    Observations after =
        step(
            Step.TARGET_OS_TESTS,
            () -> {
              GuestTestSet.run(machine, seen);
              return seen.build();
            },
            done -> "the guest test set ran in " + machine.name());
    if (!options.startTarget()) {
      machine.stop(STOP_TIMEOUT);
    }
    return new CycleResult(cycle, before, after, evaluate(before, after), disks);
  }

  private String describe(MachineSpec spec) {
    return spec.name()
        + ": "
        + count(spec.disks().size(), "disk")
        + ", "
        + count(spec.nics().size(), "network card");
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private @Nullable Observations testSource() {
    Machine machine = source.machine().orElse(null);
    if (machine == null || !options.testSource()) {
      String reason =
          machine == null
              ? "a package has no running machine"
              : "left out because it was asked for";
      skip(Step.SOURCE_HYPERVISOR_TESTS, reason);
      skip(Step.SOURCE_OS_TESTS, reason);
      return null;
    }
    Observations.Builder seen = observationsAt(machine.hypervisor().info(), machine.name());
    step(
        Step.SOURCE_HYPERVISOR_TESTS,
        () -> {
          stopAndVerify(machine);
          HypervisorTestSet.run(machine, seen);
          return machine;
        },
        done -> "the hypervisor test set ran on " + done.name());
    return step(
        Step.SOURCE_OS_TESTS,
        () -> {
          machine.start();
          GuestTestSet.run(machine, seen);
          return seen.build();
        },
        done -> "the guest test set ran in " + machine.name());
  }

  private static Observations.Builder observationsAt(HypervisorInfo info, String machine) {
    return Observations.on(info.displayName(), machine);
  }

  private void stopSource() {
    Machine machine = source.machine().orElse(null);
    if (machine == null) {
      skip(Step.STOP_SOURCE, "a package has no running machine");
      return;
    }
    step(
        Step.STOP_SOURCE,
        () -> {
          stopAndVerify(machine);
          return machine;
        },
        done -> done.name() + " is stopped, verified");
  }

  private static void stopAndVerify(Machine machine) {
    if (machine.state() != MachineState.STOPPED) {
      machine.stop(STOP_TIMEOUT);
    }
    MachineState state = machine.state();
    if (state != MachineState.STOPPED) {
      throw new IntermodalException(
          MigrateError.SOURCE_NOT_STOPPED,
          "cannot go on: " + machine.name() + " is " + state + " although it was told to stop",
          machine.name(),
          null);
    }
  }

  /** Steps 5 to 7: the disks are read, the target is reserved, the disks written, all verified. */
  private List<DiskRecord> transfer(MachineSpec spec) {
    try (MachineExport export =
            step(Step.EXPORT, this::openExport, open -> count(open.disks().size(), "disk") + " to read");
        MachineImport reservation =
            step(
                Step.CHECK_TARGET,
                () -> target.importMachine(plan.targetSpec()),
                open -> "the target takes the machine; its name is reserved")) {
      return step(
          Step.IMPORT,
          () -> {
            List<DiskRecord> records = new ArrayList<>();
            DiskTransfer transfer = new DiskTransfer(converters, listener, cancellation);
            for (DiskPlan disk : plan.disks()) {
              if (!disk.blank()) {
                records.add(
                    transfer.transfer(
                        export, reservation, disk.key(), DiskRoutes.forExport(disk, export)));
              }
            }
            created = reservation.commit();
            return records;
          },
          records -> count(records.size(), "disk") + " converted, content verified bit by bit");
    }
  }

  /** A disk whose image does not agree with the descriptor is told before anything is written. */
  private MachineExport openExport() {
    MachineExport export = source.export();
    try {
      for (MachineExport.ExportedDisk disk : export.disks()) {
        DiskSpec declared = plan.sourceSpec().disk(disk.key()).orElseThrow();
        DiskRoutes.requireDeclaredSize(export, disk, declared, converters);
      }
      return export;
    } catch (RuntimeException e) {
      export.close();
      throw e;
    }
  }

  private static Machine startTarget(Machine machine) {
    machine.start();
    MachineState state = machine.state();
    if (state != MachineState.STARTED) {
      throw new IntermodalException(
          MigrateError.TARGET_NOT_RUNNING,
          "cannot start " + machine.name() + " at the target: it is " + state,
          machine.name(),
          null);
    }
    return machine;
  }

  private @Nullable Evaluation evaluate(@Nullable Observations before, Observations after) {
    if (before == null) {
      skip(Step.EVALUATE, "nothing to compare with: the source was not tested");
      return null;
    }
    return step(
        Step.EVALUATE,
        () -> Evaluator.of(options.rules()).evaluate(before, after),
        evaluation -> "overall " + evaluation.score());
  }

  private @Nullable Cycles evaluations() {
    List<Evaluation> evaluations =
        results.stream().map(CycleResult::evaluation).filter(Objects::nonNull).toList();
    return evaluations.isEmpty() ? null : new Cycles(evaluations);
  }

  /** Says what becomes of the source after all went well. */
  private String finishSource() {
    Machine machine = source.machine().orElse(null);
    if (machine == null) {
      return "the package is as it was";
    }
    if (options.mode() == MigrationOptions.Mode.COPY) {
      return machine.name() + " is " + machine.state() + ", as before";
    }
    if (!options.deleteSource()) {
      return machine.name() + " is stopped and kept";
    }
    boolean failed =
        results.stream()
            .map(CycleResult::evaluation)
            .anyMatch(evaluation -> evaluation == null || evaluation.score() == Score.FAILURE);
    if (failed) {
      return machine.name() + " is stopped and kept, since the result is not known to be good";
    }
    String name = machine.name();
    machine.delete();
    return name + " is deleted";
  }

  private void restoreSource() {
    source
        .machine()
        .filter(machine -> plan.sourceState() == MachineState.STARTED)
        .filter(machine -> machine.state() == MachineState.STOPPED)
        .ifPresent(Machine::start);
  }

  /** Removes the new machine, then puts the source back; says how both stand. */
  private String undo() {
    StringBuilder aftermath = new StringBuilder();
    try {
      removeCreated();
      aftermath.append("nothing is left at the target");
    } catch (RuntimeException e) {
      Machine left = created;
      return "the new machine "
          + (left == null ? "" : left.id() + " ")
          + "could not be removed from the target ("
          + e.getMessage()
          + "); remove it before the source is started";
    }
    Optional<Machine> machine = source.machine();
    if (machine.isEmpty()) {
      return aftermath.append("; the package is as it was").toString();
    }
    try {
      if (plan.sourceState() == MachineState.STOPPED
          && machine.get().state() != MachineState.STOPPED) {
        machine.get().stop(STOP_TIMEOUT);
      }
      restoreSource();
      return aftermath
          .append("; the source is ")
          .append(machine.get().state())
          .append(", as before")
          .toString();
    } catch (RuntimeException e) {
      return aftermath
          .append("; the source could not be put back to ")
          .append(plan.sourceState())
          .append(" (")
          .append(e.getMessage())
          .append(")")
          .toString();
    }
  }

  private void removeCreated() {
    Machine machine = created;
    if (machine == null) {
      return;
    }
    if (machine.state() != MachineState.STOPPED) {
      machine.stop(Duration.ZERO);
    }
    machine.delete();
    created = null;
  }

  private <T> T step(Step step, Supplier<T> action, DetailOf<T> detail) {
    current = step;
    cancellation.check("migration of " + plan.sourceSpec().name());
    listener.stepStarted(cycle, step);
    Instant startedAt = clock.instant();
    try {
      T result = action.get();
      record(step, StepRecord.Outcome.DONE, detail.of(result), startedAt);
      return result;
    } catch (RuntimeException e) {
      record(step, StepRecord.Outcome.FAILED, asOurs(e).getMessage(), startedAt);
      throw e;
    }
  }

  /** Says what a step did. */
  private interface DetailOf<T> {
    String of(T result);
  }

  private void skip(Step step, String reason) {
    current = step;
    listener.stepStarted(cycle, step);
    record(step, StepRecord.Outcome.SKIPPED, reason, clock.instant());
  }

  private void record(
      Step step, StepRecord.Outcome outcome, @Nullable String detail, Instant startedAt) {
    StepRecord done =
        new StepRecord(
            cycle,
            step,
            outcome,
            detail == null ? "" : detail,
            startedAt,
            Duration.between(startedAt, clock.instant()));
    steps.add(done);
    listener.stepEnded(done);
  }
}
