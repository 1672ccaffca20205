package io.intermodal.evaluate;

import io.intermodal.evaluate.ObservedValue.ApplicationCheck;
import io.intermodal.evaluate.ObservedValue.ReverseLookup;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Says which rule scores which test (tables II and III). */
final class TestRules {
  private static final String UNCHANGED = "SUCCESS if unchanged, otherwise FAILURE";

  private static final TestRule SUCCESSFUL_ON_TARGET = HypervisorRule.SUCCESSFUL;

  private static final TestRule APPLICATION_CHECK =
      new TargetRule<>(
          ApplicationCheck.class,
          (value, parameters) -> Verdict.of(value.score(), value::describe),
          parameters -> "what the user's own check says on the target");

  private static final Map<TestId, TestRule> BY_TEST = table();

  private TestRules() {}

  static TestRule of(TestId id) {
    TestRule rule = BY_TEST.get(id);
    return rule == null ? APPLICATION_CHECK : rule;
  }

  private static Map<TestId, TestRule> table() {
    Map<TestId, TestRule> table = new HashMap<>();
    for (TestId id : TestCatalog.tests()) {
      table.put(id, id.set() == 1 ? HypervisorRule.EQUIVALENT_OR_SUCCESSFUL : SUCCESSFUL_ON_TARGET);
    }
    table.put(TestCatalog.LAUNCH, HypervisorRule.SUCCESSFUL);
    table.put(TestCatalog.TERMINATE, HypervisorRule.SUCCESSFUL);
    table.put(
        TestCatalog.KERNEL,
        new ComparingRule<>(
            ObservedValue.Kernel.class, KernelComparison::compare, KernelComparison::words));
    table.put(
        TestCatalog.CPU,
        new ComparingRule<>(
            ObservedValue.Cpu.class, DeviationComparison::cpu, DeviationComparison::cpuWords));
    table.put(
        TestCatalog.MEMORY,
        new ComparingRule<>(
            ObservedValue.Memory.class,
            DeviationComparison::memory,
            DeviationComparison::memoryWords));
    table.put(
        TestCatalog.DISK,
        new ComparingRule<>(
            ObservedValue.Mounts.class, MountComparison::compare, MountComparison::words));
    table.put(
        TestCatalog.INTERFACES,
        network(ObservedValue.Interfaces.class, NetworkComparison::interfaces));
    table.put(
        TestCatalog.ADDRESSES,
        network(ObservedValue.Addresses.class, NetworkComparison::addresses));
    table.put(
        TestCatalog.FIREWALL,
        network(ObservedValue.FirewallRules.class, NetworkComparison::firewall));
    table.put(TestCatalog.ROUTES, network(ObservedValue.Routes.class, NetworkComparison::routes));
    TestRule ping =
        new TargetRule<>(
            ObservedValue.Ping.class, ReachabilityRules::ping, ReachabilityRules::pingWords);
    table.put(TestCatalog.PING_PRIVATE, ping);
    table.put(TestCatalog.PING_PUBLIC, ping);
    table.put(
        TestCatalog.LOOKUP_PRIVATE,
        new TargetRule<>(
            ReverseLookup.class,
            ReachabilityRules::privateLookup,
            ReachabilityRules::privateLookupWords));
    table.put(
        TestCatalog.LOOKUP_PUBLIC,
        new TargetRule<>(
            ReverseLookup.class,
            ReachabilityRules::publicLookup,
            ReachabilityRules::publicLookupWords));
    table.put(TestCatalog.SHELL_PROCESS, unchanged(ObservedValue.ShellProcess.class));
    table.put(TestCatalog.SHELL_PORT, unchanged(ObservedValue.ShellPort.class));
    return Map.copyOf(table);
  }

  private static <V extends ObservedValue> TestRule network(
      Class<V> type, ComparingRule.Comparison<V> comparison) {
    return new ComparingRule<>(type, comparison, NetworkComparison::words);
  }

  private static <V extends ObservedValue> TestRule unchanged(Class<V> type) {
    Function<RuleParameters, String> words = parameters -> UNCHANGED;
    return new ComparingRule<>(
        type,
        (source, target, parameters) ->
            source.equals(target)
                ? Verdict.unchanged(target)
                : Verdict.failure(() -> source.describe() + " became " + target.describe()),
        words);
  }
}
