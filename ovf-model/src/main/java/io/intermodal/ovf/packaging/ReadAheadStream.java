package io.intermodal.ovf.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a long file in a thread of its own while the caller digests what came before; the two take
 * about as long, so that half the time is saved. For one reader; close it to end the thread.
 */
final class ReadAheadStream extends InputStream {

  /** Below this a thread costs more than it saves. */
  private static final long WORTHWHILE = 16L << 20;

  private static final int BLOCK = 1 << 20;
  private static final int BLOCKS = 3;

  private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BLOCKS);
  private final BlockingQueue<Filled> filled = new ArrayBlockingQueue<>(BLOCKS + 1);
  private final Thread thread;
  private @Nullable Filled current;
  private int position;

  private ReadAheadStream(FileRange range) {
    for (int i = 0; i < BLOCKS; i++) {
      free.add(new byte[BLOCK]);
    }
    thread = new Thread(() -> fill(range), "intermodal-read-ahead");
    thread.setDaemon(true);
    thread.start();
  }

  /** Opens a range in the way that fits its length. */
  static InputStream of(FileRange range) {
    return range.length() < WORTHWHILE
        ? new RangeInputStream(List.of(range))
        : new ReadAheadStream(range);
  }

  private void fill(FileRange range) {
    try {
      filled.put(read(range));
    } catch (InterruptedException e) {
      // Closed before the end; nobody waits for more.
      Thread.currentThread().interrupt();
    }
  }

  /** Reads to the end and returns what to say there: that it is the end, or why it is not. */
  private Filled read(FileRange range) throws InterruptedException {
    try (InputStream in = new RangeInputStream(List.of(range))) {
      while (true) {
        byte[] block = free.take();
        int length = in.readNBytes(block, 0, BLOCK);
        if (length == 0) {
          return new Filled(block, 0, null);
        }
        filled.put(new Filled(block, length, null));
      }
    } catch (IOException | RuntimeException | Error e) {
      // Whatever it is, the reader must not wait for a thread that is gone.
      return new Filled(new byte[0], 0, e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    Filled block = current == null ? next() : current;
    block.requireGood();
    if (block.length() == 0) {
      return -1;
    }
    int count = Math.min(length, block.length() - position);
    System.arraycopy(block.bytes(), position, buffer, offset, count);
    position += count;
    if (position == block.length()) {
      free.add(block.bytes());
      current = null;
    }
    return count;
  }

  private Filled next() throws IOException {
    try {
      Filled next = filled.take();
      current = next;
      position = 0;
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a file was read");
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /** Is a block with bytes; with none it is the end, good or bad. */
  @SuppressWarnings("ArrayRecordComponent") // Handed to and fro, never compared.
  private record Filled(byte[] bytes, int length, @Nullable Throwable failure) {

    void requireGood() throws IOException {
      if (failure instanceof IOException e) {
        throw e;
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
    }
  }
}
