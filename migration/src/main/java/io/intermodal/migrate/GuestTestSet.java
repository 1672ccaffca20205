package io.intermodal.migrate;

import io.intermodal.Cancellation;
import io.intermodal.evaluate.FirewallRule;
import io.intermodal.evaluate.InterfaceAddress;
import io.intermodal.evaluate.Mount;
import io.intermodal.evaluate.NetworkInterface;
import io.intermodal.evaluate.Observation;
import io.intermodal.evaluate.Observations;
import io.intermodal.evaluate.ObservedValue;
import io.intermodal.evaluate.Outcome;
import io.intermodal.evaluate.Route;
import io.intermodal.evaluate.TestCatalog;
import io.intermodal.evaluate.TestId;
import io.intermodal.hypervisor.GuestFacts;
import io.intermodal.hypervisor.Machine;
import io.intermodal.migrate.guest.ApplicationCheck;
import io.intermodal.migrate.guest.GuestProbe;
import io.intermodal.migrate.guest.ProbeReport;
import io.intermodal.migrate.guest.ProbeRequest;
import io.intermodal.migrate.guest.ProbeStep;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs TIOSA's operating-system test set: what a guest says of itself becomes observations. */
final class GuestTestSet {

  private static final String NOT_ANSWERED = "the guest did not answer";

  private final Observations.Builder observations;
  private final ProbeReport report;

  private GuestTestSet(Observations.Builder observations, ProbeReport report) {
    this.observations = observations;
    this.report = report;
  }

  /** Asks the guest of a started machine; a guest that does not answer leaves every test undone. */
  static void run(
      Machine machine,
      GuestProbe probe,
      ProbeRequest request,
      Cancellation cancellation,
      TestSheet sheet) {
    ProbeReport report = probe.probe(machine, request, cancellation);
    sheet.guest(report);
    new GuestTestSet(sheet.observations(), report).record(request);
  }

  private void record(ProbeRequest request) {
    GuestFacts facts = report.facts();
    if (facts == null) {
      String silence = report.silence();
      skip(silence == null ? NOT_ANSWERED : silence, request);
      return;
    }
    record(facts);
    for (ApplicationCheck check : request.checks()) {
      TestId test = TestId.of(check.test());
      observations.put(test, report.step(check.test()).map(this::seen).orElse(unasked(test)));
    }
  }

  /** Records that no test of the set could be performed. */
  private void skip(String reason, ProbeRequest request) {
    for (TestId test : TestCatalog.tests()) {
      if (test.set() == 2) {
        observations.notPerformed(test, reason);
      }
    }
    for (ApplicationCheck check : request.checks()) {
      observations.notPerformed(TestId.of(check.test()), reason);
    }
  }

  /** What a test without a value saw is how it ended. */
  private Observation seen(ProbeStep step) {
    String reason = step.why().orElse(NOT_ANSWERED);
    return switch (step.outcome()) {
      case PERFORMED -> Observation.successful();
      case UNSUCCESSFUL -> Observation.unsuccessful(reason);
      case NOT_PERFORMED -> Observation.notPerformed(reason);
    };
  }

  /** A test whose value is lacking was not performed, or failed, for the reason of its step. */
  private Observation unasked(TestId test) {
    return report
        .step(test.text())
        .filter(step -> step.outcome() != ProbeStep.Outcome.PERFORMED)
        .map(this::seen)
        .orElse(Observation.notPerformed(NOT_ANSWERED));
  }

  private void record(GuestFacts facts) {
    put(TestCatalog.KERNEL, kernel(facts));
    put(TestCatalog.CPU, cpu(facts));
    put(TestCatalog.MEMORY, map(facts.memoryBytes(), ObservedValue.Memory::new));
    put(
        TestCatalog.DISK,
        list(facts.mounts(), one -> new Mount(one.path(), one.bytes()), ObservedValue.Mounts::new));
    put(
        TestCatalog.INTERFACES,
        list(
            facts.interfaces(),
            one -> new NetworkInterface(one.name(), one.mac()),
            ObservedValue.Interfaces::new));
    put(
        TestCatalog.ADDRESSES,
        list(
            facts.addresses(),
            one -> new InterfaceAddress(one.networkInterface(), one.address()),
            ObservedValue.Addresses::new));
    put(
        TestCatalog.FIREWALL,
        list(
            facts.firewallRules(),
            one -> new FirewallRule(one.chain(), one.match(), one.action()),
            ObservedValue.FirewallRules::new));
    put(
        TestCatalog.ROUTES,
        list(
            facts.routes(),
            one -> new Route(one.destination(), one.via(), one.networkInterface()),
            ObservedValue.Routes::new));
    put(TestCatalog.PING_PRIVATE, ping(facts.privatePing()));
    put(TestCatalog.PING_PUBLIC, ping(facts.publicPing()));
    put(TestCatalog.LOOKUP_PRIVATE, lookup(facts.privateLookup()));
    put(TestCatalog.LOOKUP_PUBLIC, lookup(facts.publicLookup()));
    put(
        TestCatalog.SHELL_PROCESS,
        map(facts.remoteShellRunning(), ObservedValue.ShellProcess::new));
    put(
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
    return map(
        ping,
        one ->
            new ObservedValue.Ping(
                one.sent(),
                one.lost(),
                // Of packets that are all lost there is no time.
                one.lost() == one.sent() ? null : Long.valueOf(one.totalMillis())));
  }

  private static @Nullable ObservedValue lookup(GuestFacts.@Nullable Lookup lookup) {
    return map(lookup, one -> new ObservedValue.ReverseLookup(one.address(), one.name()));
  }

  private Observation check(Map<String, Boolean> checks, TestId test) {
    Boolean passed = checks.get(test.text());
    if (passed == null) {
      return unasked(test);
    }
    return passed
        ? Observation.successful()
        : report
            .step(test.text())
            .map(this::seen)
            .filter(seen -> seen.outcome() == Outcome.UNSUCCESSFUL)
            .orElse(Observation.unsuccessful("it failed in the guest"));
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

  private void put(TestId test, @Nullable ObservedValue value) {
    if (value == null) {
      observations.put(test, unasked(test));
    } else {
      observations.observed(test, value);
    }
  }
}
