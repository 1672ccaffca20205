package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.GuestAddress;
import io.intermodal.hypervisor.GuestConsole;
import io.intermodal.hypervisor.GuestFacts;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.hypervisor.Limits;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.Resources;
import io.intermodal.hypervisor.Support;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A machine whose guest answers as a test wants it to. */
final class FakeMachine implements Machine {

  final Set<Operation> offered;
  Supplier<Optional<GuestShell>> agent = Optional::empty;
  Supplier<Optional<GuestFacts>> facts = Optional::empty;
  @Nullable Supplier<GuestConsole> console;
  List<GuestAddress> addresses = new ArrayList<>();
  HypervisorInfo.Reality reality = HypervisorInfo.Reality.REAL;

  FakeMachine(Operation... offered) {
    this.offered = Set.of(offered);
  }

  @Override
  public String id() {
    return "m1";
  }

  @Override
  public String name() {
    return "web";
  }

  @Override
  public Hypervisor hypervisor() {
    return new Host();
  }

  @Override
  public MachineSpec spec() {
    return MachineSpec.named("web").build();
  }

  @Override
  public MachineState state() {
    return MachineState.STARTED;
  }

  @Override
  public Optional<GuestShell> guestAgent() {
    return agent.get();
  }

  @Override
  public Optional<GuestFacts> guestFacts() {
    return facts.get();
  }

  @Override
  public GuestConsole openConsole() {
    return console == null ? Machine.super.openConsole() : console.get();
  }

  @Override
  public List<GuestAddress> addresses() {
    return addresses;
  }

  private final class Host implements Hypervisor {

    @Override
    public HypervisorInfo info() {
      return new HypervisorInfo("fake", "Fake", "1", reality, "fake:x");
    }

    @Override
    public Capabilities capabilities() {
      Map<Operation, Support> operations = new EnumMap<>(Operation.class);
      offered.forEach(operation -> operations.put(operation, Support.live()));
      return new Capabilities(
          operations,
          List.of("raw"),
          List.of("raw"),
          Set.of(Firmware.BIOS),
          false,
          List.of(DiskBus.VIRTIO),
          Set.of(DiskBus.VIRTIO),
          List.of("virtio"),
          true,
          true,
          new Limits(8, 1L << 40, 8, 1L << 40, 8, "the test"),
          80);
    }

    @Override
    public Resources resources() {
      return new Resources(1L << 40, 1L << 40, 8, List.of("lan"));
    }

    @Override
    public List<Machine> machines() {
      return List.of(FakeMachine.this);
    }

    @Override
    public Optional<Machine> findMachine(String idOrName) {
      return Optional.of(FakeMachine.this);
    }

    @Override
    public void close() {}
  }
}
