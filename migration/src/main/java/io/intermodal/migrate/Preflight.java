package io.intermodal.migrate;

import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Checks before the first byte moves whether a machine, as it was mapped, fits a target. */
final class Preflight {

  private Preflight() {}

  /** Runs every rule; the result is ordered gravest first, then by rule. */
  static List<Finding> check(
      MachineSpec source,
      MachineState state,
      MachineSpec mapped,
      List<DiskPlan> disks,
      List<Loss> losses,
      Hypervisor target,
      MigrationOptions options) {
    PreflightSubject subject =
        new PreflightSubject(
            source,
            state,
            mapped,
            disks,
            losses,
            target,
            target.capabilities(),
            target.resources(),
            options);
    return Stream.of(new MachineRules(subject), new DiskRules(subject), new NetworkRules(subject))
        .flatMap(rules -> rules.check().stream())
        .sorted(
            Comparator.comparing(Finding::severity)
                .reversed()
                .thenComparingInt(finding -> ruleNumber(finding.rule()))
                .thenComparing(Finding::object))
        .toList();
  }

  private static int ruleNumber(String rule) {
    return Integer.parseInt(rule.substring(rule.indexOf('-') + 1));
  }
}
