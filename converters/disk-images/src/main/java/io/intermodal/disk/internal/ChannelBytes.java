package io.intermodal.disk.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;

/** A range of a channel that belongs to somebody else and stays open. */
public final class ChannelBytes implements StoredBytes {

  private static final int PIECE = 256 * 1024;

  private final String name;
  private final SeekableByteChannel channel;
  private final long offset;
  private final long size;

  /** Creates one over {@code [offset, offset + size)}, which must lie inside the channel. */
  public ChannelBytes(String name, SeekableByteChannel channel, long offset, long size) {
    this.name = name;
    this.channel = channel;
    this.offset = offset;
    this.size = size;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, byte[] into, int from, int length, String structure) {
    if (position < 0 || position > size - length) {
      throw Problems.truncated(name, Math.min(Math.max(position, 0), size), structure);
    }
    ByteBuffer buffer = ByteBuffer.wrap(into, from, length);
    try {
      if (channel instanceof FileChannel) {
        fill(buffer, position, structure);
      } else {
        // A disk may be compared with another on the same channel, by two threads.
        synchronized (channel) {
          channel.position(offset + position);
          fill(buffer, position, structure);
        }
      }
    } catch (IOException e) {
      throw Problems.readFailed(name, position, e);
    }
  }

  private void fill(ByteBuffer buffer, long position, String structure) throws IOException {
    int start = buffer.position();
    int end = buffer.limit();
    while (buffer.hasRemaining()) {
      long at = position + buffer.position() - start;
      // The JDK reads into memory of its own first: that should stay in the processor's cache.
      buffer.limit(Math.min(end, buffer.position() + PIECE));
      int n =
          channel instanceof FileChannel file
              ? file.read(buffer, offset + at)
              : channel.read(buffer);
      buffer.limit(end);
      if (n < 0) {
        throw Problems.truncated(name, at, structure);
      }
    }
  }
}
