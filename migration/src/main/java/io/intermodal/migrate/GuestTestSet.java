package io.intermodal.migrate;

import io.intermodal.evaluate.FirewallRule;
import io.intermodal.evaluate.InterfaceAddress;
import io.intermodal.evaluate.Mount;
import io.intermodal.evaluate.NetworkInterface;
import io.intermodal.evaluate.Observation;
import io.intermodal.evaluate.Observations;
import io.intermodal.evaluate.ObservedValue;
import io.intermodal.evaluate.Route;
import io.intermodal.evaluate.TestCatalog;
import io.intermodal.evaluate.TestId;
import io.intermodal.hypervisor.GuestFacts;
import io.intermodal.hypervisor.Machine;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs TIOSA's operating-system test set: what a guest says of itself becomes observations. */
final class GuestTestSet {

  private static final String NOT_ANSWERED = "the guest did not answer";

  private GuestTestSet() {}

  /** Asks the guest of a started machine; a guest that does not answer leaves every test undone. */
  static void run(Machine machine, Observations.Builder observations) {
    machine
        .guestFacts()
        .ifPresentOrElse(
            facts -> record(facts, observations),
            () -> skip(observations, "nobody in the guest answers"));
  }

  /** Records that no test of the set could be performed. */
  static void skip(Observations.Builder observations, String reason) {
    for (TestId test : TestCatalog.tests()) {
      if (test.set() == 2) {
        observations.notPerformed(test, reason);
      }
    }
  }

  private static void record(GuestFacts facts, Observations.Builder observations) {
    put(observations, TestCatalog.KERNEL, kernel(facts));
    put(observations, TestCatalog.CPU, cpu(facts));
    put(observations, TestCatalog.MEMORY, map(facts.memoryBytes(), ObservedValue.Memory::new));
    put(
        observations,
        TestCatalog.DISK,
        list(facts.mounts(), one -> new Mount(one.path(), one.bytes()), ObservedValue.Mounts::new));
    put(
        observations,
        TestCatalog.INTERFACES,
        list(
            facts.interfaces(),
            one -> new NetworkInterface(one.name(), one.mac()),
            ObservedValue.Interfaces::new));
    put(
        observations,
        TestCatalog.ADDRESSES,
        list(
            facts.addresses(),
            one -> new InterfaceAddress(one.networkInterface(), one.address()),
            ObservedValue.Addresses::new));
    put(
        observations,
        TestCatalog.FIREWALL,
        list(
            facts.firewallRules(),
            one -> new FirewallRule(one.chain(), one.match(), one.action()),
            ObservedValue.FirewallRules::new));
    put(
        observations,
        TestCatalog.ROUTES,
        list(
            facts.routes(),
            one -> new Route(one.destination(), one.via(), one.networkInterface()),
            ObservedValue.Routes::new));
    put(observations, TestCatalog.PING_PRIVATE, ping(facts.privatePing()));
    put(observations, TestCatalog.PING_PUBLIC, ping(facts.publicPing()));
    put(observations, TestCatalog.LOOKUP_PRIVATE, lookup(facts.privateLookup()));
    put(observations, TestCatalog.LOOKUP_PUBLIC, lookup(facts.publicLookup()));
    put(
        observations,
        TestCatalog.SHELL_PROCESS,
        map(facts.remoteShellRunning(), ObservedValue.ShellProcess::new));
    put(
        observations,
        TestCatalog.SHELL_PORT,
        map(
            facts.remoteShellPort(),
            port -> new ObservedValue.ShellPort(port.number(), port.open())));
    for (TestId test : TestCatalog.tests()) {
      if (test.set() == 2 && test.group() == 4) {
        observations.put(test, check(facts.userAndFileChecks(), test));
      }
    }
  }

  private static @Nullable ObservedValue kernel(GuestFacts facts) {
    String release = facts.kernelRelease();
    String architecture = facts.architecture();
    return release == null || architecture == null
        ? null
        : new ObservedValue.Kernel(release, architecture);
  }

  private static @Nullable ObservedValue cpu(GuestFacts facts) {
    Integer cores = facts.cores();
    Integer mhz = facts.cpuMhz();
    return cores == null
        ? null
        : new ObservedValue.Cpu(cores, mhz == null ? null : Long.valueOf(mhz));
  }

  private static @Nullable ObservedValue ping(GuestFacts.@Nullable Ping ping) {
    return map(ping, one -> new ObservedValue.Ping(one.sent(), one.lost(), one.totalMillis()));
  }

  private static @Nullable ObservedValue lookup(GuestFacts.@Nullable Lookup lookup) {
    return map(lookup, one -> new ObservedValue.ReverseLookup(one.address(), one.name()));
  }

  private static Observation check(Map<String, Boolean> checks, TestId test) {
    Boolean passed = checks.get(test.text());
    if (passed == null) {
      return Observation.notPerformed(NOT_ANSWERED);
    }
    return passed ? Observation.successful() : Observation.unsuccessful("it failed in the guest");
  }

  private static <T> @Nullable ObservedValue map(
      @Nullable T value, Function<T, ObservedValue> mapping) {
    return value == null ? null : mapping.apply(value);
  }

  private static <A, B> @Nullable ObservedValue list(
      @Nullable List<A> values,
      Function<A, B> mapping,
      Function<List<B>, ObservedValue> collection) {
    return values == null ? null : collection.apply(values.stream().map(mapping).toList());
  }

  private static void put(
      Observations.Builder observations, TestId test, @Nullable ObservedValue value) {
    if (value == null) {
      observations.notPerformed(test, NOT_ANSWERED);
    } else {
      observations.observed(test, value);
    }
  }
}
