package io.intermodal.testkit;

import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Is what a driver's author supplies to {@link HypervisorDriverContract}: how to connect, a small
 * machine, how long things may take, and what is missing and why.
 */
public interface DriverUnderTest {

  /** Opens a new session; the contract closes it. */
  Hypervisor connect();

  /**
   * States the smallest machine that starts at this hypervisor. It is started a handful of times in
   * all; the less its guest does, the sooner the contract is through.
   *
   * @param name its name, which starts with {@link #namePrefix()}
   */
  MachineSpec machine(String name);

  /**
   * Makes a machine, stopped. By an import without a written disk unless the driver's author has
   * another way, which a driver without imports needs.
   */
  default Machine make(Hypervisor hypervisor, MachineSpec spec) {
    try (MachineImport making = hypervisor.importMachine(spec)) {
      return making.commit();
    }
  }

  /**
   * Deletes a machine whatever its state, with its disks; the contract cleans up with it. A driver
   * that does not delete needs another way.
   */
  default void remove(Machine machine) {
    if (machine.state() != MachineState.STOPPED) {
      machine.stop(Duration.ZERO);
    }
    machine.delete();
  }

  /**
   * Returns what the names of all machines of the contract start with. What has such a name is
   * deleted before and after the tests: it must be the contract's alone.
   */
  default String namePrefix() {
    return "contract-";
  }

  /** Returns how long one operation may take at most; one that takes longer is a failure. */
  default Duration deadline() {
    return Duration.ofSeconds(30);
  }

  /** Returns how long a guest may take to shut down, to answer, and events to arrive. */
  default Duration guestPatience() {
    return Duration.ofSeconds(30);
  }

  /**
   * Returns when the guest of a machine that was just started can take part in what follows: be
   * suspended, obey, plug hardware. At once unless said otherwise.
   */
  default void awaitGuest(Machine machine) {}

  /** Returns a number of processors that the small machine can change to, running or stopped. */
  default int otherCpus() {
    return 2;
  }

  /** Returns an amount of memory that the small machine can change to, running or stopped. */
  default long otherMemoryBytes() {
    return 96L << 20;
  }

  /**
   * Names everything the hypervisor keeps: definitions, files, volumes. Debris is what is named
   * after an attempt and was not before. The machines unless the driver's author can see more, and
   * should.
   */
  default Set<String> inventory(Hypervisor hypervisor) {
    Set<String> all = new TreeSet<>();
    hypervisor.machines().forEach(machine -> all.add("machine " + machine.id()));
    return all;
  }

  /**
   * Returns what is missing and why, a sentence each. The tests of such a point are reported as
   * skipped with that reason.
   */
  default Map<ContractPoint, String> gaps() {
    return Map.of();
  }
}
