package io.intermodal.disk.internal.xva;

import io.intermodal.Cancellation;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.SequentialInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** An archive that was compressed as a whole with gzip (RFC 1952), unpacked on the way. */
final class GzipInput implements ArchiveInput {

  private static final int BUFFER = 64 * 1024;

  private final SequentialInput input;
  private final byte[] buffer = new byte[BUFFER];
  private @Nullable InputStream unpacked;
  private int next;
  private int limit;
  private long fetched;

  GzipInput(SequentialInput input) {
    this.input = input;
  }

  @Override
  public String name() {
    return input.name();
  }

  @Override
  public long position() {
    return fetched - (limit - next);
  }

  @Override
  public long storedPosition() {
    return input.position();
  }

  @Override
  public boolean atEnd() {
    return next == limit && !fill();
  }

  @Override
  public void read(byte[] into, int from, int length, String structure) {
    for (int done = 0; done < length; ) {
      int n = available(length - done, structure);
      System.arraycopy(buffer, next, into, from + done, n);
      next += n;
      done += n;
    }
  }

  @Override
  public void skip(long length, String structure) {
    for (long left = length; left > 0; ) {
      int n = available(left, structure);
      next += n;
      left -= n;
    }
  }

  private int available(long wanted, String structure) {
    if (next == limit && !fill()) {
      throw Problems.truncated(name(), fetched, structure);
    }
    return (int) Math.min(wanted, limit - next);
  }

  private boolean fill() {
    try {
      if (unpacked == null) {
        unpacked = new GZIPInputStream(new Stored(), BUFFER);
      }
      int n = unpacked.read(buffer, 0, BUFFER);
      next = 0;
      limit = Math.max(n, 0);
      fetched += limit;
      return n > 0;
    } catch (EOFException e) {
      throw Problems.truncated(name(), input.position(), "gzip data");
    } catch (IOException e) {
      throw Problems.damaged(
          name(), input.position(), "gzip data", "it cannot be unpacked: " + e.getMessage());
    }
  }

  @Override
  public void drain(Cancellation cancellation) {
    boolean unused = input.drain(cancellation);
  }

  /** What is stored, as a stream. */
  private final class Stored extends InputStream {

    private final byte[] one = new byte[1];

    @Override
    public int read() {
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (length == 0) {
        return 0;
      }
      int n = input.some(into, from, length);
      return n;
    }

    @Override
    public int available() {
      // The JDK looks for another member only when something is said to be there.
      return input.atEnd() ? 0 : 1;
    }
  }
}
