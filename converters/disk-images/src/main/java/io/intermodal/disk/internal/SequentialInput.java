package io.intermodal.disk.internal;

import io.intermodal.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads stored bytes from first to last, from a file or a stream, and feeds digests with every one
 * of them on the way. Not thread-safe.
 */
public final class SequentialInput {

  private static final int BUFFER = 256 * 1024;

  private final String name;
  private final @Nullable StoredBytes stored;
  private final @Nullable InputStream stream;
  private final List<MessageDigest> digests;
  private final byte[] buffer = new byte[BUFFER];
  private int next;
  private int limit;
  private long fetched;
  private boolean ended;

  SequentialInput(
      String name,
      @Nullable StoredBytes stored,
      @Nullable InputStream stream,
      List<MessageDigest> digests) {
    this.name = name;
    this.stored = stored;
    this.stream = stream;
    this.digests = digests;
  }

  /** Returns the name for messages. */
  public String name() {
    return name;
  }

  /** Returns how many bytes have been taken. */
  public long position() {
    return fetched - (limit - next);
  }

  /** Tells whether all bytes have been taken; may have to wait for the stream to know. */
  public boolean atEnd() {
    return next == limit && !fill();
  }

  /** Takes exactly {@code length} bytes; running out of them is an error. */
  public void read(byte[] into, int offset, int length, String structure) {
    int done = 0;
    while (done < length) {
      if (next == limit) {
        int direct = length - done >= BUFFER ? fetch(into, offset + done, length - done) : 0;
        if (direct > 0) {
          done += direct;
          continue;
        }
        if (direct < 0 || !fill()) {
          throw Problems.truncated(name, fetched, structure);
        }
      }
      int n = Math.min(length - done, limit - next);
      System.arraycopy(buffer, next, into, offset + done, n);
      next += n;
      done += n;
    }
  }

  /** Takes at most {@code length} bytes, at least one; returns how many, or -1 at the end. */
  public int some(byte[] into, int offset, int length) {
    if (next == limit && !fill()) {
      return -1;
    }
    int n = Math.min(length, limit - next);
    System.arraycopy(buffer, next, into, offset, n);
    next += n;
    return n;
  }

  /** Looks at the next four bytes as a little-endian number; 0 when there are not so many. */
  public int peekInt() {
    while (limit - next < Integer.BYTES) {
      System.arraycopy(buffer, next, buffer, 0, limit - next);
      limit -= next;
      next = 0;
      int n = fetch(buffer, limit, BUFFER - limit);
      if (n < 0) {
        return 0;
      }
      limit += n;
    }
    return ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN).getInt(next);
  }

  /** Passes over {@code length} bytes. */
  public void skip(long length, String structure) {
    for (long left = length; left > 0; ) {
      if (next == limit && !fill()) {
        throw Problems.truncated(name, fetched, structure);
      }
      int n = (int) Math.min(left, limit - next);
      next += n;
      left -= n;
    }
  }

  /** Takes all that is left and tells whether any of it was not zero. */
  public boolean drain(Cancellation cancellation) {
    boolean nonZero = false;
    while (!atEnd()) {
      cancellation.check("read " + name);
      nonZero |= !Zeros.isZero(buffer, next, limit - next);
      next = limit;
    }
    return nonZero;
  }

  private boolean fill() {
    int n = fetch(buffer, 0, BUFFER);
    if (n < 0) {
      return false;
    }
    next = 0;
    limit = n;
    return true;
  }

  private int fetch(byte[] into, int offset, int length) {
    if (ended) {
      return -1;
    }
    int n =
        stored != null
            ? fetchStored(stored, into, offset, length)
            : fetchStream(into, offset, length);
    if (n < 0) {
      ended = true;
      return -1;
    }
    for (MessageDigest digest : digests) {
      digest.update(into, offset, n);
    }
    fetched += n;
    return n;
  }

  private int fetchStored(StoredBytes from, byte[] into, int offset, int length) {
    int n = (int) Math.min(length, from.size() - fetched);
    if (n <= 0) {
      return -1;
    }
    from.read(fetched, into, offset, n, "data");
    return n;
  }

  private int fetchStream(byte[] into, int offset, int length) {
    if (stream == null) {
      return -1;
    }
    try {
      int n;
      do {
        n = stream.read(into, offset, length);
      } while (n == 0);
      return n;
    } catch (IOException e) {
      throw Problems.readFailed(name, fetched, e);
    }
  }
}
