package io.intermodal.disk.internal;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Yields the extents of one image in the guest's order. Used by one thread at a time. */
public interface ExtentReader {

  /** Returns the size that the guest sees, a multiple of 512. */
  long virtualSizeBytes();

  /** Returns the window of its batches: a multiple of 64 KiB, a power of two. */
  int windowBytes();

  /** Returns what else the header says. */
  Map<String, String> details();

  /**
   * Yields the next batch, each window at most once and ascending; null after the last one, when
   * all tables have been compared and every byte that a digest needs has been read.
   */
  @Nullable Batch next(BufferPool pool);

  /** Returns how many stored bytes will be read, where that is known and not simply all. */
  default OptionalLong storedBytesToRead() {
    return OptionalLong.empty();
  }

  /** Returns how many stored bytes have been read so far. */
  long storedBytesRead();

  /** Returns what was rounded, left out or found odd; complete after the last batch. */
  List<String> notes();
}
