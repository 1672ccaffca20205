package io.intermodal.disk.internal.vmdk;

import io.intermodal.disk.internal.StoredBytes;

/** A part of the disk that is stored byte for byte. */
record FlatRuns(StoredBytes file, long offset) implements GuestRuns {

  @Override
  public Run next(long from, long end) {
    return new Run(from, (int) Math.min(end - from, MAX_RUN), file, offset + from);
  }
}
