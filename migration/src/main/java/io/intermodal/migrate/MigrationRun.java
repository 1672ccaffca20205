package io.intermodal.migrate;

import io.intermodal.Cancellation;
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
import io.intermodal.migrate.guest.ProbeReport;
import io.intermodal.migrate.guest.ProbeRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan: the eleven steps, as many cycles as asked for, each outcome recorded. Whatever step
 * fails, the new machine is removed and the source is put back into the state it had; in a move the
 * source is started again only when the new machine is gone, and the new machine only while the
 * source is stopped, so that the two never run side by side.
 */
final class MigrationRun {

  private final MigrationPlan plan;
  private final MigrationOptions options;
  private final MigrationSource source;
  private final Converters converters;
  private final Clock clock;
  private final StepLog log;
  private final Cancellation cancellation;
  private final ProbeRequest probeRequest;
  private final SourceControl sourceControl;
  private final TargetControl targetControl;
  private final DiskTransfer transfer;
  private final List<CycleResult> results = new ArrayList<>();

  // Asked before anything is changed: a session that breaks later must not cost the report.
  private final @Nullable HypervisorInfo sourceInfo;
  private final Map<String, String> versions;

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
    this.converters = converters;
    this.clock = clock;
    this.cancellation = cancellation;
    this.probeRequest = request(options);
    MigrationListener quiet = new QuietListener(listener);
    this.log = new StepLog(quiet, cancellation, clock, plan.sourceSpec().name());
    this.sourceControl = new SourceControl(plan, source);
    this.targetControl = new TargetControl(plan, target);
    this.transfer = new DiskTransfer(converters, quiet, cancellation);
    this.sourceInfo = source.machine().map(machine -> machine.hypervisor().info()).orElse(null);
    this.versions = Versions.of(sourceInfo, target.info(), converters, plan.sourceSpec());
  }

  MigrationReport run() {
    Instant startedAt = clock.instant();
    @Nullable Failure failure = null;
    @Nullable Cycles evaluations = null;
    String sourceOutcome;
    try {
      for (int cycle = 1; cycle <= options.cycles(); cycle++) {
        log.startCycle(cycle);
        results.add(runCycle(cycle));
        if (cycle < options.cycles()) {
          targetControl.remove();
        }
      }
      evaluations = evaluations();
      sourceControl.requireStopped();
      sourceOutcome = "";
    } catch (RuntimeException e) {
      Step failed = log.current();
      sourceOutcome = undo();
      failure = new Failure(failed, StepLog.asOurs(e), sourceOutcome);
    } catch (Error e) {
      undoAfter(e);
      throw e;
    }
    if (failure == null) {
      // Nothing is undone from here on: the source may be gone.
      sourceOutcome = sourceControl.finish(isKnownToBeGood());
    }
    return new MigrationReport(
        plan,
        sourceInfo,
        startedAt,
        Duration.between(startedAt, clock.instant()),
        log.records(),
        results,
        evaluations,
        failure,
        targetControl.machineId(),
        sourceOutcome,
        versions);
  }

  private CycleResult runCycle(int cycle) {
    log.take(Step.SOURCE_METADATA, this::readSource, MigrationRun::describe);
    @Nullable TestSheet sourceSheet = sourceSheet();
    @Nullable Observations before = testSource(sourceSheet);
    stopSource();
    List<DiskRecord> disks = transfer();
    if (options.mode() == MigrationOptions.Mode.COPY) {
      sourceControl.restore();
    }
    Machine machine = targetControl.machine();
    TestSheet sheet = sheetAt(plan.target(), machine.name());
    log.take(
        Step.TARGET_HYPERVISOR_TESTS,
        () -> {
          sourceControl.requireStopped();
          HypervisorTestSet.run(machine, options.targetProbe(), probeRequest, cancellation, sheet);
          return machine;
        },
        done -> "the hypervisor test set ran on " + done.name());
    log.take(
        Step.START_TARGET,
        () -> {
          sourceControl.requireStopped();
          return targetControl.start();
        },
        done -> done.name() + " is " + done.state());
    Observations after =
        log.take(
            Step.TARGET_OS_TESTS,
            () -> {
              GuestTestSet.run(machine, options.targetProbe(), probeRequest, cancellation, sheet);
              return sheet.observations().build();
            },
            done -> asked(machine.name(), sheet));
    if (!options.startTarget()) {
      targetControl.stop();
    }
    return new CycleResult(
        cycle,
        before,
        after,
        evaluate(before, after),
        disks,
        before == null || sourceSheet == null ? null : sourceSheet.run(),
        sheet.run());
  }

  /** The public address to look up is the one that the rules compare with. */
  private static ProbeRequest request(MigrationOptions options) {
    ProbeRequest request = options.probeRequest();
    return request.publicLookup() != null
        ? request
        : request.withLookups(
            request.privateLookup(), options.rules().parameters().lookupAddress());
  }

  private static String asked(String machine, TestSheet sheet) {
    ProbeReport guest = sheet.run().guest();
    if (guest == null || !guest.isAnswered()) {
      return "nobody in the guest of "
          + machine
          + " answered"
          + (guest == null || guest.silence() == null ? "" : ": " + guest.silence());
    }
    return "the guest test set ran in " + machine + " through " + guest.via();
  }

  /** What was planned for must still be there: each cycle reads the definition anew. */
  private MachineSpec readSource() {
    MachineSpec spec = source.spec();
    if (!spec.equals(plan.sourceSpec())) {
      throw new IntermodalException(
          MigrateError.SOURCE_CHANGED,
          "cannot go on with "
              + spec.name()
              + ": its definition was changed after the plan was made; plan again",
          spec.name(),
          null);
    }
    return spec;
  }

  private static String describe(MachineSpec spec) {
    return spec.name()
        + ": "
        + count(spec.disks().size(), "disk")
        + ", "
        + count(spec.nics().size(), "network card");
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private @Nullable TestSheet sourceSheet() {
    return source
        .machine()
        .map(machine -> sheetAt(machine.hypervisor().info(), machine.name()))
        .orElse(null);
  }

  private @Nullable Observations testSource(@Nullable TestSheet sheet) {
    Machine machine = source.machine().orElse(null);
    if (machine == null || sheet == null || !options.testSource()) {
      String reason =
          machine == null
              ? "a package has no running machine"
              : "left out because it was asked for";
      log.skip(Step.SOURCE_HYPERVISOR_TESTS, reason);
      log.skip(Step.SOURCE_OS_TESTS, reason);
      return null;
    }
    log.take(
        Step.SOURCE_HYPERVISOR_TESTS,
        () -> {
          SourceControl.stopAndVerify(machine);
          HypervisorTestSet.run(machine, options.sourceProbe(), probeRequest, cancellation, sheet);
          return machine;
        },
        done -> "the hypervisor test set ran on " + done.name());
    return log.take(
        Step.SOURCE_OS_TESTS,
        () -> {
          machine.start();
          GuestTestSet.run(machine, options.sourceProbe(), probeRequest, cancellation, sheet);
          return sheet.observations().build();
        },
        done -> asked(machine.name(), sheet));
  }

  private static TestSheet sheetAt(HypervisorInfo info, String machine) {
    return new TestSheet(Observations.on(info.displayName(), machine));
  }

  private void stopSource() {
    Machine machine = source.machine().orElse(null);
    if (machine == null) {
      log.skip(Step.STOP_SOURCE, "a package has no running machine");
      return;
    }
    log.take(
        Step.STOP_SOURCE,
        () -> SourceControl.stopAndVerify(machine),
        done -> done.name() + " is stopped, verified");
  }

  /** Steps 5 to 7: the disks are read, the target is reserved, the disks written, all verified. */
  private List<DiskRecord> transfer() {
    try (Held<MachineExport> export =
            new Held<>(
                log.take(
                    Step.EXPORT,
                    this::openExport,
                    open -> count(disksToRead(), "disk") + " to read"),
                MachineExport::close);
        Held<MachineImport> reservation =
            new Held<>(
                log.take(
                    Step.CHECK_TARGET,
                    targetControl::reserve,
                    open -> "the target takes the machine; its name is reserved"),
                targetControl::release)) {
      return log.take(
          Step.IMPORT,
          () -> {
            List<DiskRecord> records = write(export.resource(), reservation.resource());
            targetControl.commit(reservation.resource());
            return records;
          },
          records ->
              count(records.size(), "disk")
                  + " written and read back; the digests of the content are those of the source");
    }
  }

  private int disksToRead() {
    return (int) plan.disks().stream().filter(disk -> !disk.blank()).count();
  }

  private List<DiskRecord> write(MachineExport export, MachineImport reservation) {
    List<DiskRecord> records = new ArrayList<>();
    for (DiskPlan disk : plan.disks()) {
      if (!disk.blank()) {
        records.add(
            transfer.transfer(export, reservation, disk.key(), DiskRoutes.forExport(disk, export)));
      }
    }
    return records;
  }

  /** A disk whose image does not agree with the descriptor is told before anything is written. */
  private MachineExport openExport() {
    MachineExport export = source.export();
    try {
      for (MachineExport.ExportedDisk disk : export.disks()) {
        DiskSpec declared =
            plan.sourceSpec().disk(disk.key()).orElseThrow(() -> unplanned(disk.key()));
        DiskRoutes.requireDeclaredSize(export, disk, declared, converters);
      }
      return export;
    } catch (RuntimeException | Error e) {
      try {
        new Held<>(export, MachineExport::close).close();
      } catch (RuntimeException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private IntermodalException unplanned(String key) {
    return new IntermodalException(
        MigrateError.SOURCE_CHANGED,
        "cannot go on with "
            + plan.sourceSpec().name()
            + ": it has a disk "
            + key
            + " that was not there when the plan was made; plan again",
        key,
        null);
  }

  private @Nullable Evaluation evaluate(@Nullable Observations before, Observations after) {
    if (before == null) {
      log.skip(Step.EVALUATE, "nothing to compare with: the source was not tested");
      return null;
    }
    return log.take(
        Step.EVALUATE,
        () -> Evaluator.of(options.rules()).evaluate(before, after),
        evaluation -> "overall " + evaluation.score());
  }

  private @Nullable Cycles evaluations() {
    List<Evaluation> evaluations =
        results.stream().map(CycleResult::evaluation).filter(Objects::nonNull).toList();
    return evaluations.isEmpty() ? null : new Cycles(evaluations);
  }

  private boolean isKnownToBeGood() {
    return results.stream()
        .map(CycleResult::evaluation)
        .allMatch(evaluation -> evaluation != null && evaluation.score() != Score.FAILURE);
  }

  /** Removes the new machine, then puts the source back; says how both stand. */
  private String undo() {
    // An interrupted thread can neither wait nor use files, so that nothing could be undone.
    boolean interrupted = Thread.interrupted();
    try {
      return undoBoth();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String undoBoth() {
    TargetControl.Remains remains = targetControl.undo();
    boolean mayRestore = remains.isCleared() || options.mode() == MigrationOptions.Mode.COPY;
    return remains.words() + (mayRestore ? "; " + sourceControl.restoreAfterFailure() : "");
  }

  private void undoAfter(Error error) {
    try {
      undo();
    } catch (RuntimeException | Error e) {
      error.addSuppressed(e);
    }
  }
}
