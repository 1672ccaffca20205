package io.intermodal.migrate;

import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.hypervisor.Limits;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.PacketRule;
import io.intermodal.hypervisor.Resources;
import io.intermodal.hypervisor.Support;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A hypervisor in memory that keeps to the letter of the SPI; fast enough to fail a lot. */
final class MemoryHypervisor implements Hypervisor {

  private final String name;
  private final Runnable onStart;
  private final Map<String, MemoryMachine> machines = new LinkedHashMap<>();
  private int lastId;

  /** Whether its guests are waited for. */
  HypervisorInfo.Reality reality = HypervisorInfo.Reality.SIMULATOR;

  /** Whether its guests have an agent. */
  boolean agents;

  /** What was done to cards and guests, in order. */
  final List<String> log = new ArrayList<>();

  /**
   * @param onStart told whenever a machine begins to run
   */
  MemoryHypervisor(String name, Runnable onStart) {
    this.name = name;
    this.onStart = onStart;
  }

  @Override
  public HypervisorInfo info() {
    return new HypervisorInfo("memory", name, "1", reality, "memory:x");
  }

  @Override
  public Capabilities capabilities() {
    Map<Operation, Support> operations = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      operations.put(operation, Support.live());
    }
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
    return List.copyOf(machines.values());
  }

  @Override
  public Optional<Machine> findMachine(String idOrName) {
    return machines().stream()
        .filter(machine -> machine.id().equals(idOrName) || machine.name().equals(idOrName))
        .findFirst();
  }

  @Override
  public MachineExport exportMachine(Machine machine) {
    MemoryMachine own = Objects.requireNonNull(machines.get(machine.id()));
    own.require(MachineState.STOPPED);
    own.exports++;
    return new MachineExport() {
      private boolean closed;

      @Override
      public MachineSpec spec() {
        return own.spec;
      }

      @Override
      public List<ExportedDisk> disks() {
        return own.spec.disks().stream()
            .map(disk -> new ExportedDisk(disk.key(), "raw", disk.capacityBytes()))
            .toList();
      }

      @Override
      public SeekableByteChannel openDisk(String key) {
        return new MemoryChannel(Objects.requireNonNull(own.disks.get(key)));
      }

      @Override
      public void close() {
        own.exports -= closed ? 0 : 1;
        closed = true;
      }
    };
  }

  @Override
  public MachineImport importMachine(MachineSpec spec) {
    Map<String, MemoryChannel.Content> written = new LinkedHashMap<>();
    return new MachineImport() {
      @Override
      public SeekableByteChannel openDisk(String key, String format) {
        MemoryChannel.Content content = new MemoryChannel.Content();
        written.put(key, content);
        return new MemoryChannel(content);
      }

      @Override
      public SeekableByteChannel reopenDisk(String key) {
        return new MemoryChannel(Objects.requireNonNull(written.get(key)));
      }

      @Override
      public Machine commit() {
        return make(spec, written);
      }

      @Override
      public void close() {}
    };
  }

  MemoryMachine make(MachineSpec spec, Map<String, MemoryChannel.Content> disks) {
    MemoryMachine machine = new MemoryMachine("m" + ++lastId, spec, disks);
    machines.put(machine.id, machine);
    return machine;
  }

  @Override
  public void close() {}

  /** A machine that refuses what its state does not allow. */
  final class MemoryMachine implements Machine {
    private final String id;
    private final Map<String, MemoryChannel.Content> disks;
    private final Map<String, String> files = new LinkedHashMap<>();
    private MachineSpec spec;
    private MachineState state = MachineState.STOPPED;
    private int exports;

    MemoryMachine(String id, MachineSpec spec, Map<String, MemoryChannel.Content> disks) {
      this.id = id;
      this.spec = spec;
      this.disks = new LinkedHashMap<>(disks);
    }

    private void require(MachineState... allowed) {
      if (!machines.containsKey(id) || !List.of(allowed).contains(state) || exports > 0) {
        throw new IllegalStateException(id + " is " + state + ", exported " + exports);
      }
    }

    private void change(MachineState to, MachineState... from) {
      require(from);
      state = to;
      if (to == MachineState.STARTED) {
        onStart.run();
      }
    }

    Map<String, MemoryChannel.Content> disks() {
      return disks;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String name() {
      return spec.name();
    }

    @Override
    public Hypervisor hypervisor() {
      return MemoryHypervisor.this;
    }

    @Override
    public MachineSpec spec() {
      return spec;
    }

    @Override
    public MachineState state() {
      return state;
    }

    @Override
    public void start() {
      change(MachineState.STARTED, MachineState.STOPPED);
    }

    @Override
    public void stop(java.time.Duration timeout) {
      change(
          MachineState.STOPPED, MachineState.STARTED, MachineState.PAUSED, MachineState.SUSPENDED);
    }

    @Override
    public void reboot() {
      change(MachineState.STARTED, MachineState.STARTED);
    }

    @Override
    public void pause() {
      change(MachineState.PAUSED, MachineState.STARTED);
    }

    @Override
    public void unpause() {
      change(MachineState.STARTED, MachineState.PAUSED);
    }

    @Override
    public void suspend() {
      change(MachineState.SUSPENDED, MachineState.STARTED);
    }

    @Override
    public void resume() {
      change(MachineState.STARTED, MachineState.SUSPENDED);
    }

    @Override
    public String serialOutput() {
      return "";
    }

    @Override
    public void attachDisk(DiskSpec disk) {
      require(MachineState.STOPPED);
      spec = spec.toBuilder().addDisk(disk).build();
      disks.put(disk.key(), new MemoryChannel.Content());
    }

    @Override
    public void resizeDisk(String diskKey, long capacityBytes) {
      require(MachineState.STOPPED);
      List<DiskSpec> larger = new ArrayList<>();
      for (DiskSpec disk : spec.disks()) {
        larger.add(disk.key().equals(diskKey) ? disk.withCapacityBytes(capacityBytes) : disk);
      }
      spec = spec.toBuilder().disks(larger).build();
    }

    @Override
    public void detachDisk(String diskKey) {
      require(MachineState.STOPPED);
      spec =
          spec.toBuilder()
              .disks(spec.disks().stream().filter(disk -> !disk.key().equals(diskKey)).toList())
              .build();
      disks.remove(diskKey);
    }

    @Override
    public void attachNic(NicSpec nic) {
      spec = spec.toBuilder().addNic(nic).build();
      log.add("attach " + nic.key() + " " + state);
    }

    @Override
    public void detachNic(String nicKey) {
      spec =
          spec.toBuilder()
              .nics(spec.nics().stream().filter(nic -> !nic.key().equals(nicKey)).toList())
              .build();
      log.add("detach " + nicKey + " " + state);
    }

    @Override
    public void setFirewall(String nicKey, List<PacketRule> rules) {
      log.add("firewall " + nicKey + " " + rules.size());
    }

    @Override
    public void injectFile(String path, byte[] content) {
      require(MachineState.STARTED);
      files.put(path, new String(content, StandardCharsets.UTF_8));
      log.add("inject");
    }

    @Override
    public Optional<GuestShell> guestAgent() {
      require(MachineState.STARTED);
      return agents ? Optional.of(new MemoryShell(files)) : Optional.empty();
    }

    @Override
    public void delete() {
      require(MachineState.STOPPED);
      machines.remove(id);
    }
  }
}
