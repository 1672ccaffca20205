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
      if (!(channel instanceof FileChannel)) {
        channel.position(offset + position);
      }
      while (buffer.hasRemaining()) {
        long at = position + length - buffer.remaining();
        // The JDK reads into memory of its own first: as long as that fits the cache it costs
        // little.
        buffer.limit(from + Math.min(length, buffer.position() - from + PIECE));
        int n =
            channel instanceof FileChannel file
                ? file.read(buffer, offset + at)
                : channel.read(buffer);
        buffer.limit(from + length);
        if (n < 0) {
          throw Problems.truncated(name, at, structure);
        }
      }
    } catch (IOException e) {
      throw Problems.readFailed(name, position, e);
    }
  }
}
