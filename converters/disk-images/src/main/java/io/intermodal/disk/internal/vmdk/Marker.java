package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What stands before each grain and each piece of metadata of a streamOptimized extent ("Virtual
 * Disk Format" 5.0, "Markers").
 *
 * @param value the grain's first sector, or the number of sectors that follow
 * @param size the bytes of the grain, 0 for metadata
 * @param type what the metadata is
 */
record Marker(long value, int size, int type) {

  static final int END = 0;
  static final int GRAIN_TABLE = 1;
  static final int DIRECTORY = 2;
  static final int FOOTER = 3;
  static final int PROGRESS = 4;

  /** A grain's marker ends before the type: its data starts there. */
  static final int GRAIN_HEADER = 12;

  static Marker parse(byte[] sector) {
    ByteBuffer b = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
    return new Marker(b.getLong(0), b.getInt(8), b.getInt(12));
  }

  boolean isGrain() {
    return size != 0;
  }

  byte[] toSector() {
    ByteBuffer b = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    b.putLong(value).putInt(size).putInt(type);
    return b.array();
  }
}
