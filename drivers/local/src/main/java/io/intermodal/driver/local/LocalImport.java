package io.intermodal.driver.local;

import io.intermodal.PartFile;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Makes a machine in a hidden folder and gives that its name at the end. The hidden folder holds
 * the definition from the start, so that others see the name is taken; its lock tells that someone
 * is alive. Thread-safe.
 */
final class LocalImport implements MachineImport {

  private final LocalHypervisor hypervisor;
  private final MachineSpec spec;
  private final Path target;
  private final MachineFolder making;
  private final MachineRecord record = MachineRecord.created();
  private final FolderLocks.Lock lock;
  private final FolderTraces traces;
  private final Map<String, FileChannel> written = new HashMap<>();
  private final List<FileChannel> opened = new ArrayList<>();
  private boolean ended;

  private LocalImport(
      LocalHypervisor hypervisor,
      MachineSpec spec,
      Path target,
      MachineFolder making,
      FolderLocks.Lock lock,
      FolderTraces traces) {
    this.hypervisor = hypervisor;
    this.spec = spec;
    this.target = target;
    this.making = making;
    this.lock = lock;
    this.traces = traces;
  }

  /** Begins an import; needs the lock of the folder's names. */
  static LocalImport begin(
      LocalHypervisor hypervisor, MachineSpec spec, Path target, FolderTraces traces) {
    Path folder = hypervisor.store().newImportFolder();
    MachineFolder making = new MachineFolder(folder, hypervisor.profile());
    FolderLocks.Lock lock =
        hypervisor.store().locks().acquire(making.id(), "import " + spec.name());
    LocalImport begun = new LocalImport(hypervisor, spec, target, making, lock, traces);
    try {
      FolderIo.createFolder(folder.resolve(begun.record.current()));
      making.write(begun.record.current(), spec);
      return begun;
    } catch (RuntimeException e) {
      begun.close();
      throw e;
    }
  }

  @Override
  public synchronized SeekableByteChannel openDisk(String key, String format) {
    requireGoingOn();
    requireDisk(key);
    if (!hypervisor.capabilities().importFormats().contains(format)) {
      throw new HypervisorException(
          HypervisorError.UNSUPPORTED_OPERATION,
          LocalDriver.ID,
          "cannot import the disk "
              + key
              + " as "
              + format
              + ": "
              + hypervisor.info().product()
              + " takes "
              + String.join(", ", hypervisor.capabilities().importFormats()),
          spec.name());
    }
    FileChannel before = written.get(key);
    if (before != null && before.isOpen()) {
      throw new IllegalStateException("the disk " + key + " is open for writing already");
    }
    Path file = part(key);
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      written.put(key, channel);
      opened.add(channel);
      return channel;
    } catch (IOException e) {
      throw FolderIo.failed("write", file, e);
    }
  }

  @Override
  public synchronized SeekableByteChannel reopenDisk(String key) {
    requireGoingOn();
    requireDisk(key);
    if (!written.containsKey(key)) {
      throw new IllegalStateException("the disk " + key + " was not written");
    }
    Path file = part(key);
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      opened.add(channel);
      return channel;
    } catch (IOException e) {
      throw FolderIo.failed("read", file, e);
    }
  }

  @Override
  public synchronized Machine commit() {
    requireGoingOn();
    hypervisor.requireOpen();
    closeChannels();
    List<DiskSpec> disks = new ArrayList<>();
    for (DiskSpec disk : spec.disks()) {
      disks.add(finish(disk));
    }
    making.write(record.current(), spec.toBuilder().disks(disks).build());
    making.write(record);
    FolderIo.forceFolder(making.path());
    hypervisor
        .store()
        .locks()
        .holding(
            FolderLocks.NAMES,
            "import " + spec.name(),
            () -> {
              hypervisor.store().prepare(hypervisor.profile());
              FolderIo.rename(making.path(), target);
              return target;
            });
    ended = true;
    release();
    return hypervisor.machineIn(target);
  }

  @Override
  public synchronized void close() {
    if (!ended) {
      ended = true;
      try {
        closeChannels();
      } finally {
        FolderIo.deleteQuietly(making.path());
        release();
        traces.remove();
      }
    }
  }

  private DiskSpec finish(DiskSpec disk) {
    Path file = making.disk(record.current(), disk.key());
    if (!written.containsKey(disk.key())) {
      hypervisor.disks().blank(file, disk.capacityBytes());
      return disk;
    }
    FolderIo.forceFile(part(disk.key()));
    FolderIo.rename(part(disk.key()), file);
    OptionalLong capacity = hypervisor.disks().capacityBytes(file);
    if (capacity.isEmpty() || capacity.getAsLong() == disk.capacityBytes()) {
      return disk;
    }
    if (capacity.getAsLong() < disk.capacityBytes()) {
      throw new HypervisorException(
          HypervisorError.OPERATION_FAILED,
          LocalDriver.ID,
          "cannot make the machine "
              + spec.name()
              + ": its disk "
              + disk.key()
              + " was written with "
              + capacity.getAsLong()
              + " bytes, its definition says "
              + disk.capacityBytes(),
          spec.name());
    }
    // Formats round up to their sectors and grains; the disk is the size it is.
    return disk.withCapacityBytes(capacity.getAsLong());
  }

  private Path part(String key) {
    Path file = making.disk(record.current(), key);
    return file.resolveSibling(file.getFileName() + PartFile.SUFFIX);
  }

  private void release() {
    hypervisor.store().locks().forget(making.id());
    lock.close();
  }

  private void closeChannels() {
    for (FileChannel channel : opened) {
      try {
        channel.close();
      } catch (IOException e) {
        throw FolderIo.failed("write", making.path(), e);
      }
    }
  }

  private void requireGoingOn() {
    if (ended) {
      throw new IllegalStateException("the import of " + spec.name() + " has ended");
    }
  }

  private void requireDisk(String key) {
    if (spec.disk(key).isEmpty()) {
      throw LocalExport.noSuchDisk(spec, key);
    }
  }
}
