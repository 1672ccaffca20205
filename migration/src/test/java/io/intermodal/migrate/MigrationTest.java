package io.intermodal.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.intermodal.Cancellation;
import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.convert.Converters;
import io.intermodal.convert.Loss;
import io.intermodal.convert.spi.DiskConverter;
import io.intermodal.evaluate.Score;
import io.intermodal.evaluate.Stability;
import io.intermodal.evaluate.TestId;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.NicSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationTest {

  @TempDir Path folder;

  private Hypervisor vsphere;
  private Hypervisor kvm;
  private Machine machine;

  @BeforeEach
  void open() {
    vsphere = TestMachines.open(folder.resolve("vsphere"), "vsphere");
    kvm = TestMachines.open(folder.resolve("kvm"), "kvm");
    machine = TestMachines.onVsphere(vsphere, TestMachines.spec("web"));
  }

  @AfterEach
  void close() {
    vsphere.close();
    kvm.close();
  }

  private Migration migration() {
    return Migration.of(MigrationSource.machine(machine), kvm);
  }

  @Test
  void movesEveryDiskBitForBitAndScoresTheMove() {
    MigrationReport report = migration().run();

    assertThat(report.failure()).isNull();
    assertThat(report.steps()).extracting(StepRecord::step).containsExactly(Step.values());
    assertThat(report.steps())
        .extracting(StepRecord::outcome)
        .containsOnly(StepRecord.Outcome.DONE);
    List<DiskRecord> disks = report.cycles().get(0).disks();
    assertThat(disks).hasSize(2).allMatch(DiskRecord::isIdentical);
    assertThat(disks.get(0).sourceDigest()).isNotEqualTo(disks.get(1).sourceDigest());
    assertThat(disks).extracting(DiskRecord::note).allMatch(note -> note.contains("passed"));
    assertThat(report.evaluation().orElseThrow().score()).isEqualTo(Score.WARNING);
    assertThat(report.evaluation().orElseThrow().hypervisor().score()).isEqualTo(Score.SUCCESS);
    Machine moved = kvm.machine("web");
    assertThat(moved.id()).isEqualTo(report.machineId());
    assertThat(moved.state()).isEqualTo(MachineState.STARTED);
    assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
  }

  @Test
  void tellsWhatWasLost() {
    MigrationReport report = migration().run();

    assertThat(report.plan().losses())
        .extracting(Loss::rule)
        .containsExactly("nic.model.mapped", "nic.network.mapped");
  }

  @Test
  void scoresTheChangedInterfaceNameAsAWarningThatNamesBothSides() {
    MigrationReport report = migration().run();

    assertThat(
            report.evaluation().orElseThrow().test(TestId.of("2.3.a")).orElseThrow().explanation())
        .contains("ens192", "ens3");
  }

  @Test
  void callsThreeEqualCyclesStableAndLeavesOneMachine() {
    MigrationReport report = migration().options(MigrationOptions.move().cycles(3).build()).run();

    assertThat(report.cycles()).hasSize(3);
    assertThat(Objects.requireNonNull(report.evaluations()).stability())
        .isEqualTo(Stability.STABLE);
    assertThat(kvm.machines()).hasSize(1);
    assertThat(report.steps()).hasSize(3 * Step.values().length);
  }

  @Test
  void planChangesNothing() {
    List<String> before = TestMachines.listing(folder);

    MigrationPlan plan = migration().plan();

    assertThat(plan.isFeasible()).isTrue();
    assertThat(plan.disks()).hasSize(2).allMatch(disk -> !disk.routes().isEmpty());
    assertThat(plan.disks().get(0).routes().get(0).explain())
        .isEqualTo("vmdk-streamOptimized -[disk-images]-> qcow2");
    assertThat(plan.disks().get(0).routes()).as("no detours").hasSize(1);
    assertThat(TestMachines.listing(folder)).isEqualTo(before);
  }

  @Test
  void copyLeavesARunningSourceRunningAndGivesNewAddresses() {
    machine.start();

    MigrationReport report =
        migration().options(MigrationOptions.copy().targetName("web-2").build()).run();

    assertThat(report.failure()).isNull();
    assertThat(machine.state()).isEqualTo(MachineState.STARTED);
    Machine copy = kvm.machine("web-2");
    assertThat(copy.spec().nics())
        .extracting(NicSpec::mac)
        .doesNotContain("00:50:56:00:00:07")
        .doesNotContainNull();
  }

  @Test
  void deletesTheSourceOnlyWhenAsked() {
    MigrationReport report =
        migration().options(MigrationOptions.move().deleteSource(true).build()).run();

    assertThat(report.sourceOutcome()).isEqualTo("web is deleted");
    assertThat(vsphere.machines()).isEmpty();
  }

  @Test
  void keepsASourceThatWasToBeDeletedWhenTheResultIsNotScored() {
    MigrationReport report =
        migration()
            .options(MigrationOptions.move().deleteSource(true).testSource(false).build())
            .run();

    assertThat(report.failure()).isNull();
    assertThat(report.evaluation()).isEmpty();
    assertThat(vsphere.machines()).hasSize(1);
    assertThat(report.sourceOutcome()).contains("kept");
  }

  @Test
  void refusesATakenNameBeforeAnythingIsChanged() {
    migration().run();
    List<String> before = TestMachines.listing(folder);

    assertThatThrownBy(() -> migration().run())
        .isInstanceOf(IntermodalException.class)
        .hasMessageContaining("PF-13")
        .hasMessageContaining("--name")
        .extracting(error -> ((IntermodalException) error).code())
        .isEqualTo(MigrateError.PREFLIGHT_FAILED);
    assertThat(TestMachines.listing(folder)).isEqualTo(before);
  }

  @Test
  void contentThatDiffersUndoesTheMoveAndStartsTheSourceAgain() {
    machine.start();
    List<String> target = TestMachines.listing(folder.resolve("kvm"));
    DiskConverter real = Converters.load().disk("disk-images");

    MigrationReport report =
        migration().converters(Converters.of(List.of(new LyingConverter(real)), List.of())).run();

    Failure failure = Objects.requireNonNull(report.failure());
    assertThat(failure.code()).isEqualTo(MigrateError.CONTENT_DIFFERS);
    assertThat(failure.step()).isEqualTo(Step.IMPORT);
    assertThat(kvm.machines()).isEmpty();
    assertThat(TestMachines.listing(folder.resolve("kvm"))).isEqualTo(target);
    assertThat(machine.state()).isEqualTo(MachineState.STARTED);
    assertThat(failure.aftermath()).contains("nothing is left", "STARTED");
  }

  @Test
  void provesTheContentOfADiskThatTheFormatMadeLarger() {
    DiskConverter real = Converters.load().disk("disk-images");

    MigrationReport report =
        migration()
            .converters(Converters.of(List.of(new RoundingConverter(real)), List.of()))
            .run();

    assertThat(report.failure()).isNull();
    List<DiskRecord> disks = report.cycles().get(0).disks();
    assertThat(disks).hasSize(2).allMatch(DiskRecord::isIdentical);
    assertThat(disks).extracting(DiskRecord::note).containsOnly("rounded up");
  }

  @Test
  void cancellingUndoesTheMove() {
    List<String> target = TestMachines.listing(folder.resolve("kvm"));
    Cancellation cancellation = Cancellation.create();

    MigrationReport report =
        migration()
            .cancellation(cancellation)
            .listener(
                new MigrationListener() {
                  @Override
                  public void progress(Progress progress) {
                    cancellation.cancel();
                  }

                  @Override
                  public void stepStarted(int cycle, Step step) {
                    if (step == Step.TARGET_HYPERVISOR_TESTS) {
                      cancellation.cancel();
                    }
                  }
                })
            .run();

    Failure failure = Objects.requireNonNull(report.failure());
    assertThat(failure.code()).isEqualTo(CommonError.CANCELLED);
    assertThat(kvm.machines()).isEmpty();
    assertThat(TestMachines.listing(folder.resolve("kvm"))).isEqualTo(target);
    assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
  }

  /** Does something at the start of a step, as an operator or another thread might. */
  private static MigrationListener at(Step wanted, Runnable action) {
    return new MigrationListener() {
      @Override
      public void stepStarted(int cycle, Step step) {
        if (step == wanted) {
          action.run();
        }
      }
    };
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void cancellingAtAnyStepLeavesNothingAndARunningSource(Step step) {
    machine.start();
    Cancellation cancellation = Cancellation.create();
    if (step == Step.SOURCE_METADATA) {
      cancellation.cancel();
    }

    MigrationReport report =
        migration()
            .cancellation(cancellation)
            .listener(
                new MigrationListener() {
                  @Override
                  public void stepEnded(StepRecord done) {
                    if (done.step().number() == step.number() - 1) {
                      cancellation.cancel();
                    }
                  }
                })
            .run();

    Failure failure = Objects.requireNonNull(report.failure());
    assertThat(failure.code()).isEqualTo(CommonError.CANCELLED);
    assertThat(failure.step()).isEqualTo(step);
    assertThat(kvm.machines()).isEmpty();
    assertThat(machine.state()).isEqualTo(MachineState.STARTED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"IMPORT", "TARGET_HYPERVISOR_TESTS", "TARGET_OS_TESTS"})
  void anInterruptedThreadStillUndoesAll(Step step) {
    machine.start();
    Cancellation cancellation = Cancellation.create();

    MigrationReport report =
        migration()
            .cancellation(cancellation)
            .listener(
                at(
                    step,
                    () -> {
                      cancellation.cancel();
                      Thread.currentThread().interrupt();
                    }))
            .run();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.isComplete()).isFalse();
    assertThat(report.sourceOutcome()).contains("nothing is left", "STARTED, as before");
    assertThat(kvm.machines()).isEmpty();
    assertThat(machine.state()).isEqualTo(MachineState.STARTED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"TARGET_HYPERVISOR_TESTS", "START_TARGET", "EVALUATE"})
  void neverRunsTheNewMachineBesideASourceThatSomebodyStarted(Step step) {
    MigrationReport report =
        migration()
            .options(MigrationOptions.move().deleteSource(true).build())
            .listener(at(step, machine::start))
            .run();

    Failure failure = Objects.requireNonNull(report.failure());
    assertThat(failure.code()).isEqualTo(MigrateError.SOURCE_NOT_STOPPED);
    assertThat(kvm.machines()).isEmpty();
    assertThat(vsphere.machines()).hasSize(1);
    assertThat(machine.state()).isEqualTo(MachineState.STARTED);
  }

  @Test
  void aListenerThatFailsChangesNothing() {
    MigrationReport report =
        migration()
            .listener(
                new MigrationListener() {
                  @Override
                  public void stepEnded(StepRecord step) {
                    throw new IllegalStateException("the window is closed");
                  }

                  @Override
                  public void progress(Progress progress) {
                    throw new IllegalStateException("the window is closed");
                  }
                })
            .run();

    assertThat(report.failure()).isNull();
    assertThat(report.steps()).hasSize(Step.values().length);
    assertThat(kvm.machine("web").state()).isEqualTo(MachineState.STARTED);
  }

  @Test
  void aFailureInALaterCycleIsNotScoredByAnEarlierOne() {
    Cancellation cancellation = Cancellation.create();

    MigrationReport report =
        migration()
            .options(MigrationOptions.move().cycles(2).build())
            .cancellation(cancellation)
            .listener(
                new MigrationListener() {
                  @Override
                  public void stepStarted(int cycle, Step step) {
                    if (cycle == 2 && step == Step.IMPORT) {
                      cancellation.cancel();
                    }
                  }
                })
            .run();

    assertThat(report.cycles()).hasSize(1);
    assertThat(report.evaluation()).isEmpty();
    assertThat(HtmlReport.of(report)).contains("Not scored: the migration did not complete.");
    assertThat(JsonReport.of(report).get("overall").isNull()).isTrue();
  }

  @Test
  void movesThereAndBackWithTheSameContent() {
    MigrationReport there = migration().run();
    Machine moved = kvm.machine("web");
    try (Hypervisor xen = TestMachines.open(folder.resolve("xen"), "xen")) {
      MigrationReport onward = Migration.of(MigrationSource.machine(moved), xen).run();

      assertThat(onward.failure()).isNull();
      assertThat(digests(onward)).isEqualTo(digests(there));
    }
  }

  private static List<String> digests(MigrationReport report) {
    List<String> digests = new ArrayList<>();
    report.cycles().get(0).disks().forEach(disk -> digests.add(disk.targetDigest()));
    return digests;
  }

  @ParameterizedTest
  @CsvSource({
    "vsphere,kvm",
    "vsphere,xen",
    "vsphere,hyperv",
    "kvm,vsphere",
    "kvm,xen",
    "kvm,hyperv",
    "xen,vsphere",
    "xen,kvm",
    "xen,hyperv",
    "hyperv,vsphere",
    "hyperv,kvm",
    "hyperv,xen",
    "kvm,kvm"
  })
  void movesBetweenEveryPairOfProfiles(String from, String to) {
    MigrationOptions stopped = MigrationOptions.move().startTarget(false).build();
    try (Hypervisor source = TestMachines.open(folder.resolve("source"), from);
        Hypervisor target = TestMachines.open(folder.resolve("target"), to)) {
      Migration.of(MigrationSource.machine(machine), source).options(stopped).run();

      MigrationReport report =
          Migration.of(MigrationSource.machine(source.machine("web")), target)
              .options(stopped)
              .run();

      assertThat(report.failure()).isNull();
      assertThat(report.cycles().get(0).disks()).hasSize(2).allMatch(DiskRecord::isIdentical);
      assertThat(report.evaluation().orElseThrow().hypervisor().score()).isEqualTo(Score.SUCCESS);
    }
  }
}
