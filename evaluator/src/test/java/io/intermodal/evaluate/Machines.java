package io.intermodal.evaluate;

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
import java.util.List;

/** Observations of a machine on which everything works. */
final class Machines {
  private Machines() {}

  static Observations healthy(String hypervisor) {
    return healthyBuilder(hypervisor).build();
  }

  static Observations.Builder healthyBuilder(String hypervisor) {
    Observations.Builder builder = Observations.on(hypervisor, "web-1");
    TestCatalog.tests().stream()
        .filter(id -> TestCatalog.valueType(id).isEmpty())
        .forEach(builder::successful);
    return builder
        .observed(TestCatalog.KERNEL, new Kernel("5.10.0-28-amd64", "x86_64"))
        .observed(TestCatalog.CPU, new Cpu(4, 2400L))
        .observed(TestCatalog.MEMORY, new Memory(4L << 30))
        .observed(
            TestCatalog.DISK,
            new Mounts(List.of(new Mount("/", 20L << 30), new Mount("/srv", 100L << 30))))
        .observed(
            TestCatalog.INTERFACES,
            new Interfaces(
                List.of(
                    new NetworkInterface("lo", null),
                    new NetworkInterface("eth0", "52:54:00:00:00:01"),
                    new NetworkInterface("eth1", "52:54:00:00:00:02"))))
        .observed(
            TestCatalog.ADDRESSES,
            new Addresses(
                List.of(
                    new InterfaceAddress("eth0", "10.0.0.5/24"),
                    new InterfaceAddress("eth1", "192.168.1.5/24"))))
        .observed(
            TestCatalog.FIREWALL,
            new FirewallRules(
                List.of(
                    new FirewallRule("INPUT", "tcp dport 22", "ACCEPT"),
                    new FirewallRule("INPUT", "", "DROP"))))
        .observed(
            TestCatalog.ROUTES,
            new Routes(
                List.of(
                    new Route("default", "10.0.0.1", "eth0"),
                    new Route("10.0.0.0/24", null, "eth0"))))
        .observed(TestCatalog.PING_PRIVATE, new Ping(3, 0, 4L))
        .observed(TestCatalog.PING_PUBLIC, new Ping(3, 0, 60L))
        .observed(TestCatalog.LOOKUP_PRIVATE, new ReverseLookup("10.0.0.1", "gw.example.org"))
        .observed(
            TestCatalog.LOOKUP_PUBLIC, new ReverseLookup("194.25.2.129", "dns.isp.t-ipnet.de"))
        .observed(TestCatalog.SHELL_PROCESS, new ShellProcess(true))
        .observed(TestCatalog.SHELL_PORT, new ShellPort(22, true));
  }
}
