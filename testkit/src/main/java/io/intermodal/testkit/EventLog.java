package io.intermodal.testkit;

import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineEvent;
import io.intermodal.hypervisor.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Hears what happens during all tests and knows what should have been heard. */
final class EventLog implements AutoCloseable {

  private final List<MachineEvent> heard = new CopyOnWriteArrayList<>();
  private final List<Expected> expected = new ArrayList<>();
  private final Hypervisor.@Nullable Subscription subscription;

  /** An event that should come of what was done. */
  record Expected(String machineId, MachineEvent.Kind kind) {}

  private EventLog(Hypervisor hypervisor) {
    subscription =
        hypervisor.capabilities().supports(Operation.EVENTS)
            ? hypervisor.subscribe(heard::add)
            : null;
  }

  static EventLog of(Hypervisor hypervisor) {
    return new EventLog(hypervisor);
  }

  /** Remembers what an operation should make heard; operations that platforms name apart do not. */
  void expect(Machine machine, Operation operation) {
    MachineEvent.Kind kind =
        switch (operation) {
          case START -> MachineEvent.Kind.STARTED;
          case STOP -> MachineEvent.Kind.STOPPED;
          case PAUSE -> MachineEvent.Kind.PAUSED;
          case UNPAUSE -> MachineEvent.Kind.UNPAUSED;
          default -> null;
        };
    if (kind != null) {
      expected.add(new Expected(machine.id(), kind));
    }
  }

  boolean hasExpectations() {
    return !expected.isEmpty();
  }

  /** Returns what was expected and not heard in that order, machine by machine. */
  List<Expected> missing() {
    List<MachineEvent> left = new ArrayList<>(heard);
    List<Expected> missing = new ArrayList<>();
    for (Expected one : expected) {
      int at = indexOf(left, one);
      if (at < 0) {
        missing.add(one);
        continue;
      }
      // What the same machine said before is behind us: order counts for each machine.
      for (int i = at; i >= 0; i--) {
        if (left.get(i).machineId().equals(one.machineId())) {
          left.remove(i);
        }
      }
    }
    return missing;
  }

  private static int indexOf(List<MachineEvent> events, Expected wanted) {
    for (int i = 0; i < events.size(); i++) {
      MachineEvent event = events.get(i);
      if (event.machineId().equals(wanted.machineId()) && event.kind() == wanted.kind()) {
        return i;
      }
    }
    return -1;
  }

  List<MachineEvent> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void close() {
    if (subscription != null) {
      subscription.close();
    }
  }
}
