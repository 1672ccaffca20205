package io.intermodal.benchmark;

import io.intermodal.evaluate.FirewallRule;
import io.intermodal.evaluate.InterfaceAddress;
import io.intermodal.evaluate.Mount;
import io.intermodal.evaluate.NetworkInterface;
import io.intermodal.evaluate.Observations;
import io.intermodal.evaluate.ObservedValue;
import io.intermodal.evaluate.Route;
import io.intermodal.evaluate.TestCatalog;
import io.intermodal.evaluate.TestId;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Makes observations with every test filled. */
final class ObservedMachines {

  private ObservedMachines() {}

  /** Returns a machine on which everything works. */
  static Observations healthy(int entries) {
    return machine("vSphere 8.0", entries, "52:54:00:00:00:", "10.0.", 0, 60L);
  }

  /**
   * Returns a machine of which every value differs from {@link #healthy}'s, every list in every
   * entry, and on which every test that only passes or fails has failed.
   */
  static Observations changed(int entries) {
    Observations healthy = machine("KVM 8.2", entries, "00:16:3e:00:00:", "172.16.", 1, 90L);
    Observations.Builder builder = healthy.toBuilder();
    for (TestId id : TestCatalog.tests()) {
      if (TestCatalog.valueType(id).isEmpty()) {
        builder.unsuccessful(id, "it did not answer");
      }
    }
    return builder.build();
  }

  private static Observations machine(
      String hypervisor, int entries, String mac, String net, int shift, long millis) {
    Observations.Builder builder = Observations.on(hypervisor, "web-1");
    TestCatalog.tests().forEach(builder::successful);
    return builder
        .observed(
            TestCatalog.KERNEL, new ObservedValue.Kernel("6." + (1 + shift) + ".0-18", "x86_64"))
        .observed(TestCatalog.CPU, new ObservedValue.Cpu(4 + shift, 2400L + shift))
        .observed(TestCatalog.MEMORY, new ObservedValue.Memory((4L + shift) << 30))
        .observed(
            TestCatalog.DISK,
            new ObservedValue.Mounts(
                list(entries, i -> new Mount("/srv/" + i, (20L + shift * 9L) << 30))))
        .observed(
            TestCatalog.INTERFACES,
            new ObservedValue.Interfaces(
                list(
                    entries,
                    i ->
                        new NetworkInterface(
                            "eth" + (i + shift * entries), mac + String.format("%02x", i)))))
        .observed(
            TestCatalog.ADDRESSES,
            new ObservedValue.Addresses(
                list(
                    entries,
                    i -> new InterfaceAddress("eth" + (i + shift * entries), net + i + ".5/24"))))
        .observed(
            TestCatalog.FIREWALL,
            new ObservedValue.FirewallRules(
                list(
                    entries,
                    i ->
                        new FirewallRule(
                            "INPUT", "tcp dport " + (1000 + i), shift == 0 ? "ACCEPT" : "DROP"))))
        .observed(
            TestCatalog.ROUTES,
            new ObservedValue.Routes(
                list(entries, i -> new Route("192.168." + i + ".0/24", net + i + ".1", null))))
        .observed(TestCatalog.PING_PRIVATE, new ObservedValue.Ping(3, shift, 4L + shift))
        .observed(TestCatalog.PING_PUBLIC, new ObservedValue.Ping(3, shift, millis))
        .observed(
            TestCatalog.LOOKUP_PRIVATE,
            new ObservedValue.ReverseLookup("10.0.0.1", "gw" + shift + ".example.org"))
        .observed(
            TestCatalog.LOOKUP_PUBLIC,
            new ObservedValue.ReverseLookup(
                "194.25.2.129", shift == 0 ? "dns.isp.t-ipnet.de" : "other.example.org"))
        .observed(TestCatalog.SHELL_PROCESS, new ObservedValue.ShellProcess(shift == 0))
        .observed(TestCatalog.SHELL_PORT, new ObservedValue.ShellPort(22, shift == 0))
        .build();
  }

  private static <T> List<T> list(int entries, IntFunction<T> entry) {
    return IntStream.range(0, entries).mapToObj(entry).toList();
  }
}
