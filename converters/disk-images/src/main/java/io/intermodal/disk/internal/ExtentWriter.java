package io.intermodal.disk.internal;

import java.util.List;

/** Takes blocks in the guest's order and makes an image of them. Used by one thread. */
public interface ExtentWriter {

  /**
   * Returns the encoding that blocks should come in: {@code RAW} (then a run of blocks may come as
   * one extent), {@code ZLIB} (always), {@code DEFLATE} or {@code ZSTD} (and {@code RAW} when that
   * is smaller).
   */
  Encoding wanted();

  /**
   * Returns what one compressed payload yields, a power of two from 512 to 2 MiB. With another unit
   * than 64 KiB {@link #wanted()} is {@code DEFLATE} or {@code ZSTD}.
   */
  default int unitBytes() {
    return Geometry.BLOCK;
  }

  /**
   * Takes one unit, or with {@code RAW} a run of blocks; ascending. What never comes is zeros, and
   * so is what a unit has behind the disk's end.
   */
  void write(Extent extent);

  /** Writes what must come last; the image is complete after it. */
  void finish();

  /** Returns what was written otherwise than it was asked for; complete at the end. */
  default List<String> notes() {
    return List.of();
  }
}
