package io.intermodal.ovf.packaging;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads ranges one after the other as one stream; opens one file at a time. */
final class RangeInputStream extends InputStream {

  private final List<FileRange> ranges;
  private int next;
  private @Nullable FileChannel channel;
  private long position;
  private long left;

  RangeInputStream(List<FileRange> ranges) {
    this.ranges = List.copyOf(ranges);
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
    while (left == 0) {
      if (next == ranges.size()) {
        return -1;
      }
      open(ranges.get(next++));
    }
    int wanted = (int) Math.min(length, left);
    int got =
        Objects.requireNonNull(channel).read(ByteBuffer.wrap(buffer, offset, wanted), position);
    if (got < 0) {
      throw new EOFException("the file became shorter while it was read");
    }
    position += got;
    left -= got;
    return got;
  }

  private void open(FileRange range) throws IOException {
    close();
    channel = FileChannel.open(range.path());
    position = range.offset();
    left = range.length();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
