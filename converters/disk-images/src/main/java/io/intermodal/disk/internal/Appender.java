package io.intermodal.disk.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Joins small writes that follow one another into large ones. Used by one thread. */
public final class Appender {

  private final ByteTarget target;
  private final ByteBuffer buffer;
  private long position;

  /** Creates one that starts to write at {@code position}. */
  public Appender(ByteTarget target, long position, int capacity) {
    this.target = target;
    this.position = position;
    // Direct memory is what the channel wants; a stream wants an array.
    this.buffer =
        target.seekable() ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
  }

  /** Returns where the next byte goes. */
  public long position() {
    return position + buffer.position();
  }

  /** Goes on at another place. */
  public void moveTo(long newPosition) {
    if (newPosition != position()) {
      flush();
      position = newPosition;
    }
  }

  /** Appends bytes. */
  public void append(byte[] bytes, int from, int length) {
    int done = 0;
    while (done < length) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int n = Math.min(length - done, buffer.remaining());
      buffer.put(bytes, from + done, n);
      done += n;
    }
  }

  /** Appends zeros up to the next multiple of {@code unit}, a power of two. */
  public void pad(int unit) {
    int missing = (int) (Geometry.roundUp(position(), unit) - position());
    byte[] zeros = new byte[Math.min(missing, Geometry.BLOCK)];
    Arrays.fill(zeros, (byte) 0);
    for (int left = missing; left > 0; left -= Math.min(left, zeros.length)) {
      append(zeros, 0, Math.min(left, zeros.length));
    }
  }

  /** Hands everything to the target. */
  public void flush() {
    if (buffer.position() > 0) {
      buffer.flip();
      int length = buffer.remaining();
      target.write(buffer, position);
      position += length;
      buffer.clear();
    }
  }
}
