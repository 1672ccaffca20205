package io.intermodal.hypervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Is a hypervisor with one started machine that declares one thing and may do another. */
final class FakeHypervisor implements Hypervisor {

  final List<String> calls = new ArrayList<>();
  final FakeMachine machine = new FakeMachine();
  private final Map<Operation, Support> declared;
  @Nullable String boot = "1";
  MachineState state = MachineState.STARTED;
  boolean rebootsOnChange;

  FakeHypervisor(Map<Operation, Support> declared) {
    this.declared = declared;
  }

  @Override
  public HypervisorInfo info() {
    return new HypervisorInfo("fake", "Fake", "1", HypervisorInfo.Reality.SIMULATOR, "fake:host");
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        declared,
        List.of(),
        List.of(),
        Set.of(),
        null,
        List.of(),
        Set.of(),
        List.of(),
        false,
        false,
        Limits.unknown(),
        80);
  }

  @Override
  public Resources resources() {
    return new Resources(null, null, null, List.of());
  }

  @Override
  public List<Machine> machines() {
    return List.of(machine);
  }

  @Override
  public Optional<Machine> findMachine(String idOrName) {
    return machines().stream().filter(m -> m.name().equals(idOrName)).findFirst();
  }

  @Override
  public void close() {}

  final class FakeMachine implements Machine {
    @Override
    public String id() {
      return "1";
    }

    @Override
    public String name() {
      return "web";
    }

    @Override
    public Hypervisor hypervisor() {
      return FakeHypervisor.this;
    }

    @Override
    public MachineSpec spec() {
      return MachineSpec.named("web").build();
    }

    @Override
    public MachineState state() {
      return state;
    }

    @Override
    public Optional<String> bootId() {
      return Optional.ofNullable(boot);
    }

    @Override
    public void setCpus(int count) {
      calls.add("setCpus " + count);
      boot = rebootsOnChange ? "2" : boot;
    }

    @Override
    public void stop(Duration timeout) {
      calls.add("stop");
      state = MachineState.STOPPED;
    }

    @Override
    public void pause() {
      calls.add("pause");
      state = MachineState.PAUSED;
    }

    @Override
    public void delete() {
      calls.add("delete");
    }
  }
}
