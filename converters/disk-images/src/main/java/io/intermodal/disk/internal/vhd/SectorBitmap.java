package io.intermodal.disk.internal.vhd;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.disk.internal.StoredBytes;

/**
 * Says which sectors of one block were ever written (specification, "Block Allocation Table and
 * Data Blocks"); the most significant bit of a byte is the first sector.
 */
final class SectorBitmap {

  private final byte[] bits;

  SectorBitmap(DynamicHeader header) {
    this.bits = new byte[header.bitmapBytes()];
  }

  void read(StoredBytes file, long at) {
    file.read(at, bits, 0, bits.length, "sector bitmap");
  }

  /** Returns the first byte from {@code from} on, up to {@code to}, that is in a written sector. */
  int nextWritten(int from, int to) {
    return next(from, to, true);
  }

  /** Returns the first byte from {@code from} on, up to {@code to}, that is in no such sector. */
  int nextUnwritten(int from, int to) {
    return next(from, to, false);
  }

  private int next(int from, int to, boolean wanted) {
    int sector = from / SECTOR;
    int end = (to + SECTOR - 1) / SECTOR;
    byte none = (byte) (wanted ? 0x00 : 0xFF);
    while (sector < end) {
      byte eight = bits[sector >> 3];
      if ((sector & 7) == 0 && eight == none) {
        sector += 8;
      } else if ((eight >> (7 - (sector & 7)) & 1) == 1 == wanted) {
        return sector * SECTOR;
      } else {
        sector++;
      }
    }
    return to;
  }
}
