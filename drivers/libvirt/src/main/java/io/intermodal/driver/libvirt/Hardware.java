package io.intermodal.driver.libvirt;

import static io.intermodal.driver.libvirt.NativeCalls.AFFECT_CONFIG;
import static io.intermodal.driver.libvirt.NativeCalls.AFFECT_LIVE;
import static io.intermodal.driver.libvirt.NativeCalls.MAXIMUM;

import com.sun.jna.NativeLong;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.Support;
import io.intermodal.xml.XmlElement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Changes the processors and the memory of a domain. */
final class Hardware {

  private static final Duration GUEST_GIVES_MEMORY = Duration.ofSeconds(60);

  /** A guest of Xen ends up with slightly other than it was asked for. */
  private static final long ABOUT_KIB = 4096;

  private static final long KIB = 1024;

  private final DomainAccess domain;
  private final Support.Effect effect;

  Hardware(DomainAccess domain, Support.Effect effect) {
    this.domain = domain;
    this.effect = effect;
  }

  private Set<MachineState> allowed() {
    return effect == Support.Effect.LIVE
        ? EnumSet.of(MachineState.STARTED, MachineState.STOPPED)
        : EnumSet.of(MachineState.STOPPED);
  }

  void setCpus(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1: " + count);
    }
    if (domain.require(Operation.SET_CPU, allowed()) == MachineState.STOPPED) {
      setStoredCpus(count);
      return;
    }
    int now = cpus(AFFECT_LIVE);
    int most = cpus(AFFECT_LIVE | MAXIMUM);
    if (count < now) {
      throw domain.failed(
          HypervisorError.ILLEGAL_STATE,
          Operation.SET_CPU.displayName(),
          "its guest has "
              + now
              + " processors, and taking some away while it runs is not safe; it must be STOPPED");
    }
    if (count > most) {
      throw domain.failed(
          HypervisorError.LIMIT_EXCEEDED,
          Operation.SET_CPU.displayName(),
          "it was started with room for " + most + " processors; for more it must be STOPPED");
    }
    domain.change(
        Operation.SET_CPU.displayName(),
        handle ->
            handle
                .domain()
                .setVcpusFlags(count, count == now ? AFFECT_CONFIG : AFFECT_LIVE | AFFECT_CONFIG));
  }

  private void setStoredCpus(int count) {
    XmlElement stored = domain.stored();
    if (domain.kind() == HypervisorKind.XEN) {
      // It takes the number a machine starts with for the number at most, and plugs none in anyway.
      new DomainEdit(domain).redefine(DomainEdit.withoutTopology(stored, count));
      return;
    }
    int most = cpus(AFFECT_CONFIG | MAXIMUM);
    if (count > most && DomainXml.first(stored, "cpu", "topology").isPresent()) {
      // The product of the topology must be the number at most; one that nobody asked for goes.
      new DomainEdit(domain).redefine(DomainEdit.withoutTopology(stored, count));
      return;
    }
    domain.change(
        Operation.SET_CPU.displayName(),
        handle -> {
          if (count > most) {
            handle.domain().setVcpusFlags(count, AFFECT_CONFIG | MAXIMUM);
          }
          handle.domain().setVcpusFlags(count, AFFECT_CONFIG);
        });
  }

  private int cpus(int flags) {
    return domain.ask(
        "count the processors of",
        handle ->
            NativeFailure.check(
                handle.calls(), handle.calls().virDomainGetVcpusFlags(handle.raw(), flags)));
  }

  void setMemoryBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes must be at least 1: " + bytes);
    }
    long kib = bytes / KIB + (bytes % KIB == 0 ? 0 : 1);
    if (domain.require(Operation.SET_MEMORY, allowed()) == MachineState.STOPPED) {
      domain.change(
          Operation.SET_MEMORY.displayName(),
          handle -> {
            setMemory(handle, kib, AFFECT_CONFIG | MAXIMUM);
            setMemory(handle, kib, AFFECT_CONFIG);
          });
      return;
    }
    long most = domain.ask("ask for the memory of", handle -> handle.domain().getMaxMemory());
    if (kib > most) {
      throw domain.failed(
          HypervisorError.LIMIT_EXCEEDED,
          Operation.SET_MEMORY.displayName(),
          "it was started with room for "
              + Math.multiplyExact(most, KIB)
              + " bytes; for more it must be STOPPED");
    }
    long before = liveKib();
    setRunning(kib);
    boolean given =
        Waiting.until(
            "the memory of " + domain.name(),
            GUEST_GIVES_MEMORY,
            () -> Math.abs(liveKib() - kib) <= ABOUT_KIB);
    if (!given) {
      setRunning(before);
      throw domain.failed(
          HypervisorError.GUEST_TIMEOUT,
          Operation.SET_MEMORY.displayName(),
          "its guest did not give or take the memory within "
              + GUEST_GIVES_MEMORY.toSeconds()
              + " s, so it has no balloon driver or needs what it has; it is asked for what it had"
              + " before, and for the change it must be STOPPED");
    }
  }

  private void setRunning(long kib) {
    domain.change(
        Operation.SET_MEMORY.displayName(),
        handle -> {
          // One after the other: libvirt's simulator refuses both at once.
          setMemory(handle, kib, AFFECT_LIVE);
          setMemory(handle, kib, AFFECT_CONFIG);
        });
  }

  private long liveKib() {
    return domain.ask("ask for the memory of", handle -> handle.domain().getInfo().memory);
  }

  private static void setMemory(DomainHandle handle, long kib, int flags) {
    NativeFailure.check(
        handle.calls(),
        handle.calls().virDomainSetMemoryFlags(handle.raw(), new NativeLong(kib), flags));
  }
}
