package io.intermodal.disk.internal.engine;

import io.intermodal.Cancellation;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.SourceBytes;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first byte in which two disks differ. Both are read at once and decoded by workers;
 * what neither holds is not looked at, so that large empty disks cost nothing.
 */
public final class Comparing {

  private Comparing() {}

  /**
   * Compares to the first difference; what is behind the end of the shorter disk counts as zeros.
   *
   * @param threads workers for each of the two
   * @param storedDone hears how many stored bytes of both have been dealt with
   */
  public static OptionalLong firstDifference(
      ExtentReader one,
      SourceBytes oneSource,
      ExtentReader other,
      SourceBytes otherSource,
      int threads,
      Cancellation cancellation,
      LongConsumer storedDone) {
    String work = "compare " + oneSource.name() + " with " + otherSource.name();
    try (EncodedStream a =
            new EncodedStream(one, Plan.decode(one), oneSource, threads, cancellation, work);
        EncodedStream b =
            new EncodedStream(
                other, Plan.decode(other), otherSource, threads, cancellation, work)) {
      return firstDifference(new Runs(a), new Runs(b), storedDone);
    }
  }

  private static OptionalLong firstDifference(Runs a, Runs b, LongConsumer storedDone) {
    while (a.has() || b.has()) {
      storedDone.accept(a.storedDone + b.storedDone);
      long at = Math.min(a.offset(), b.offset());
      int difference;
      int length;
      if (a.offset() == b.offset()) {
        length = Math.min(a.length(), b.length());
        difference =
            Arrays.mismatch(a.bytes, a.from, a.from + length, b.bytes, b.from, b.from + length);
        a.skip(length);
        b.skip(length);
      } else {
        Runs there = a.offset() < b.offset() ? a : b;
        Runs ahead = there == a ? b : a;
        length = (int) Math.min(there.length(), ahead.offset() - at);
        difference = firstNonZero(there.bytes, there.from, length);
        there.skip(length);
      }
      if (difference >= 0) {
        return OptionalLong.of(at + difference);
      }
    }
    return OptionalLong.empty();
  }

  /** Returns the first that is not zero, from 0; -1 when there is none. */
  private static int firstNonZero(byte[] bytes, int from, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[from + i] != 0) {
        return i;
      }
    }
    return -1;
  }

  /** The runs of data of one disk, ascending; between them are zeros. */
  private static final class Runs {

    private final EncodedStream stream;
    private @Nullable EncodedBatch batch;
    private List<Extent> extents = List.of();
    private int next;
    private byte[] bytes = new byte[0];
    private long offset;
    private int from;
    private int length;
    private long storedDone;

    Runs(EncodedStream stream) {
      this.stream = stream;
      advance();
    }

    boolean has() {
      return length > 0;
    }

    /** Returns where the run starts; behind everything when there is none. */
    long offset() {
      return has() ? offset : Long.MAX_VALUE;
    }

    int length() {
      return length;
    }

    void skip(int n) {
      offset += n;
      from += n;
      length -= n;
      if (length == 0) {
        advance();
      }
    }

    private void advance() {
      while (next == extents.size()) {
        EncodedBatch done = batch;
        if (done != null) {
          storedDone = done.storedEnd();
          stream.giveBack(done);
        }
        batch = stream.next();
        if (batch == null) {
          return;
        }
        extents = batch.extents();
        next = 0;
      }
      Extent run = extents.get(next++);
      bytes = run.bytes();
      offset = run.offset();
      from = run.from();
      length = run.size();
    }
  }
}
