package io.intermodal.driver.local;

import static io.intermodal.driver.local.Folders.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineOperations;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.OperationResult;
import io.intermodal.hypervisor.Requirement;
import io.intermodal.hypervisor.Support;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LifeCycleTest {

  private static final Set<MachineState> STATES =
      EnumSet.of(
          MachineState.STARTED, MachineState.STOPPED, MachineState.PAUSED, MachineState.SUSPENDED);

  private static final Set<Operation> OPERATIONS =
      EnumSet.of(
          Operation.START,
          Operation.STOP,
          Operation.REBOOT,
          Operation.PAUSE,
          Operation.UNPAUSE,
          Operation.SUSPEND,
          Operation.RESUME,
          Operation.SNAPSHOT,
          Operation.REVERT,
          Operation.SET_CPU,
          Operation.SET_MEMORY,
          Operation.ATTACH_DISK,
          Operation.DETACH_DISK,
          Operation.RESIZE_DISK,
          Operation.DELETE,
          Operation.EXPORT,
          Operation.SERIAL_CONSOLE,
          Operation.GUEST_FACTS);

  @TempDir Path folder;

  static Stream<Arguments> everyStateAndOperation() {
    return Stream.of(Profile.values())
        .flatMap(
            profile ->
                STATES.stream()
                    .flatMap(
                        state ->
                            OPERATIONS.stream()
                                .map(operation -> Arguments.of(profile, state, operation))));
  }

  @ParameterizedTest
  @MethodSource("everyStateAndOperation")
  void doesWhatTheStateAllowsAndNamesTheStatesThatDo(
      Profile profile, MachineState state, Operation operation) {
    try (Hypervisor hypervisor = Folders.open(folder, profile.id())) {
      Machine machine = prepared(hypervisor);
      bring(machine, state);
      Set<MachineState> allowed = LifeCycle.allowed(operation, profile);

      if (allowed.contains(state)) {
        perform(machine, operation);
        if (operation != Operation.DELETE) {
          assertThat(machine.state()).isEqualTo(expected(operation, state));
        }
      } else {
        assertFails(HypervisorError.ILLEGAL_STATE, () -> perform(machine, operation))
            .withMessageContaining("it is " + state)
            .withMessageContaining("must be " + allowed.iterator().next());
        assertThat(machine.state()).isEqualTo(state);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void changesARunningMachineAsItsProfileDeclares(Profile profile) {
    try (Hypervisor hypervisor = Folders.open(folder, profile.id())) {
      for (Operation operation :
          List.of(Operation.SET_CPU, Operation.SET_MEMORY, Operation.RESIZE_DISK)) {
        Machine machine = Folders.make(hypervisor, operation.displayName());
        machine.start();
        String boot = machine.bootId().orElseThrow();
        Support.Effect effect = hypervisor.capabilities().support(operation).effect();
        if (effect == Support.Effect.NEEDS_STOP) {
          assertFails(HypervisorError.ILLEGAL_STATE, () -> perform(machine, operation));
          continue;
        }
        perform(machine, operation);
        assertThat(machine.bootId().orElseThrow().equals(boot))
            .isEqualTo(effect == Support.Effect.LIVE);
      }
    }
  }

  @Test
  void refusesBeforehandWhatWouldRebootAndVerifiesWhatWouldNot() {
    try (Hypervisor hypervisor = Folders.open(folder, "kvm")) {
      Machine machine = Folders.make(hypervisor, "web");
      machine.start();
      MachineOperations operations = MachineOperations.on(machine).require(Requirement.noReboot());

      OperationResult result = operations.setCpus(4);
      assertThat(result.rebooted()).isFalse();
      assertThat(Folders.cpu(machine).count()).isEqualTo(4);
      assertFails(
              HypervisorError.REQUIREMENT_NOT_MET, () -> operations.setMemoryBytes(Folders.GIB * 2))
          .withMessageContaining("nothing was changed");
      assertFails(HypervisorError.REQUIREMENT_NOT_MET, operations::stop);
      assertThat(operations.pause().after()).isEqualTo(MachineState.PAUSED);
      assertThat(machine.spec().memoryBytes()).isEqualTo(Folders.GIB);
    }
  }

  @Test
  void keepsATopologyThatTheNewNumberFills() {
    try (Hypervisor hypervisor = Folders.open(folder, "kvm")) {
      Machine machine =
          Folders.make(hypervisor, Folders.spec("web").cpu(new CpuSpec(4, 2)).build());
      machine.setCpus(6);
      assertThat(Folders.cpu(machine).coresPerSocket()).isEqualTo(2);
      machine.setCpus(3);
      assertThat(Folders.cpu(machine).coresPerSocket()).isNull();
    }
  }

  @Test
  void knowsNoOperationThatItDoesNotDeclare() {
    try (Hypervisor hypervisor = Folders.open(folder, "kvm")) {
      assertThat(Stream.of(Operation.values()).filter(o -> !hypervisor.capabilities().supports(o)))
          .containsExactlyInAnyOrder(
              Operation.ATTACH_NIC,
              Operation.DETACH_NIC,
              Operation.DELETE_KEEPING_DISKS,
              Operation.GUEST_AGENT,
              Operation.EVENTS,
              Operation.GRAPHICAL_CONSOLE,
              Operation.INJECT_NETWORK,
              Operation.INJECT_FILE,
              Operation.VLAN_NETWORK,
              Operation.FIREWALL,
              Operation.ROUTING);
    }
  }

  @Test
  void hasABootIdWhileAGuestIsUp() {
    try (Hypervisor hypervisor = Folders.open(folder, "xen")) {
      Machine machine = Folders.make(hypervisor, "web");
      assertThat(machine.bootId()).isEmpty();
      machine.start();
      String first = machine.bootId().orElseThrow();
      machine.suspend();
      machine.resume();
      assertThat(machine.bootId()).contains(first);
      machine.reboot();
      assertThat(machine.bootId()).isPresent().isNotEqualTo(Optional.of(first));
    }
  }

  private static Machine prepared(Hypervisor hypervisor) {
    Machine machine =
        Folders.make(
            hypervisor,
            Folders.spec("web").addDisk(new DiskSpec("data", Folders.MIB, null, null)).build());
    machine.snapshot("before");
    return machine;
  }

  private static void bring(Machine machine, MachineState state) {
    if (state != MachineState.STOPPED) {
      machine.start();
    }
    if (state == MachineState.PAUSED) {
      machine.pause();
    } else if (state == MachineState.SUSPENDED) {
      machine.suspend();
    }
  }

  private static void perform(Machine machine, Operation operation) {
    switch (operation) {
      case START -> machine.start();
      case STOP -> machine.stop(Duration.ZERO);
      case REBOOT -> machine.reboot();
      case PAUSE -> machine.pause();
      case UNPAUSE -> machine.unpause();
      case SUSPEND -> machine.suspend();
      case RESUME -> machine.resume();
      case SNAPSHOT -> machine.snapshot("now");
      case REVERT -> machine.revert("before");
      case SET_CPU -> machine.setCpus(4);
      case SET_MEMORY -> machine.setMemoryBytes(2 * Folders.GIB);
      case ATTACH_DISK -> machine.attachDisk(new DiskSpec("more", Folders.MIB, null, null));
      case DETACH_DISK -> machine.detachDisk("data");
      case RESIZE_DISK -> machine.resizeDisk("disk0", 2 * Folders.MIB);
      case DELETE -> machine.delete();
      case EXPORT -> machine.hypervisor().exportMachine(machine).close();
      case SERIAL_CONSOLE -> assertThat(machine.serialOutput()).endsWith("web login: ");
      case GUEST_FACTS -> assertThat(machine.guestFacts()).isPresent();
      default -> throw new IllegalArgumentException(operation.displayName());
    }
  }

  private static MachineState expected(Operation operation, MachineState before) {
    return switch (operation) {
      case START, REBOOT, UNPAUSE, RESUME -> MachineState.STARTED;
      case STOP -> MachineState.STOPPED;
      case PAUSE -> MachineState.PAUSED;
      case SUSPEND -> MachineState.SUSPENDED;
      default -> before;
    };
  }
}
