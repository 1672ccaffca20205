package io.intermodal.disk.internal.vhdx;

/**
 * One entry of the log that is whole ([MS-VHDX] 2.3.1).
 *
 * @param at where it starts in the ring of the log
 * @param length how long it is, a multiple of 4 KiB; may go on at the ring's start
 * @param tail where in the ring the oldest entry starts that is still needed
 * @param descriptors how many changes it holds
 * @param flushedFileOffset what the file is long at least, or it was cut
 * @param lastFileOffset where the file ends once the entry is replayed
 */
record LogEntry(
    int at,
    int length,
    int tail,
    long sequence,
    int descriptors,
    long flushedFileOffset,
    long lastFileOffset) {

  static final int HEADER_BYTES = 64;
  static final int DESCRIPTOR_BYTES = 32;

  /** Returns how many bytes header and descriptors take, in whole sectors. */
  int frontBytes() {
    return frontBytes(descriptors);
  }

  static int frontBytes(int descriptors) {
    return (HEADER_BYTES + descriptors * DESCRIPTOR_BYTES + Vhdx.LOG_SECTOR - 1) & -Vhdx.LOG_SECTOR;
  }
}
