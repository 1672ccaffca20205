package io.intermodal.driver.local;

import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineSpec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Reads a machine's files as they are and holds its lock. Thread-safe. */
final class LocalExport implements MachineExport {

  private final MachineFolder folder;
  private final String part;
  private final FolderLocks.Lock lock;
  private final MachineSpec spec;
  private final List<ExportedDisk> disks;

  LocalExport(MachineFolder folder, String part, Profile profile, FolderLocks.Lock lock) {
    this.folder = folder;
    this.part = part;
    this.lock = lock;
    this.spec = folder.spec(part);
    List<ExportedDisk> found = new ArrayList<>();
    for (DiskSpec disk : spec.disks()) {
      Path file = folder.disk(part, disk.key());
      try {
        found.add(new ExportedDisk(disk.key(), profile.diskFormat(), Files.size(file)));
      } catch (IOException e) {
        throw FolderIo.failed("read", file, e);
      }
    }
    this.disks = List.copyOf(found);
  }

  @Override
  public MachineSpec spec() {
    return spec;
  }

  @Override
  public List<ExportedDisk> disks() {
    return disks;
  }

  @Override
  public SeekableByteChannel openDisk(String key) {
    if (spec.disk(key).isEmpty()) {
      throw noSuchDisk(spec, key);
    }
    Path file = folder.disk(part, key);
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException e) {
      throw FolderIo.failed("read", file, e);
    }
  }

  @Override
  public void close() {
    lock.close();
  }

  static HypervisorException noSuchDisk(MachineSpec spec, String key) {
    return new HypervisorException(
        HypervisorError.NO_SUCH_PART,
        LocalDriver.ID,
        "cannot find the disk "
            + key
            + " of "
            + spec.name()
            + "; it has "
            + spec.disks().stream().map(DiskSpec::key).toList(),
        spec.name());
  }
}
