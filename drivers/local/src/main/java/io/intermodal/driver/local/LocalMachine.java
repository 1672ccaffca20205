package io.intermodal.driver.local;

import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.GuestFacts;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Is one machine of a folder; its devices are changed by {@link DeviceChanges}. Thread-safe. */
final class LocalMachine implements Machine {

  private final LocalHypervisor hypervisor;
  private final MachineFolder folder;
  private final Profile profile;

  LocalMachine(LocalHypervisor hypervisor, MachineFolder folder) {
    this.hypervisor = hypervisor;
    this.folder = folder;
    this.profile = hypervisor.profile();
  }

  @Override
  public String id() {
    return folder.id();
  }

  @Override
  public String name() {
    try {
      return folder.spec().name();
    } catch (HypervisorException e) {
      // A machine that cannot be read must still be listed, or nobody would repair it.
      return id();
    }
  }

  @Override
  public Hypervisor hypervisor() {
    return hypervisor;
  }

  @Override
  public MachineSpec spec() {
    return folder.spec();
  }

  @Override
  public MachineState state() {
    try {
      return folder.record().state();
    } catch (HypervisorException e) {
      if (e.code() == HypervisorError.BROKEN_MACHINE) {
        return MachineState.ERROR;
      }
      throw e;
    }
  }

  /** Returns the id and the number of the boot; empty while no guest is up. */
  @Override
  public Optional<String> bootId() {
    MachineRecord record = folder.record();
    return record.hasGuest() ? Optional.of(id() + "#" + record.boots()) : Optional.empty();
  }

  @Override
  public void start() {
    change(Operation.START, this::boot);
  }

  /** Stops at once: a simulated guest takes no time to shut down. */
  @Override
  public void stop(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    changeState(Operation.STOP, MachineState.STOPPED);
  }

  @Override
  public void reboot() {
    change(Operation.REBOOT, this::boot);
  }

  @Override
  public void pause() {
    changeState(Operation.PAUSE, MachineState.PAUSED);
  }

  @Override
  public void unpause() {
    changeState(Operation.UNPAUSE, MachineState.STARTED);
  }

  @Override
  public void suspend() {
    changeState(Operation.SUSPEND, MachineState.SUSPENDED);
  }

  @Override
  public void resume() {
    changeState(Operation.RESUME, MachineState.STARTED);
  }

  @Override
  public void snapshot(String snapshotName) {
    if (snapshotName.isBlank()) {
      throw new IllegalArgumentException("snapshotName must not be blank");
    }
    change(
        Operation.SNAPSHOT,
        record -> {
          if (record.snapshot(snapshotName).isPresent()) {
            throw noSuchPart("the snapshot " + snapshotName + " exists already", snapshotName);
          }
          String part = folder.newPart('s');
          folder.copyPart(record.current(), part);
          List<MachineRecord.Snapshot> all = new ArrayList<>(record.snapshots());
          all.add(new MachineRecord.Snapshot(snapshotName, part));
          folder.write(record.withSnapshots(all));
        });
  }

  @Override
  public List<String> snapshots() {
    return folder.record().snapshots().stream().map(MachineRecord.Snapshot::name).toList();
  }

  @Override
  public void revert(String snapshotName) {
    change(
        Operation.REVERT,
        record -> {
          MachineRecord.Snapshot snapshot = requireSnapshot(record, snapshotName);
          String part = folder.newPart('v');
          folder.copyPart(snapshot.folder(), part);
          folder.write(record.withCurrent(part));
          folder.deletePart(record.current());
        });
  }

  @Override
  public void deleteSnapshot(String snapshotName) {
    locked(
        "delete a snapshot of",
        record -> {
          MachineRecord.Snapshot snapshot = requireSnapshot(record, snapshotName);
          List<MachineRecord.Snapshot> all = new ArrayList<>(record.snapshots());
          all.remove(snapshot);
          folder.write(record.withSnapshots(all));
          folder.deletePart(snapshot.folder());
        });
  }

  @Override
  public void setCpus(int count) {
    change(
        Operation.SET_CPU,
        record -> {
          MachineSpec spec = folder.spec(record.current());
          CpuSpec before = spec.cpu();
          Integer cores = before == null ? null : before.coresPerSocket();
          // Sockets that the new number does not fill are a topology nobody asked for.
          boolean keeps = cores != null && count % cores == 0;
          devices()
              .redefine(
                  record,
                  Operation.SET_CPU,
                  spec.toBuilder().cpu(new CpuSpec(count, keeps ? cores : null)).build());
        });
  }

  @Override
  public void setMemoryBytes(long bytes) {
    change(
        Operation.SET_MEMORY,
        record ->
            devices()
                .redefine(
                    record,
                    Operation.SET_MEMORY,
                    folder.spec(record.current()).toBuilder().memoryBytes(bytes).build()));
  }

  @Override
  public void attachDisk(DiskSpec disk) {
    change(Operation.ATTACH_DISK, record -> devices().attach(record, disk));
  }

  @Override
  public void detachDisk(String diskKey) {
    change(Operation.DETACH_DISK, record -> devices().detach(record, diskKey));
  }

  @Override
  public void resizeDisk(String diskKey, long capacityBytes) {
    change(Operation.RESIZE_DISK, record -> devices().resize(record, diskKey, capacityBytes));
  }

  @Override
  public String serialOutput() {
    LifeCycle.require(Operation.SERIAL_CONSOLE, folder.record().state(), profile, name());
    return folder.serialOutput();
  }

  @Override
  public Optional<GuestFacts> guestFacts() {
    LifeCycle.require(Operation.GUEST_FACTS, folder.record().state(), profile, name());
    return Optional.of(new SimulatedGuest(folder.spec(), profile).facts());
  }

  @Override
  public void delete() {
    change(Operation.DELETE, record -> hypervisor.store().remove(folder));
  }

  @Override
  public String toString() {
    return name() + " at " + hypervisor.info().uri();
  }

  private void changeState(Operation operation, MachineState target) {
    change(operation, record -> folder.write(record.withState(target)));
  }

  private void boot(MachineRecord record) {
    devices().boot(record, folder.spec(record.current()));
  }

  private DeviceChanges devices() {
    return new DeviceChanges(hypervisor, folder);
  }

  private void change(Operation operation, Consumer<MachineRecord> action) {
    locked(
        operation.displayName(),
        record -> {
          LifeCycle.require(operation, record.state(), profile, name());
          action.accept(record);
        });
  }

  private void locked(String purpose, Consumer<MachineRecord> action) {
    hypervisor.requireOpen();
    // Asked before the lock too: a machine that is gone is not worth a wait.
    folder.record();
    hypervisor
        .store()
        .locks()
        .holding(
            folder.id(),
            purpose + " " + name(),
            () -> {
              MachineRecord record = folder.record();
              folder.sweep(record);
              action.accept(record);
              return record;
            });
  }

  private MachineRecord.Snapshot requireSnapshot(MachineRecord record, String name) {
    return record
        .snapshot(name)
        .orElseThrow(
            () ->
                noSuchPart(
                    "there is no snapshot "
                        + name
                        + "; there are "
                        + record.snapshots().stream().map(MachineRecord.Snapshot::name).toList(),
                    name));
  }

  private HypervisorException noSuchPart(String reason, String part) {
    return new HypervisorException(
        HypervisorError.NO_SUCH_PART,
        LocalDriver.ID,
        "cannot change " + name() + ": " + reason,
        part);
  }
}
