package io.intermodal.hypervisor;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Is a session with one hypervisor. Thread-safe unless a driver says otherwise; closing it ends the
 * session and leaves the machines as they are.
 */
public interface Hypervisor extends AutoCloseable {

  /** Returns what it is and whether machines really run there. */
  HypervisorInfo info();

  /** Returns what it declares it can do. */
  Capabilities capabilities();

  /** Asks what it has to give now. */
  Resources resources();

  /** Lists its machines, ordered by name. */
  List<Machine> machines();

  /**
   * Finds a machine by id or, failing that, by name.
   *
   * @throws HypervisorException {@code MACHINE_NOT_FOUND} when several machines have the name; the
   *     message lists their ids
   */
  Optional<Machine> findMachine(String idOrName);

  /**
   * Finds a machine by id or name.
   *
   * @throws HypervisorException {@code MACHINE_NOT_FOUND} when there is none; the message lists
   *     what there is
   */
  default Machine machine(String idOrName) {
    return findMachine(idOrName)
        .orElseThrow(
            () -> {
              List<String> names = machines().stream().map(Machine::name).toList();
              return new HypervisorException(
                  HypervisorError.MACHINE_NOT_FOUND,
                  info().driver(),
                  "cannot find machine "
                      + idOrName
                      + " at "
                      + info().uri()
                      + (names.isEmpty()
                          ? ": it has no machines"
                          : "; it has " + String.join(", ", names)),
                  idOrName);
            });
  }

  /**
   * Starts to read a stopped machine's disks in one of {@link Capabilities#exportFormats}. The
   * machine cannot be changed until the export is closed.
   *
   * @throws HypervisorException {@code ILLEGAL_STATE} unless the machine is stopped
   */
  default MachineExport exportMachine(Machine machine) {
    throw new UnsupportedOperation(info().driver(), Operation.EXPORT, capabilities());
  }

  /**
   * Starts to make a machine. Name, limits and space are checked here; nothing of it is visible
   * until {@link MachineImport#commit()}.
   *
   * @throws HypervisorException {@code NAME_TAKEN}, {@code LIMIT_EXCEEDED}, {@code STORAGE_FULL} or
   *     {@code LOCKED}, with nothing changed
   */
  default MachineImport importMachine(MachineSpec spec) {
    throw new UnsupportedOperation(info().driver(), Operation.IMPORT, capabilities());
  }

  /**
   * Tells a listener what happens to the machines from now on, whoever causes it. It is called by a
   * thread of the driver and must not take long; what it throws is dropped. Events may be late or
   * missing when a connection breaks: never wait for one without asking the state as well.
   *
   * @return ends it when closed
   */
  default Subscription subscribe(Consumer<MachineEvent> listener) {
    throw new UnsupportedOperation(info().driver(), Operation.EVENTS, capabilities());
  }

  /** Is a listener's place; closing it ends the calls and may be done twice. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  void close();
}
