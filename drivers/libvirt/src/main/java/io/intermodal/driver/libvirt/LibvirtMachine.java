package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import java.time.Duration;
import java.util.Objects;

/** Is one domain. Thread-safe: it holds nothing but its UUID and the way to its host. */
final class LibvirtMachine implements Machine {

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
    return DomainDefinition.read(hypervisor.session(), domain.storedXml());
  }

  @Override
  public MachineState state() {
    return domain.state();
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
  public String toString() {
    return domain.name() + " at " + hypervisor.info().uri();
  }

  private LifeCycle lifeCycle() {
    return new LifeCycle(domain);
  }
}
