package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskImages;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is written through an import is what an export reads. */
interface TransferContract extends ContractPart {

  int SIZE = 6 << 20;

  @TestFactory
  @Order(Phase.MADE_AND_GONE)
  default Stream<DynamicTest> givesBackTheContentItTook() {
    return bench().capabilities().importFormats().stream()
        .map(
            format ->
                DynamicTest.dynamicTest(
                    "written as " + format,
                    () -> {
                      needTransfers();
                      if (!DiskImages.writableFormats().contains(new DiskFormat(format))) {
                        Assumptions.abort("the disk engine does not write " + format);
                      }
                      givesBack(format);
                    }));
  }

  private void needTransfers() {
    bench().need(Operation.IMPORT);
    bench().need(ContractPoint.IMPORT);
  }

  private void givesBack(String format) {
    Hypervisor hypervisor = bench().hypervisor();
    Set<String> before = bench().inventory();
    DiskContent first = DiskContent.random(SIZE, 1);
    DiskContent second = DiskContent.random(2 * SIZE, 2);
    MachineSpec spec = twoDisks("transfer");
    Machine machine;
    try (MachineImport making = hypervisor.importMachine(spec)) {
      // The first attempt at a disk may fail and is then begun anew.
      second.write(making.openDisk("second", format), format);
      DiskContent.random(SIZE, 3).write(making.openDisk("first", format), format);
      first.write(making.openDisk("first", format), format);
      first.assertSame(making.reopenDisk("first"), format);
      assertThat(hypervisor.findMachine(spec.name())).as("nothing is visible yet").isEmpty();
      machine = making.commit();
    }
    assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
    assertThat(machine.name()).isEqualTo(spec.name());
    assertThat(hypervisor.machine(spec.name()).id()).isEqualTo(machine.id());
    MachineSpec made = machine.spec();
    assertThat(made.disks()).extracting(DiskSpec::key).containsExactly("first", "second", "blank");
    assertThat(made.cpu()).isNotNull();
    assertThat(Specs.cpus(machine)).isEqualTo(1);
    assertThat(Specs.memoryBytes(machine)).isEqualTo(64L << 20);
    readsBack(machine, first, second);
    bench().delete(machine);
    assertThat(bench().inventory()).as("nothing is left of the machine").isEqualTo(before);
  }

  private void readsBack(Machine machine, DiskContent first, DiskContent second) {
    if (!bench().capabilities().supports(Operation.EXPORT)
        || bench().driver().gaps().containsKey(ContractPoint.EXPORT)) {
      return;
    }
    try (MachineExport export = bench().hypervisor().exportMachine(machine)) {
      assertThat(export.disks())
          .extracting(MachineExport.ExportedDisk::key)
          .containsExactly("first", "second", "blank");
      for (MachineExport.ExportedDisk disk : export.disks()) {
        assertThat(bench().capabilities().exportFormats()).contains(disk.format());
        DiskContent content =
            switch (disk.key()) {
              case "first" -> first;
              case "second" -> second;
              default -> DiskContent.blank(SIZE);
            };
        content.assertSame(export.openDisk(disk.key()), disk.format());
      }
      // A disk may be opened again, and one that is not there is refused.
      first.assertSame(export.openDisk("first"), export.disks().get(0).format());
      assertRefused(HypervisorError.NO_SUCH_PART, () -> export.openDisk(Acts.ABSENT).close());
    }
  }

  @Test
  @Order(Phase.STOPPED)
  default void doesNotStartWhatIsBeingReadOut() {
    bench().need(Operation.EXPORT);
    bench().need(ContractPoint.EXPORT);
    bench().need(ContractPoint.EXPORT_HOLDS);
    Machine machine = bench().in(MachineState.STOPPED);
    try (MachineExport export = bench().hypervisor().exportMachine(machine)) {
      assertThat(export.spec().name()).isEqualTo(machine.name());
      assertRefused(HypervisorError.LOCKED, () -> bench().within("start", machine::start));
    }
    assertThat(machine.state()).isEqualTo(MachineState.STOPPED);
    bench().hypervisor().exportMachine(machine).close();
  }

  @Test
  @Order(Phase.MADE_AND_GONE)
  default void refusesDisksAndFormatsItDoesNotTake() {
    needTransfers();
    Set<String> before = bench().inventory();
    String format = bench().capabilities().importFormats().get(0);
    try (MachineImport making = bench().hypervisor().importMachine(twoDisks("refused"))) {
      assertRefused(
              HypervisorError.UNSUPPORTED_OPERATION,
              () -> making.openDisk("first", "no-such-format").close())
          .withMessageContaining(format);
      assertRefused(
          HypervisorError.NO_SUCH_PART, () -> making.openDisk(Acts.ABSENT, format).close());
    }
    assertThat(bench().inventory()).isEqualTo(before);
  }

  /** States a machine with two disks to write and one that stays blank. */
  default MachineSpec twoDisks(String rest) {
    return MachineSpec.named(bench().name(rest))
        .cpus(1)
        .memoryBytes(64L << 20)
        .addDisk(new DiskSpec("first", SIZE, null, null))
        .addDisk(new DiskSpec("second", 2L * SIZE, null, null))
        .addDisk(new DiskSpec("blank", SIZE, null, null))
        .build();
  }
}
