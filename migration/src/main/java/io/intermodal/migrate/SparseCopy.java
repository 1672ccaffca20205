package io.intermodal.migrate;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** Copies a file to an empty one; blocks of zeros stay holes. Uses 1 MiB of memory. */
final class SparseCopy {

  private static final int BLOCK_BYTES = 64 << 10;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final byte[] ZEROS = new byte[BLOCK_BYTES];

  private SparseCopy() {}

  /**
   * Copies everything and returns the bytes that were written, without the holes.
   *
   * @throws io.intermodal.IntermodalException {@code DIGEST_MISMATCH} after all was copied
   */
  static long copy(
      SeekableByteChannel in,
      SeekableByteChannel out,
      String task,
      StoredDigests digests,
      Progress.Listener progress,
      Cancellation cancellation)
      throws IOException {
    long size = in.size();
    long position = 0;
    long written = 0;
    boolean hole = false;
    byte[] bytes = new byte[BUFFER_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    in.position(0);
    while (position < size) {
      cancellation.check(task);
      buffer.clear();
      while (buffer.hasRemaining() && in.read(buffer) >= 0) {
        // A channel may give less than was asked for.
      }
      int filled = buffer.position();
      if (filled == 0) {
        throw new EOFException("the source became shorter while it was read");
      }
      digests.update(bytes, filled);
      for (int at = 0; at < filled; at += BLOCK_BYTES) {
        int length = Math.min(BLOCK_BYTES, filled - at);
        hole = Arrays.equals(bytes, at, at + length, ZEROS, 0, length);
        if (!hole) {
          write(out, position + at, ByteBuffer.wrap(bytes, at, length));
          written += length;
        }
      }
      position += filled;
      progress.progress(Progress.of(task, position, size));
    }
    if (hole) {
      write(out, size - 1, ByteBuffer.wrap(ZEROS, 0, 1));
    }
    digests.require();
    return written;
  }

  private static void write(SeekableByteChannel out, long position, ByteBuffer data)
      throws IOException {
    out.position(position);
    while (data.hasRemaining()) {
      out.write(data);
    }
  }
}
