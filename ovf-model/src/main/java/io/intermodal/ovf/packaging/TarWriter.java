package io.intermodal.ovf.packaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Writes the members of an archive into a file; the header of each is put in front when its size is
 * known, afterwards.
 */
final class TarWriter implements PackageSink {

  private final FileChannel channel;
  private String name = "";
  private long start;
  private long content;
  private @Nullable Long stated;

  TarWriter(FileChannel channel) {
    this.channel = channel;
  }

  /** Keeps room at the start for a member that is put there later. */
  void reserve(String member, long size) throws IOException {
    channel.position(TarHeader.of(member, size).length + size + TarHeader.padding(size));
  }

  /** Writes a whole member at the start, into the room that was kept. */
  void putFirst(String member, byte[] bytes) throws IOException {
    byte[] header = TarHeader.of(member, bytes.length);
    put(ByteBuffer.wrap(header), 0);
    put(ByteBuffer.wrap(bytes), header.length);
  }

  @Override
  public WritableByteChannel begin(String member, @Nullable Long size) throws IOException {
    name = member;
    stated = size;
    start = channel.position();
    content = start + TarHeader.of(member, 0).length;
    channel.position(content);
    return new OpenEnded() {
      @Override
      public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
      }
    };
  }

  @Override
  public void end() throws IOException {
    long end = channel.position();
    long size = end - content;
    if (stated != null && stated != size) {
      throw new IllegalStateException(name + " was to have " + stated + " bytes and has " + size);
    }
    put(ByteBuffer.wrap(TarHeader.of(name, size)), start);
    int padding = TarHeader.padding(size);
    put(ByteBuffer.allocate(padding), end);
    channel.position(end + padding);
  }

  /** Writes the mark that ends an archive. */
  @Override
  public void finish() throws IOException {
    // The gap before the last byte is zeros.
    put(ByteBuffer.allocate(1), channel.position() + 2L * TarHeader.BLOCK - 1);
  }

  private void put(ByteBuffer buffer, long at) throws IOException {
    long position = at;
    while (buffer.hasRemaining()) {
      position += channel.write(buffer, position);
    }
  }
}
