package io.intermodal.disk;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Bytes in memory as a channel to read from. */
final class MemoryChannel implements SeekableByteChannel {

  private final byte[] bytes;
  private final int size;
  private int position;

  MemoryChannel(byte[] bytes) {
    this(bytes, bytes.length);
  }

  MemoryChannel(byte[] bytes, int size) {
    this.bytes = bytes;
    this.size = size;
  }

  @Override
  public int read(ByteBuffer into) {
    int n = Math.min(into.remaining(), size - position);
    if (n <= 0) {
      return into.hasRemaining() ? -1 : 0;
    }
    into.put(bytes, position, n);
    position += n;
    return n;
  }

  @Override
  public int write(ByteBuffer from) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = (int) Math.min(size, newPosition);
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
