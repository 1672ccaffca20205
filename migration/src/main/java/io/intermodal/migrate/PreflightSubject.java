package io.intermodal.migrate;

import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Limits;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Resources;
import java.util.List;

/**
 * Holds what preflight looks at; the target is asked once.
 *
 * @param source the machine at the source
 * @param state its state
 * @param mapped the machine as it would be at the target
 * @param disks what would happen to each disk
 * @param losses what would be lost
 */
record PreflightSubject(
    MachineSpec source,
    MachineState state,
    MachineSpec mapped,
    List<DiskPlan> disks,
    List<Loss> losses,
    Hypervisor target,
    Capabilities capabilities,
    Resources resources,
    MigrationOptions options) {

  Limits limits() {
    return capabilities.limits();
  }
}
