package io.intermodal.hypervisor;

import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Map;

/** Is a machine being read out: its definition and its disks. Close it to release the machine. */
public interface MachineExport extends AutoCloseable {

  /**
   * Describes one disk that can be read.
   *
   * @param key key of the disk in the definition
   * @param format id of its disk format: {@code raw}, {@code vmdk-streamOptimized}, {@code qcow2}
   * @param storedBytes bytes it takes in that format
   */
  record ExportedDisk(String key, String format, long storedBytes) {}

  /** Returns the definition. */
  MachineSpec spec();

  /** Lists its disks in the order of the definition. */
  List<ExportedDisk> disks();

  /**
   * Opens a disk for reading; the caller closes the channel. May be called again for the same disk.
   */
  SeekableByteChannel openDisk(String key);

  /**
   * Returns digests of a disk's stored bytes that its source vouches for, by algorithm ({@code
   * SHA-256}) in lower-case hex; a reader verifies them. Empty when there are none.
   */
  default Map<String, String> storedDigests(String key) {
    return Map.of();
  }

  @Override
  void close();
}
