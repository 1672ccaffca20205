package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import io.intermodal.xml.XmlElement;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.libvirt.LibvirtException;

/** Is the way to one domain, which is looked up anew for each call. Thread-safe. */
final class DomainAccess {

  /** {@code VIR_DOMAIN_XML_INACTIVE}: the stored definition. */
  private static final int STORED = 2;

  /** Saving the memory of a large machine to a slow disk is what takes longest. */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  /** Is something that is done with a domain. */
  @FunctionalInterface
  interface Action<T> {
    T run(DomainHandle domain) throws LibvirtException;
  }

  /** Is something that is done to a domain. */
  @FunctionalInterface
  interface Change {
    void run(DomainHandle domain) throws LibvirtException;
  }

  private final Session session;
  private final String id;
  private final String name;

  DomainAccess(Session session, String id, String name) {
    this.session = session;
    this.id = id;
    this.name = name;
  }

  Session session() {
    return session;
  }

  HypervisorKind kind() {
    return session.uri().kind();
  }

  String id() {
    return id;
  }

  /** Returns the name it had when it was found, for messages. */
  String name() {
    return name;
  }

  /** Asks for something; {@code verb} stands before the name in messages. */
  <T> T ask(String verb, Action<T> action) {
    return session.ask(
        verb + " " + name,
        name,
        connect -> {
          try (DomainHandle handle = DomainHandle.find(session.calls(), connect, id)) {
            return action.run(handle);
          }
        });
  }

  /**
   * Changes something; never repeated, and given up when the host takes longer than it ever may.
   */
  void change(String verb, Change change) {
    String what = verb + " " + name;
    NativeWork.within(
        PATIENCE,
        what,
        () ->
            session.change(
                what,
                name,
                connect -> {
                  try (DomainHandle handle = DomainHandle.find(session.calls(), connect, id)) {
                    change.run(handle);
                    return true;
                  }
                }));
  }

  MachineState state() {
    return ask("read the state of", DomainState::of).machineState();
  }

  /** Reads the stored definition, or what the domain runs with where none is stored. */
  String storedXml() {
    return ask("read the definition of", handle -> handle.domain().getXMLDesc(STORED));
  }

  XmlElement stored() {
    return DomainXml.parse(storedXml());
  }

  /** Reads what the domain runs with now. */
  XmlElement live() {
    return DomainXml.parse(ask("read the definition of", handle -> handle.domain().getXMLDesc(0)));
  }

  boolean isActive() {
    return ask("read the state of", handle -> handle.domain().isActive()) == 1;
  }

  /**
   * Returns the state when it allows an operation.
   *
   * @throws HypervisorException {@code ILLEGAL_STATE} that names the states that do
   */
  MachineState require(Operation operation, Set<MachineState> allowed) {
    MachineState state = state();
    if (!allowed.contains(state)) {
      throw failed(
          HypervisorError.ILLEGAL_STATE,
          operation.displayName(),
          "it is "
              + state
              + ", it must be "
              + allowed.stream().map(Enum::name).collect(Collectors.joining(" or ")));
    }
    return state;
  }

  HypervisorException failed(HypervisorError code, String verb, String reason) {
    return new HypervisorException(
        code, LibvirtDriver.ID, "cannot " + verb + " " + name + ": " + reason, name);
  }
}
