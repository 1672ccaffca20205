package io.intermodal.samples;

import io.intermodal.evaluate.Evaluation;
import io.intermodal.evaluate.Evaluator;
import io.intermodal.evaluate.FirewallRule;
import io.intermodal.evaluate.InterfaceAddress;
import io.intermodal.evaluate.Mount;
import io.intermodal.evaluate.NetworkInterface;
import io.intermodal.evaluate.Observations;
import io.intermodal.evaluate.ObservedValue.Addresses;
import io.intermodal.evaluate.ObservedValue.Cpu;
import io.intermodal.evaluate.ObservedValue.FirewallRules;
import io.intermodal.evaluate.ObservedValue.Interfaces;
import io.intermodal.evaluate.ObservedValue.Kernel;
import io.intermodal.evaluate.ObservedValue.Memory;
import io.intermodal.evaluate.ObservedValue.Mounts;
import io.intermodal.evaluate.ObservedValue.Ping;
import io.intermodal.evaluate.ObservedValue.ReverseLookup;
import io.intermodal.evaluate.ObservedValue.Routes;
import io.intermodal.evaluate.ObservedValue.ShellPort;
import io.intermodal.evaluate.ObservedValue.ShellProcess;
import io.intermodal.evaluate.Relaxation;
import io.intermodal.evaluate.Route;
import io.intermodal.evaluate.Rules;
import io.intermodal.evaluate.Score;
import io.intermodal.evaluate.TestCatalog;
import io.intermodal.evaluate.TestResult;
import java.util.List;

/**
 * Scores what was seen of one machine on two hypervisors, and explains. The evaluator needs neither
 * of them: who has observations from elsewhere can score them as well.
 */
public final class ScoreObservations {

  private ScoreObservations() {}

  /** Scores two sets of observations that differ in an address and in the ping. */
  public static void main(String[] args) {
    Observations source = seen("vSphere 8.0", "10.0.0.5/24").build();
    Observations target =
        seen("KVM 8.2", "10.0.0.77/24")
            .notPerformed(TestCatalog.PING_PUBLIC, "the new network has no way out")
            .build();

    Evaluation evaluation = Evaluator.tiosa().evaluate(source, target);
    System.out.println(evaluation.score());
    for (TestResult test : evaluation.tests()) {
      if (test.score() != Score.SUCCESS) {
        System.out.println(test.explanation());
      }
    }

    // What was agreed beforehand may pass; the score without it is kept beside.
    Rules agreed =
        Rules.TIOSA
            .relaxing(new Relaxation(TestCatalog.ADDRESSES, "it uses DHCP", "J. Doe", false))
            .relaxing(new Relaxation(TestCatalog.PING_PUBLIC, "no internet", "J. Doe", true));
    System.out.println(Evaluator.of(agreed).evaluate(source, target).overall().explanation());
  }

  /** Returns a machine on which every test went well; the address is of its only interface. */
  private static Observations.Builder seen(String hypervisor, String address) {
    Observations.Builder seen = Observations.on(hypervisor, "web-1");
    // Most tests only pass or fail; the others are compared by what they saw.
    TestCatalog.tests().forEach(seen::successful);
    return seen.observed(TestCatalog.KERNEL, new Kernel("6.1.0-18", "x86_64"))
        .observed(TestCatalog.CPU, new Cpu(2, 2400L))
        .observed(TestCatalog.MEMORY, new Memory(2L << 30))
        .observed(TestCatalog.DISK, new Mounts(List.of(new Mount("/", 20L << 30))))
        .observed(
            TestCatalog.INTERFACES, new Interfaces(List.of(new NetworkInterface("ens3", null))))
        .observed(
            TestCatalog.ADDRESSES, new Addresses(List.of(new InterfaceAddress("ens3", address))))
        .observed(
            TestCatalog.FIREWALL, new FirewallRules(List.of(new FirewallRule("INPUT", "", "DROP"))))
        .observed(TestCatalog.ROUTES, new Routes(List.of(new Route("default", "10.0.0.1", "ens3"))))
        .observed(TestCatalog.PING_PRIVATE, new Ping(3, 0, 4L))
        .observed(TestCatalog.PING_PUBLIC, new Ping(3, 0, 60L))
        .observed(TestCatalog.LOOKUP_PRIVATE, new ReverseLookup("10.0.0.1", "gw.example.org"))
        .observed(
            TestCatalog.LOOKUP_PUBLIC, new ReverseLookup("194.25.2.129", "dns.isp.t-ipnet.de"))
        .observed(TestCatalog.SHELL_PROCESS, new ShellProcess(true))
        .observed(TestCatalog.SHELL_PORT, new ShellPort(22, true));
  }
}
