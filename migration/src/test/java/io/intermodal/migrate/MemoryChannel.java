package io.intermodal.migrate;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** A channel over bytes in memory, which outlive it. */
final class MemoryChannel implements SeekableByteChannel {

  /** What is stored. */
  static final class Content {
    private byte[] bytes = {};

    static Content of(byte[] bytes) {
      Content content = new Content();
      content.bytes = bytes.clone();
      return content;
    }

    byte[] bytes() {
      return bytes.clone();
    }
  }

  private final Content content;
  private int position;
  private boolean closed;

  MemoryChannel(Content content) {
    this.content = content;
  }

  @Override
  public int read(ByteBuffer into) throws ClosedChannelException {
    requireOpen();
    if (position >= content.bytes.length) {
      return -1;
    }
    int length = Math.min(into.remaining(), content.bytes.length - position);
    into.put(content.bytes, position, length);
    position += length;
    return length;
  }

  @Override
  public int write(ByteBuffer from) throws ClosedChannelException {
    requireOpen();
    int length = from.remaining();
    if (position + length > content.bytes.length) {
      content.bytes = Arrays.copyOf(content.bytes, position + length);
    }
    from.get(content.bytes, position, length);
    position += length;
    return length;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = Math.toIntExact(newPosition);
    return this;
  }

  @Override
  public long size() {
    return content.bytes.length;
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    content.bytes = Arrays.copyOf(content.bytes, (int) Math.min(size, content.bytes.length));
    return this;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void requireOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }
}
