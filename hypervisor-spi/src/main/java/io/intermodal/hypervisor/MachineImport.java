package io.intermodal.hypervisor;

import java.nio.channels.SeekableByteChannel;

/**
 * Is a machine being made. Its disks are written first, then {@link #commit()} makes it visible in
 * one step; closing it without a commit leaves the hypervisor as it was.
 */
public interface MachineImport extends AutoCloseable {

  /**
   * Opens a disk of the definition for writing, empty, in one of the hypervisor's import formats.
   * The channel reads too, so that what was written can be verified. The caller closes it.
   *
   * @param key key of the disk in the definition
   * @param format id of the disk format that will be written
   * @throws HypervisorException {@code STORAGE_FULL} and the like
   */
  SeekableByteChannel openDisk(String key, String format);

  /**
   * Opens a disk that was written for reading, to verify it.
   *
   * @throws IllegalStateException when it was not written
   */
  SeekableByteChannel reopenDisk(String key);

  /**
   * Makes the machine, stopped. Disks of the definition that were not written are made blank.
   *
   * @throws HypervisorException when it cannot be made; the import is then to be closed
   */
  Machine commit();

  /** Ends the import; without a commit everything that was written is deleted. */
  @Override
  void close();
}
