package io.intermodal.disk.internal.vmdk;

import io.intermodal.disk.internal.StoredBytes;
import org.jspecify.annotations.Nullable;

/** A part of the disk that is stored byte for byte. */
record FlatRuns(StoredBytes file, long offset) implements GuestRuns {

  @Override
  public @Nullable Run next(long from, long end) {
    long start = file.nextData(offset + from) - offset;
    if (start >= end) {
      return null;
    }
    long dataEnd = Math.min(end, file.nextHole(offset + start) - offset);
    return new Run(start, (int) Math.min(dataEnd - start, MAX_RUN), file, offset + start);
  }
}
