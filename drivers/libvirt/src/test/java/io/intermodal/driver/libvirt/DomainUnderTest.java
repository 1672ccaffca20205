package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.GuestConsole;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorUri;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.Operation;
import io.intermodal.testkit.ContractPoint;
import io.intermodal.testkit.DriverUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.libvirt.StoragePool;

/** A libvirt host with machines that run the tiny guest. */
final class DomainUnderTest implements DriverUnderTest {

  private final HypervisorKind kind;
  private final String uri;
  private final @Nullable Properties lab;

  private DomainUnderTest(HypervisorKind kind, String uri, @Nullable Properties lab) {
    this.kind = kind;
    this.uri = uri;
    this.lab = lab;
  }

  static DomainUnderTest simulator() {
    Hosts.requireLibrary();
    return new DomainUnderTest(HypervisorKind.TEST, "test:///default", null);
  }

  static DomainUnderTest qemu() {
    Properties lab = Hosts.lab();
    return new DomainUnderTest(HypervisorKind.QEMU, lab.getProperty("qemu.uri"), lab);
  }

  static DomainUnderTest xen() {
    Properties lab = Hosts.lab();
    return new DomainUnderTest(HypervisorKind.XEN, lab.getProperty("xen.uri"), lab);
  }

  @Override
  public Hypervisor connect() {
    return new LibvirtDriver()
        .withGuestPatience(
            // Nobody in the tiny guest obeys; Xen's own call would wait for that a minute.
            kind == HypervisorKind.XEN ? Duration.ZERO : Duration.ofSeconds(3))
        .connect(HypervisorUri.parse(uri));
  }

  @Override
  public MachineSpec machine(String name) {
    return MachineSpec.named(name).cpus(1).memoryBytes(128L << 20).build();
  }

  /** A kernel of its own is nothing a neutral machine states, so it is stored as a document. */
  @Override
  public Machine make(Hypervisor hypervisor, MachineSpec spec) {
    Machine machine = Hosts.define((LibvirtHypervisor) hypervisor, TinyDomain.xml(kind, spec, lab));
    if (hypervisor.capabilities().supports(Operation.ATTACH_DISK)) {
      machine.attachDisk(new DiskSpec("system", 1L << 20, null, null));
    }
    return machine;
  }

  @Override
  public void remove(Machine machine) {
    if (machine.hypervisor().capabilities().supports(Operation.DELETE)) {
      DriverUnderTest.super.remove(machine);
    } else {
      Hosts.remove((LibvirtMachine) machine);
    }
  }

  @Override
  public String namePrefix() {
    return "t-contract-";
  }

  @Override
  public Duration deadline() {
    return kind == HypervisorKind.XEN ? Duration.ofSeconds(120) : Duration.ofSeconds(60);
  }

  @Override
  public Duration guestPatience() {
    return kind == HypervisorKind.TEST ? Duration.ofSeconds(5) : Duration.ofSeconds(60);
  }

  /** A guest takes part in its suspension and in plugging, so its kernel must be up. */
  @Override
  public void awaitGuest(Machine machine) {
    if (kind == HypervisorKind.TEST) {
      return;
    }
    try (GuestConsole console = machine.openConsole()) {
      // What was written before is not kept: a shell that is up answers a key with its prompt.
      console.output().write("echo up-$((40+2))\n".getBytes(StandardCharsets.US_ASCII));
      console.output().flush();
      StringBuilder heard = new StringBuilder();
      while (heard.indexOf("TINY-GUEST-READY") < 0 && heard.indexOf("up-42") < 0) {
        int next = console.input().read();
        if (next < 0) {
          throw new IllegalStateException("the console ended: " + heard);
        }
        heard.append((char) next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Domains and the volumes of every pool, as far as they are ours: hosts may be shared. */
  @Override
  public Set<String> inventory(Hypervisor hypervisor) {
    Set<String> all = new TreeSet<>();
    for (Machine machine : hypervisor.machines()) {
      if (machine.name().startsWith(namePrefix())) {
        all.add("machine " + machine.id());
      }
    }
    ((LibvirtHypervisor) hypervisor)
        .session()
        .ask(
            "list the volumes",
            null,
            connect -> {
              for (String name : connect.listStoragePools()) {
                StoragePool pool = connect.storagePoolLookupByName(name);
                for (String volume : pool.listVolumes()) {
                  if (volume.startsWith(namePrefix())) {
                    all.add("volume " + name + "/" + volume);
                  }
                }
                pool.free();
              }
              return all;
            });
    return all;
  }

  @Override
  public Map<ContractPoint, String> gaps() {
    Map<ContractPoint, String> gaps = new EnumMap<>(ContractPoint.class);
    gaps.put(
        ContractPoint.ADDRESSES,
        "the tiny guest is on no network; the tests of addresses boot the Debian guest");
    gaps.put(
        ContractPoint.GUEST_AGENT,
        "the tiny guest has no agent; the tests of the agent boot the Debian guest");
    if (kind != HypervisorKind.TEST) {
      gaps.put(
          ContractPoint.UNFINISHED_DISK,
          "a volume takes any bytes, and nobody at the host looks into it; a migration reads each"
              + " disk back before the commit");
      gaps.put(
          ContractPoint.EXPORT_HOLDS,
          "libvirt knows no lock on a volume that is read, so nothing keeps a machine from starting");
      gaps.put(
          ContractPoint.GRACEFUL_STOP, "nobody in the tiny guest obeys a request to shut down");
      gaps.put(
          ContractPoint.INJECT_FILE,
          "the tiny guest has no agent to put files in by; the tests of the agent do it");
    }
    if (kind == HypervisorKind.XEN) {
      gaps.put(
          ContractPoint.SAME_BOOT_AFTER_RESUME,
          "Xen gives a resumed guest another number, and nothing else tells its boots apart");
    }
    return gaps;
  }
}
