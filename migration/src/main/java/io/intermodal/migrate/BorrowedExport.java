package io.intermodal.migrate;

import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineSpec;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Map;

/** Lends an export to a run: closing the loan leaves it open for its owner. */
record BorrowedExport(MachineExport owned) implements MachineExport {

  @Override
  public MachineSpec spec() {
    return owned.spec();
  }

  @Override
  public List<ExportedDisk> disks() {
    return owned.disks();
  }

  @Override
  public SeekableByteChannel openDisk(String key) {
    return owned.openDisk(key);
  }

  @Override
  public Map<String, String> storedDigests(String key) {
    return owned.storedDigests(key);
  }

  @Override
  public void close() {}
}
