package io.intermodal.disk.internal.vmdk;

import io.intermodal.disk.internal.StoredBytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells where the bytes of a part of the disk are stored as they are, in the guest's order. */
interface GuestRuns {

  /** The most that one run covers, so that a run does not go on for ever. */
  int MAX_RUN = 1 << 20;

  /**
   * Finds the next run; what lies between two is zeros.
   *
   * @param from the first byte that is asked for, never less than before
   * @param end where the part ends
   * @return what starts first at {@code from} or behind it; null when nothing is stored any more
   */
  @Nullable Run next(long from, long end);

  /** Returns what was found odd; complete after the last run. */
  default List<String> notes() {
    return List.of();
  }

  /**
   * Bytes that follow one another in the guest and in the file.
   *
   * @param start the first byte within the part
   * @param length how many, 1 or more
   * @param storedAt where they start in the file
   */
  record Run(long start, int length, StoredBytes file, long storedAt) {}
}
