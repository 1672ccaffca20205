package io.intermodal.migrate;

import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;

/** Checks what is about the machine as a whole: descriptor, firmware, size, name, state. */
final class MachineRules extends PreflightRules {

  MachineRules(PreflightSubject subject) {
    super(subject);
  }

  @Override
  void run() {
    checkDescriptor();
    checkFirmware();
    checkProcessorsAndMemory();
    checkName();
    checkState();
  }

  /** PF-15: something the descriptor requires is not understood. */
  private void checkDescriptor() {
    for (Loss loss : subject.losses()) {
      if (loss.severity() == Loss.Severity.ERROR && loss.rule().startsWith("ovf.")) {
        critical("PF-15", loss.path(), loss.reason(), loss.remedy());
      }
    }
  }

  /** PF-1: the guest's firmware must exist at the target. */
  private void checkFirmware() {
    Firmware firmware = subject.mapped().firmware();
    if (firmware != null && !subject.capabilities().firmware().contains(firmware)) {
      critical(
          "PF-1",
          "machine",
          product() + " does not offer " + firmware + " firmware, so the guest would not boot",
          "choose a target that offers it");
    }
    if (Boolean.TRUE.equals(subject.mapped().secureBoot())
        && !Boolean.TRUE.equals(subject.capabilities().secureBoot())) {
      warning(
          "PF-1",
          "machine",
          product() + " does not say that it offers secure boot; the guest may boot without it",
          null);
    }
  }

  /** PF-20 and PF-21: processors and memory must be stated and within the subject.limits(). */
  private void checkProcessorsAndMemory() {
    CpuSpec cpu = subject.mapped().cpu();
    if (cpu == null) {
      critical("PF-20", "cpu", "the source states no processors", "say how many: --cpus 1");
    } else if (exceeds(cpu.count(), subject.limits().maxCpus())) {
      critical(
          "PF-20",
          "cpu",
          cpu.count()
              + " processors are more than the "
              + subject.limits().maxCpus()
              + " of "
              + limitsOf(),
          "give the machine fewer processors at the source");
    }
    Long memory = subject.mapped().memoryBytes();
    if (memory == null) {
      critical("PF-21", "memory", "the source states no memory", "say how much: --memory 1GiB");
    } else if (exceeds(memory, subject.limits().maxMemoryBytes())) {
      critical(
          "PF-21",
          "memory",
          memory
              + " bytes of memory are more than the "
              + subject.limits().maxMemoryBytes()
              + " of "
              + limitsOf(),
          "give the machine less memory at the source");
    }
  }

  /** PF-13: the name must be valid and free at the target. */
  private void checkName() {
    String name = subject.mapped().name();
    if (name.length() > subject.capabilities().maxNameLength()) {
      critical(
          "PF-13",
          "machine",
          "the name has "
              + name.length()
              + " characters, more than the "
              + subject.capabilities().maxNameLength()
              + " of "
              + product(),
          "give it another one: --name "
              + name.substring(0, Math.min(name.length(), subject.capabilities().maxNameLength())));
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      critical("PF-13", "machine", "the name holds control characters", "give it another: --name");
    }
    if (subject.target().machines().stream()
        .anyMatch(machine -> machine.name().equalsIgnoreCase(name))) {
      critical(
          "PF-13",
          "machine",
          "the target has a machine " + name + " already",
          "give it another name: --name " + name.replace(' ', '-') + "-2");
    }
  }

  /** PF-17: a machine whose memory is kept somewhere cannot be moved cold. */
  private void checkState() {
    switch (subject.state()) {
      case STOPPED -> {}
      case STARTED ->
          information(
              "PF-17",
              "machine",
              "the source runs; it will be stopped before its disks are read",
              null);
      default ->
          critical(
              "PF-17",
              "machine",
              "the source is " + subject.state() + "; its memory would be lost",
              "let it run on, or stop it, first");
    }
    if (subject.options().testSource() && subject.state() == MachineState.STARTED) {
      information(
          "PF-27",
          "machine",
          "the test sets restart the source several times",
          "leave them out with --no-source-tests; the result is then not scored");
    }
    if (!subject.capabilities().supports(Operation.IMPORT)) {
      critical("PF-28", "machine", product() + " takes no machines", null);
    }
  }
}
