package io.intermodal.migrate;

import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import java.util.List;

/**
 * Says what a migration will do, before anything is changed.
 *
 * @param source where the machine comes from, in a line
 * @param sourceState state of the source when the plan was made
 * @param target the target hypervisor
 * @param sourceSpec the machine at the source
 * @param targetSpec the machine as it will be at the target
 * @param disks what happens to each disk
 * @param losses what will be lost, by descriptor and mapping
 * @param findings what preflight found, gravest first
 * @param options what was asked for
 */
public record MigrationPlan(
    String source,
    MachineState sourceState,
    HypervisorInfo target,
    MachineSpec sourceSpec,
    MachineSpec targetSpec,
    List<DiskPlan> disks,
    List<Loss> losses,
    List<Finding> findings,
    MigrationOptions options) {

  /** Copies the lists. */
  public MigrationPlan {
    disks = List.copyOf(disks);
    losses = List.copyOf(losses);
    findings = List.copyOf(findings);
  }

  /** Tells whether nothing that preflight found forbids the migration. */
  public boolean isFeasible() {
    return findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.CRITICAL);
  }

  /** Returns the findings that forbid the migration. */
  public List<Finding> obstacles() {
    return findings.stream()
        .filter(finding -> finding.severity() == Finding.Severity.CRITICAL)
        .toList();
  }
}
