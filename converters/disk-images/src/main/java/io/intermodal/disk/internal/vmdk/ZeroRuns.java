package io.intermodal.disk.internal.vmdk;

import org.jspecify.annotations.Nullable;

/** A part of the disk that is not stored. */
record ZeroRuns() implements GuestRuns {

  @Override
  public @Nullable Run next(long from, long end) {
    return null;
  }
}
