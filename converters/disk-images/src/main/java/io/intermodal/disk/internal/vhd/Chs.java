package io.intermodal.disk.internal.vhd;

import static io.intermodal.disk.internal.Geometry.SECTOR;

/**
 * The cylinders, heads and sectors per track of a disk (specification, "CHS Calculation").
 *
 * @param cylinders 0 to 65535
 * @param heads 0 to 16 where it was computed, to 255 in a file
 * @param sectors per track, 0 to 255
 */
record Chs(int cylinders, int heads, int sectors) {

  private static final int MAX_CYLINDERS = 65535;
  private static final int CYLINDERS_OF_SMALL_DISKS = 1024;

  /** Computes the one of a size; what is left over by the division is not covered by it. */
  static Chs of(long sizeBytes) {
    long all = Math.min(sizeBytes / SECTOR, (long) MAX_CYLINDERS * 16 * 255);
    if (all >= (long) MAX_CYLINDERS * 16 * 63) {
      return track(all, 16, 255);
    }
    long perHead = all / 17;
    int heads = (int) Math.max(4, (perHead + CYLINDERS_OF_SMALL_DISKS - 1) / 1024);
    if (heads <= 16 && perHead < heads * 1024L) {
      return track(all, heads, 17);
    }
    perHead = all / 31;
    return perHead < 16 * 1024L ? track(all, 16, 31) : track(all, 16, 63);
  }

  private static Chs track(long all, int heads, int sectors) {
    return new Chs((int) (all / sectors / heads), heads, sectors);
  }

  /** Returns the size that it describes. */
  long bytes() {
    return (long) cylinders * heads * sectors * SECTOR;
  }

  /** Tells whether it is the largest there is, which stands for anything larger. */
  boolean isLargest() {
    return cylinders == MAX_CYLINDERS && heads == 16 && sectors == 255;
  }

  @Override
  public String toString() {
    return cylinders + "/" + heads + "/" + sectors;
  }
}
