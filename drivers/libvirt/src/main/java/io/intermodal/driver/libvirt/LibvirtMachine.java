package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.GuestAddress;
import io.intermodal.hypervisor.GuestConsole;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.PacketRule;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Is one domain. Thread-safe: it holds nothing but its UUID and the way to its host. */
final class LibvirtMachine implements Machine {

  /** An agent that is there answers within this time, unless its guest is very busy. */
  private static final Duration QUICKLY = Duration.ofSeconds(3);

  private final LibvirtHypervisor hypervisor;
  private final DomainAccess domain;

  LibvirtMachine(LibvirtHypervisor hypervisor, String id, String name) {
    this.hypervisor = hypervisor;
    this.domain = new DomainAccess(hypervisor.session(), id, name);
  }

  DomainAccess domain() {
    return domain;
  }

  @Override
  public String id() {
    return domain.id();
  }

  @Override
  public String name() {
    return domain.ask("read the name of", handle -> handle.domain().getName());
  }

  @Override
  public Hypervisor hypervisor() {
    return hypervisor;
  }

  @Override
  public MachineSpec spec() {
    return DomainDefinition.read(domain).spec();
  }

  @Override
  public MachineState state() {
    return domain.state();
  }

  /**
   * Returns the name that a Linux guest gave its boot, by the agent; on Xen the number of the
   * domain, which a resume changes as well as a restart. Empty elsewhere: QEMU itself restarts a
   * guest without a trace.
   */
  @Override
  public Optional<String> bootId() {
    return switch (domain.kind()) {
      case QEMU -> readBootId();
      case XEN -> Optional.ofNullable(Restart.xenNumber(domain));
      case TEST, ESX -> Optional.empty();
    };
  }

  private Optional<String> readBootId() {
    AgentChannel agent = new AgentChannel(domain);
    try {
      return agent.answers(QUICKLY) ? new AgentFiles(agent).bootId() : Optional.empty();
    } catch (HypervisorException e) {
      if (e.code() == HypervisorError.CONNECTION_FAILED) {
        throw e;
      }
      // An agent that gives no files away tells no boots apart either.
      return Optional.empty();
    }
  }

  @Override
  public void start() {
    lifeCycle().start();
  }

  @Override
  public void stop(Duration timeout) {
    lifeCycle().stop(Objects.requireNonNull(timeout, "timeout"));
  }

  @Override
  public void reboot() {
    require(Operation.REBOOT);
    new Restart(domain, hypervisor.events(), this::bootId, hypervisor.guestPatience()).run();
  }

  @Override
  public void pause() {
    lifeCycle().pause();
  }

  @Override
  public void unpause() {
    lifeCycle().unpause();
  }

  @Override
  public void suspend() {
    lifeCycle().suspend();
  }

  @Override
  public void resume() {
    lifeCycle().resume();
  }

  @Override
  public void snapshot(String snapshotName) {
    require(Operation.SNAPSHOT);
    new Snapshots(domain).take(snapshotName);
  }

  @Override
  public List<String> snapshots() {
    return hypervisor.capabilities().supports(Operation.SNAPSHOT)
        ? new Snapshots(domain).list()
        : List.of();
  }

  @Override
  public void revert(String snapshotName) {
    require(Operation.REVERT);
    new Snapshots(domain).revert(snapshotName);
  }

  @Override
  public void deleteSnapshot(String snapshotName) {
    require(Operation.SNAPSHOT);
    new Snapshots(domain).delete(snapshotName);
  }

  @Override
  public void setCpus(int count) {
    hardware(Operation.SET_CPU).setCpus(count);
  }

  @Override
  public void setMemoryBytes(long bytes) {
    hardware(Operation.SET_MEMORY).setMemoryBytes(bytes);
  }

  @Override
  public void attachDisk(DiskSpec disk) {
    disks(Operation.ATTACH_DISK).attach(disk);
  }

  @Override
  public void detachDisk(String diskKey) {
    disks(Operation.DETACH_DISK).detach(diskKey);
  }

  @Override
  public void resizeDisk(String diskKey, long capacityBytes) {
    disks(Operation.RESIZE_DISK).resize(diskKey, capacityBytes);
  }

  @Override
  public void attachNic(NicSpec nic) {
    nics(Operation.ATTACH_NIC).attach(nic);
  }

  @Override
  public void detachNic(String nicKey) {
    nics(Operation.DETACH_NIC).detach(nicKey);
  }

  @Override
  public void setFirewall(String nicKey, List<PacketRule> rules) {
    NicChanges nics = nics(Operation.FIREWALL);
    domain.require(Operation.FIREWALL, EnumSet.of(MachineState.STARTED, MachineState.STOPPED));
    new Firewall(domain).set(nics.mac(nicKey), List.copyOf(rules));
  }

  @Override
  public void delete() {
    require(Operation.DELETE);
    new Removal(domain).withDisks();
  }

  @Override
  public Map<String, String> deleteKeepingDisks() {
    require(Operation.DELETE_KEEPING_DISKS);
    return new Removal(domain).keepingDisks();
  }

  @Override
  public void injectFile(String path, byte[] content) {
    require(Operation.INJECT_FILE);
    domain.require(Operation.INJECT_FILE, EnumSet.of(MachineState.STARTED));
    new AgentFiles(new AgentChannel(domain)).write(path, content);
  }

  @Override
  public String serialOutput() {
    require(Operation.SERIAL_CONSOLE);
    domain.require(Operation.SERIAL_CONSOLE, EnumSet.of(MachineState.STARTED));
    return SerialText.read(domain);
  }

  @Override
  public GuestConsole openConsole() {
    require(Operation.SERIAL_CONSOLE);
    domain.require(Operation.SERIAL_CONSOLE, EnumSet.of(MachineState.STARTED));
    return StreamConsole.open(domain);
  }

  @Override
  public Optional<GuestShell> guestAgent() {
    if (!hypervisor.capabilities().supports(Operation.GUEST_AGENT)) {
      return Optional.empty();
    }
    AgentChannel agent = new AgentChannel(domain);
    return agent.answers(QUICKLY) ? Optional.of(new AgentShell(agent)) : Optional.empty();
  }

  @Override
  public List<GuestAddress> addresses() {
    return domain.state() == MachineState.STARTED
        ? new GuestAddresses(domain).find(hypervisor.capabilities().supports(Operation.GUEST_AGENT))
        : List.of();
  }

  @Override
  public String toString() {
    return domain.name() + " at " + hypervisor.info().uri();
  }

  private Hardware hardware(Operation operation) {
    require(operation);
    return new Hardware(domain, hypervisor.capabilities().support(operation).effect());
  }

  private DiskChanges disks(Operation operation) {
    require(operation);
    return new DiskChanges(domain, hypervisor.capabilities());
  }

  private NicChanges nics(Operation operation) {
    require(operation);
    return new NicChanges(domain, hypervisor.capabilities());
  }

  private void require(Operation operation) {
    if (!hypervisor.capabilities().supports(operation)) {
      throw new UnsupportedOperation(LibvirtDriver.ID, operation, hypervisor.capabilities());
    }
  }

  private LifeCycle lifeCycle() {
    return new LifeCycle(domain);
  }
}
