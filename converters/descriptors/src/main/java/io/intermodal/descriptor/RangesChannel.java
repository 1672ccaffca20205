package io.intermodal.descriptor;

import io.intermodal.convert.spi.StoredInFile;
import io.intermodal.ovf.packaging.FileRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads ranges of files as one: a member of an archive where it lies, or the chunks of a disk. Not
 * thread-safe.
 */
class RangesChannel implements SeekableByteChannel {

  private final List<FileRange> ranges;
  private final List<FileChannel> channels = new ArrayList<>();
  private final long size;
  private long position;
  private boolean open = true;

  private RangesChannel(List<FileRange> ranges) {
    this.ranges = List.copyOf(ranges);
    this.size = ranges.stream().mapToLong(FileRange::length).reduce(0, Math::addExact);
  }

  static RangesChannel open(List<FileRange> ranges) throws IOException {
    RangesChannel channel = ranges.size() == 1 ? new OneRange(ranges) : new RangesChannel(ranges);
    try {
      for (FileRange range : ranges) {
        channel.channels.add(FileChannel.open(range.path(), StandardOpenOption.READ));
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    requireOpen();
    if (position >= size) {
      return -1;
    }
    long start = 0;
    for (int i = 0; i < ranges.size(); i++) {
      FileRange range = ranges.get(i);
      if (position < start + range.length()) {
        long within = position - start;
        int wanted = (int) Math.min(target.remaining(), range.length() - within);
        ByteBuffer part = target.slice(target.position(), wanted);
        int count = channels.get(i).read(part, range.offset() + within);
        if (count > 0) {
          target.position(target.position() + count);
          position += count;
        }
        return count;
      }
      start += range.length();
    }
    return -1;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    requireOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("position must not be negative: " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  private void requireOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public void close() throws IOException {
    open = false;
    IOException first = null;
    for (FileChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** One range only, so that it can be told where it lies. */
  private static final class OneRange extends RangesChannel implements StoredInFile {

    private final FileRange range;

    OneRange(List<FileRange> ranges) {
      super(ranges);
      this.range = ranges.get(0);
    }

    @Override
    public Path file() {
      return range.path();
    }

    @Override
    public long offsetBytes() {
      return range.offset();
    }

    @Override
    public long lengthBytes() {
      return range.length();
    }
  }
}
