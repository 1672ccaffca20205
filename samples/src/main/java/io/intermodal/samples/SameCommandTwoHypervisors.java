package io.intermodal.samples;

import static io.intermodal.hypervisor.Requirement.noReboot;

import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineOperations;

/**
 * Gives one command to several hypervisors: more processors, but without a reboot. Each does it or
 * says, before anything is changed, that it cannot.
 */
public final class SameCommandTwoHypervisors {

  private SameCommandTwoHypervisors() {}

  /**
   * Gives the command.
   *
   * @param args the name of a machine that all hypervisors have, the number of processors, and the
   *     URIs of the hypervisors
   */
  public static void main(String[] args) {
    String name = args[0];
    int cpus = Integer.parseInt(args[1]);
    Drivers drivers = Drivers.load();
    for (int i = 2; i < args.length; i++) {
      try (Hypervisor hypervisor = drivers.connect(args[i])) {
        Machine machine = hypervisor.machine(name);
        System.out.println(hypervisor.info().product() + ": " + setCpus(machine, cpus));
        System.out.println("  " + machine.state() + " with " + machine.spec().cpu());
      }
    }
  }

  private static String setCpus(Machine machine, int cpus) {
    try {
      return MachineOperations.on(machine).require(noReboot()).setCpus(cpus).message();
    } catch (HypervisorException e) {
      // Errors are told apart by their code; only this one is an answer here.
      if (e.code() != HypervisorError.REQUIREMENT_NOT_MET) {
        throw e;
      }
      return "refused, " + e.getMessage();
    }
  }
}
