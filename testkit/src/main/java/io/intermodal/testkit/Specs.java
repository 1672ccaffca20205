package io.intermodal.testkit;

import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.Machine;

/** Takes from a definition what a machine that exists must state. */
final class Specs {

  private Specs() {}

  static int cpus(Machine machine) {
    CpuSpec cpu = machine.spec().cpu();
    if (cpu == null) {
      throw new AssertionError(machine.name() + " does not state its processors");
    }
    return cpu.count();
  }

  static long memoryBytes(Machine machine) {
    Long bytes = machine.spec().memoryBytes();
    if (bytes == null) {
      throw new AssertionError(machine.name() + " does not state its memory");
    }
    return bytes;
  }
}
