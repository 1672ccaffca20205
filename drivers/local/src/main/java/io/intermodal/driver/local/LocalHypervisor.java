package io.intermodal.driver.local;

import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Is a session with a folder. Thread-safe: it holds nothing but the way to the files. */
final class LocalHypervisor implements Hypervisor {

  private static final long LEAST_FREE_BYTES = 1 << 20;

  private final LocalStore store;
  private final Profile profile;
  private final Disks disks;
  private final HypervisorInfo info;
  private volatile boolean closed;

  LocalHypervisor(LocalStore store, Profile profile, Disks disks, String driverVersion) {
    this.store = store;
    this.profile = profile;
    this.disks = disks;
    this.info =
        new HypervisorInfo(
            LocalDriver.ID,
            profile.productName(),
            driverVersion,
            HypervisorInfo.Reality.SIMULATED_FOLDER,
            "local:" + store.root() + "?profile=" + profile.id());
  }

  @Override
  public HypervisorInfo info() {
    return info;
  }

  @Override
  public Capabilities capabilities() {
    return profile.capabilities();
  }

  @Override
  public Resources resources() {
    requireOpen();
    // Memory and processors of a simulated host are as many as it is asked for.
    return new Resources(freeBytes(), null, null, record().networks());
  }

  @Override
  public List<Machine> machines() {
    requireOpen();
    return store.machineFolders().stream()
        .map(this::machineIn)
        .map(Machine.class::cast)
        .sorted(Comparator.comparing(Machine::name).thenComparing(Machine::id))
        .toList();
  }

  @Override
  public Optional<Machine> findMachine(String idOrName) {
    List<Machine> all = machines();
    Optional<Machine> byId = all.stream().filter(m -> m.id().equals(idOrName)).findFirst();
    if (byId.isPresent()) {
      return byId;
    }
    List<Machine> named =
        all.stream().filter(machine -> profile.sameName(machine.name(), idOrName)).toList();
    if (named.size() > 1) {
      throw new HypervisorException(
          HypervisorError.MACHINE_NOT_FOUND,
          LocalDriver.ID,
          "cannot tell which machine is meant: "
              + named.size()
              + " have the name "
              + idOrName
              + "; name one by its id: "
              + named.stream().map(Machine::id).collect(Collectors.joining(", ")),
          idOrName);
    }
    return named.stream().findFirst();
  }

  @Override
  public MachineExport exportMachine(Machine machine) {
    requireOpen();
    MachineFolder folder = folder(machine.id());
    FolderLocks.Lock lock =
        store.locks().acquire(folder.id(), Operation.EXPORT.displayName() + " " + machine.name());
    boolean handedOver = false;
    try {
      MachineRecord record = folder.record();
      LifeCycle.require(Operation.EXPORT, record.state(), profile, machine.name());
      MachineExport export = new LocalExport(folder, record.current(), profile, lock);
      handedOver = true;
      return export;
    } finally {
      if (!handedOver) {
        lock.close();
      }
    }
  }

  @Override
  public MachineImport importMachine(MachineSpec spec) {
    requireOpen();
    String name = spec.name();
    // First without a file: what is not admitted must not even create the folder.
    new Admission(record()).admit(spec, name);
    requireSpace(name);
    FolderTraces traces = FolderTraces.before(store);
    FolderIo.createFolder(store.root());
    try {
      return store
          .locks()
          .holding(FolderLocks.NAMES, "import " + name, () -> beginImport(spec, traces));
    } catch (RuntimeException e) {
      traces.remove();
      throw e;
    }
  }

  private MachineImport beginImport(MachineSpec spec, FolderTraces traces) {
    store.requireProfile(profile);
    store.cleanUpLocked();
    store.requireFree(spec.name(), profile);
    String id = store.newId(spec.name());
    MachineSpec admitted = new Admission(record()).admit(spec, id);
    return LocalImport.begin(this, admitted, store.root().resolve(id), traces);
  }

  @Override
  public void close() {
    closed = true;
  }

  LocalStore store() {
    return store;
  }

  Profile profile() {
    return profile;
  }

  Disks disks() {
    return disks;
  }

  HypervisorRecord record() {
    return store.readHypervisor().orElseGet(() -> HypervisorRecord.fresh(profile));
  }

  LocalMachine machineIn(Path folder) {
    return new LocalMachine(this, new MachineFolder(folder, profile));
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the session with " + info.uri() + " is closed");
    }
  }

  private MachineFolder folder(String id) {
    return store.machineFolders().stream()
        .map(path -> new MachineFolder(path, profile))
        .filter(folder -> folder.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new HypervisorException(
                    HypervisorError.MACHINE_NOT_FOUND,
                    LocalDriver.ID,
                    "cannot find machine " + id + " in " + store.root(),
                    id));
  }

  private void requireSpace(String name) {
    long free = freeBytes();
    if (free < LEAST_FREE_BYTES) {
      throw new HypervisorException(
          HypervisorError.STORAGE_FULL,
          LocalDriver.ID,
          "cannot make the machine "
              + name
              + ": "
              + free
              + " bytes are free in "
              + store.root()
              + ", at least "
              + LEAST_FREE_BYTES
              + " are needed; make room",
          name);
    }
  }

  private long freeBytes() {
    Path existing = store.root();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      return Files.getFileStore(existing).getUsableSpace();
    } catch (IOException e) {
      throw FolderIo.failed("ask for the free space of", existing, e);
    }
  }
}
