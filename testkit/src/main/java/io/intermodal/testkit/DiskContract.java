package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.Support;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Disks come, grow and go as it is declared, and leave nothing behind. */
interface DiskContract extends ContractPart {

  String DISK = "contract-disk";
  long SMALL = 4L << 20;
  long LARGER = 8L << 20;

  @Test
  @Order(Phase.STOPPED)
  default void attachesResizesAndDetachesADiskOfAStoppedMachine() {
    bench().need(ContractPoint.STOPPED_DISKS);
    bench().need(Operation.ATTACH_DISK);
    attachResizeDetach(bench().in(MachineState.STOPPED));
  }

  @Test
  @Order(Phase.RUNNING_CHANGES + 1)
  default void attachesResizesAndDetachesADiskWhileTheGuestRuns() {
    bench().need(ContractPoint.RUNNING_DISKS);
    bench().need(Operation.ATTACH_DISK);
    for (Operation operation : List.of(Operation.ATTACH_DISK, Operation.DETACH_DISK)) {
      if (bench().capabilities().support(operation).effect() != Support.Effect.LIVE) {
        Assumptions.abort(operation + " is not declared LIVE");
      }
    }
    attachResizeDetach(bench().in(MachineState.STARTED));
  }

  private void attachResizeDetach(Machine machine) {
    Set<String> before = bench().inventory();
    List<DiskSpec> disks = machine.spec().disks();
    MachineState state = machine.state();
    bench().within("attach-disk", () -> machine.attachDisk(new DiskSpec(DISK, SMALL, null, null)));
    assertThat(machine.spec().disk(DISK)).as("the new disk by its key").isPresent();
    assertThat(capacity(machine)).isEqualTo(SMALL);
    if (resizes(state)) {
      bench().within("resize-disk", () -> machine.resizeDisk(DISK, LARGER));
      assertThat(capacity(machine)).isEqualTo(LARGER);
      assertRefused(HypervisorError.UNSUPPORTED_OPERATION, () -> machine.resizeDisk(DISK, SMALL));
      assertThat(capacity(machine)).isEqualTo(LARGER);
    }
    assertRefused(
        HypervisorError.NO_SUCH_PART,
        () -> machine.attachDisk(new DiskSpec(DISK, SMALL, null, null)));
    bench().within("detach-disk", () -> machine.detachDisk(DISK));
    assertThat(machine.spec().disks()).isEqualTo(disks);
    assertThat(machine.state()).isEqualTo(state);
    assertThat(bench().inventory()).as("nothing is left of the disk").isEqualTo(before);
  }

  private boolean resizes(MachineState state) {
    Support.Effect effect = bench().capabilities().support(Operation.RESIZE_DISK).effect();
    return state == MachineState.STOPPED
        ? effect != Support.Effect.UNSUPPORTED
        : effect == Support.Effect.LIVE;
  }

  private static long capacity(Machine machine) {
    return machine.spec().disk(DISK).orElseThrow().capacityBytes();
  }

  @Test
  @Order(Phase.STOPPED)
  default void refusesDisksThatAreNotThere() {
    bench().need(ContractPoint.STOPPED_DISKS);
    Machine machine = bench().in(MachineState.STOPPED);
    bench().need(Operation.DETACH_DISK);
    assertRefused(HypervisorError.NO_SUCH_PART, () -> machine.detachDisk(Acts.ABSENT));
    if (bench().capabilities().supports(Operation.RESIZE_DISK)) {
      assertRefused(HypervisorError.NO_SUCH_PART, () -> machine.resizeDisk(Acts.ABSENT, LARGER));
    }
  }
}
