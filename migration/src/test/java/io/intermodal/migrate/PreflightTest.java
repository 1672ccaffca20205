package io.intermodal.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.convert.Conversion;
import io.intermodal.convert.FormatEdge;
import io.intermodal.convert.Fidelity;
import io.intermodal.convert.Loss;
import io.intermodal.convert.Route;
import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.RemovableDrive;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PreflightTest {

  private static final Route ROUTE =
      new Route("x", List.of(new FormatEdge("c", "x", "raw", 1, Fidelity.EXACT)));

  private static MachineSpec.Builder fitting() {
    return MachineSpec.named("web")
        .cpus(2)
        .memoryBytes(1L << 30)
        .firmware(Firmware.BIOS)
        .addDisk(new DiskSpec("d0", 1L << 20, DiskBus.VIRTIO, 0))
        .addNic(new NicSpec("n0", "virtio", "lan", "52:54:00:00:00:01"));
  }

  private static List<Finding> check(MachineSpec spec) {
    return check(spec, MachineState.STOPPED, MigrationOptions.defaults(), List.of(), true);
  }

  private static List<Finding> check(
      MachineSpec spec,
      MachineState state,
      MigrationOptions options,
      List<Loss> before,
      boolean routed) {
    FakeHypervisor target = FakeHypervisor.small();
    Conversion<MachineSpec> mapped =
        new Conversion<>(spec, before).then(any -> TargetMapping.map(spec, target, options));
    List<DiskPlan> disks =
        spec.disks().stream()
            .map(
                disk ->
                    new DiskPlan(
                        disk.key(),
                        disk.capacityBytes(),
                        disk.capacityBytes(),
                        routed ? List.of(ROUTE) : List.of(),
                        false))
            .toList();
    return Preflight.check(spec, state, mapped.result(), disks, mapped.losses(), target, options);
  }

  private static void finds(
      String rule, Finding.Severity severity, UnaryOperator<MachineSpec.Builder> change) {
    assertThat(check(change.apply(fitting()).build()))
        .anySatisfy(
            finding -> {
              assertThat(finding.rule()).isEqualTo(rule);
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.message()).isNotBlank();
            });
  }

  @Test
  void aMachineThatFitsHasNoFindings() {
    assertThat(check(fitting().build())).isEmpty();
  }

  @Test
  void refusesFirmwareTheTargetLacks() {
    finds("PF-1", Finding.Severity.CRITICAL, spec -> spec.firmware(Firmware.EFI));
  }

  @Test
  void warnsOfSecureBoot() {
    finds("PF-1", Finding.Severity.WARNING, spec -> spec.secureBoot(true));
  }

  @Test
  void putsTheBootDiskOnABusTheTargetBootsFrom() {
    MachineSpec spec =
        fitting().disks(List.of(new DiskSpec("d0", 1L << 20, DiskBus.IDE, 0))).build();

    Conversion<MachineSpec> mapped =
        TargetMapping.map(spec, FakeHypervisor.small(), MigrationOptions.defaults());

    assertThat(mapped.result().disks().get(0).bus()).isEqualTo(DiskBus.VIRTIO);
    assertThat(mapped.losses()).extracting(Loss::rule).containsExactly("disk.bus.mapped");
  }

  @Test
  void refusesToPutAWindowsBootDiskWhereWindowsHasNoDriver() {
    finds(
        "PF-3",
        Finding.Severity.CRITICAL,
        spec ->
            spec.guestOs(new GuestOs(103, null, "windows7Server64Guest", null))
                .disks(List.of(new DiskSpec("d0", 1L << 20, DiskBus.SCSI, 0))));
  }

  @Test
  void warnsWhenALinuxBootDiskChangesItsBus() {
    finds(
        "PF-3",
        Finding.Severity.WARNING,
        spec -> spec.disks(List.of(new DiskSpec("d0", 1L << 20, DiskBus.SCSI, 0))));
  }

  @Test
  void refusesADiskOverTheLimitAndAcceptsOneAtIt() {
    finds(
        "PF-4",
        Finding.Severity.CRITICAL,
        spec -> spec.disks(List.of(new DiskSpec("d0", (1L << 30) + 512, DiskBus.VIRTIO, 0))));
    assertThat(
            check(
                fitting()
                    .disks(List.of(new DiskSpec("d0", 1L << 30, DiskBus.VIRTIO, 0)))
                    .build()))
        .isEmpty();
  }

  @Test
  void tellsOfARoundedSize() {
    finds(
        "PF-5",
        Finding.Severity.INFORMATION,
        spec -> spec.disks(List.of(new DiskSpec("d0", 1000, DiskBus.VIRTIO, 0))));
  }

  @Test
  void refusesACardWhoseNetworkIsNotMappedAndTellsHow() {
    List<Finding> findings =
        check(
            fitting().nics(List.of(new NicSpec("n0", "virtio", "VM Network", null))).build());

    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo("PF-6");
              assertThat(finding.remedy()).contains("--network \"VM Network=NAME\"", "lan", "dmz");
            });
  }

  @Test
  void aMappedCardIsFine() {
    MigrationOptions options = MigrationOptions.move().network("VM Network", "dmz").build();

    assertThat(
            check(
                fitting().nics(List.of(new NicSpec("n0", "virtio", "VM Network", null))).build(),
                MachineState.STOPPED,
                options,
                List.of(),
                true))
        .isEmpty();
  }

  @Test
  void refusesTwoCardsWithOneAddress() {
    NicSpec card = new NicSpec("n0", "virtio", "lan", "52:54:00:00:00:01");
    finds(
        "PF-7",
        Finding.Severity.CRITICAL,
        spec -> spec.nics(List.of(card, new NicSpec("n1", "virtio", "lan", card.mac()))));
  }

  @Test
  void warnsOfTheGuestsNetworkWhenTheAdapterChanges() {
    finds(
        "PF-8",
        Finding.Severity.WARNING,
        spec -> spec.nics(List.of(new NicSpec("n0", "vmxnet3", "lan", null))));
  }

  @Test
  void refusesANameThatIsTooLong() {
    finds("PF-13", Finding.Severity.CRITICAL, spec -> spec.name("a-name-of-many-words"));
  }

  @Test
  void refusesDisksThatDoNotFit() {
    finds(
        "PF-14",
        Finding.Severity.CRITICAL,
        spec -> spec.addDisk(new DiskSpec("d1", 1L << 30, DiskBus.VIRTIO, 1)));
  }

  @Test
  void refusesWhatADescriptorRequiresAndNobodyUnderstands() {
    Loss required =
        new Loss("ovf.required", Loss.Severity.ERROR, "/Envelope/X", null, "not understood", null);

    assertThat(
            check(
                fitting().build(),
                MachineState.STOPPED,
                MigrationOptions.defaults(),
                List.of(required),
                true))
        .extracting(Finding::rule)
        .containsExactly("PF-15");
  }

  @Test
  void refusesASourceWhoseMemoryWouldBeLost() {
    for (MachineState state : List.of(MachineState.SUSPENDED, MachineState.PAUSED)) {
      assertThat(
              check(fitting().build(), state, MigrationOptions.defaults(), List.of(), true))
          .anyMatch(
              finding ->
                  finding.rule().equals("PF-17")
                      && finding.severity() == Finding.Severity.CRITICAL);
    }
  }

  @Test
  void tellsThatARunningSourceWillBeStoppedAndRestarted() {
    assertThat(
            check(
                fitting().build(),
                MachineState.STARTED,
                MigrationOptions.defaults(),
                List.of(),
                true))
        .extracting(Finding::rule)
        .containsExactly("PF-17", "PF-27");
  }

  @Test
  void refusesTooManyProcessorsAndNone() {
    finds("PF-20", Finding.Severity.CRITICAL, spec -> spec.cpus(5));
    finds("PF-20", Finding.Severity.CRITICAL, spec -> spec.cpu(null));
    MigrationOptions given = MigrationOptions.move().cpus(1).build();
    assertThat(
            check(
                fitting().cpu((CpuSpec) null).build(),
                MachineState.STOPPED,
                given,
                List.of(),
                true))
        .isEmpty();
  }

  @Test
  void refusesTooMuchMemoryAndNone() {
    finds("PF-21", Finding.Severity.CRITICAL, spec -> spec.memoryBytes(9L << 30));
    finds("PF-21", Finding.Severity.CRITICAL, spec -> spec.memoryBytes(null));
  }

  @Test
  void refusesTooManyDisksAndCards() {
    finds(
        "PF-22",
        Finding.Severity.CRITICAL,
        spec ->
            spec.addDisk(new DiskSpec("d1", 512, DiskBus.VIRTIO, 1))
                .addDisk(new DiskSpec("d2", 512, DiskBus.VIRTIO, 2)));
    finds(
        "PF-23",
        Finding.Severity.CRITICAL,
        spec -> spec.addNic(new NicSpec("n1", "virtio", "dmz", null)));
  }

  @Test
  void refusesADiskWithoutARoute() {
    assertThat(
            check(
                fitting().build(),
                MachineState.STOPPED,
                MigrationOptions.defaults(),
                List.of(),
                false))
        .extracting(Finding::rule)
        .containsExactly("PF-24");
  }

  @Test
  void leavesOutADriveTheTargetLacksAndItsPlaceInTheBootOrder() {
    MachineSpec spec =
        fitting()
            .addDrive(new RemovableDrive("f0", RemovableDrive.Kind.FLOPPY))
            .bootOrder(List.of("f0", "d0"))
            .build();

    Conversion<MachineSpec> mapped =
        TargetMapping.map(spec, FakeHypervisor.small(), MigrationOptions.defaults());

    assertThat(mapped.result().drives()).isEmpty();
    assertThat(mapped.result().bootOrder()).containsExactly("d0");
    assertThat(mapped.losses()).extracting(Loss::rule).containsExactly("drive.dropped");
  }

  @Test
  void findingsComeGravestFirst() {
    List<Finding> findings = check(fitting().cpus(9).name("a-name-of-many-words").build());

    assertThat(findings).extracting(Finding::rule).containsExactly("PF-13", "PF-20");
  }
}
