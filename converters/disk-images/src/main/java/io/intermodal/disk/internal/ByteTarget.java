package io.intermodal.disk.internal;

import io.intermodal.disk.DiskError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the bytes of an image go: an empty seekable channel, or a stream. Used by one thread. */
public final class ByteTarget {

  private static final int PIECE = 256 * 1024;

  private final String name;
  private final @Nullable SeekableByteChannel channel;
  private final @Nullable OutputStream stream;
  private final List<MessageDigest> digests;
  private final @Nullable Function<String, ByteTarget> companions;
  private final List<ByteTarget> beside = new ArrayList<>();
  private final boolean overwrites;
  private long end;
  private long written;

  private ByteTarget(
      String name,
      @Nullable SeekableByteChannel channel,
      @Nullable OutputStream stream,
      List<MessageDigest> digests,
      @Nullable Function<String, ByteTarget> companions,
      boolean overwrites) {
    this.overwrites = overwrites;
    this.companions = companions;
    this.name = name;
    this.channel = channel;
    this.stream = stream;
    this.digests = List.copyOf(digests);
  }

  /** Wraps a channel that stays its caller's; digests are fed in the order of writing. */
  public static ByteTarget of(
      String name, SeekableByteChannel channel, List<MessageDigest> digests) {
    return new ByteTarget(name, channel, null, digests, null, false);
  }

  /**
   * Wraps the channel of a file.
   *
   * @param companions makes a file beside it, by its plain name
   */
  public static ByteTarget ofFile(
      String name,
      SeekableByteChannel channel,
      List<MessageDigest> digests,
      Function<String, ByteTarget> companions) {
    return new ByteTarget(name, channel, null, digests, companions, false);
  }

  /**
   * Wraps the channel of something that holds other bytes already: zeros are written where others
   * have holes.
   */
  public static ByteTarget overwriting(
      String name, SeekableByteChannel channel, List<MessageDigest> digests) {
    return new ByteTarget(name, channel, null, digests, null, true);
  }

  /** Wraps a stream that stays its caller's. */
  public static ByteTarget of(String name, OutputStream stream, List<MessageDigest> digests) {
    return new ByteTarget(name, null, stream, digests, null, false);
  }

  /** Returns the name for messages. */
  public String name() {
    return name;
  }

  /**
   * Makes a file beside this one, which is complete or absent like it.
   *
   * @throws io.intermodal.IntermodalException {@code FORMAT_UNSUPPORTED} when this is no file
   */
  public ByteTarget companion(String fileName) {
    if (companions == null) {
      throw Problems.cannotWrite(
          DiskError.FORMAT_UNSUPPORTED,
          name,
          "the format has its data in a second file; write it to a file");
    }
    ByteTarget companion = companions.apply(fileName);
    beside.add(companion);
    return companion;
  }

  /** Tells whether writes may go anywhere; a stream takes them only one after the other. */
  public boolean seekable() {
    return channel != null;
  }

  /** Returns how many bytes were written, with those of files beside this one. */
  public long bytesWritten() {
    return written + beside.stream().mapToLong(ByteTarget::bytesWritten).sum();
  }

  /** Writes all that remains in {@code bytes}. */
  public void write(ByteBuffer bytes, long position) {
    if (overwrites && position > end) {
      // What was there would come to light; what is behind is written over later, or again.
      writeZeros(position);
    }
    int length = bytes.remaining();
    try {
      for (MessageDigest digest : digests) {
        digest.update(bytes.duplicate());
      }
      if (channel != null) {
        toChannel(channel, bytes, position);
      } else if (stream != null) {
        if (position != end) {
          throw new IllegalStateException("a stream cannot be written at " + position);
        }
        toStream(stream, bytes);
      }
    } catch (IOException e) {
      throw Problems.writeFailed(name, position, e);
    }
    written += length;
    end = Math.max(end, position + length);
  }

  private static void toChannel(SeekableByteChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    long at = position;
    if (!(channel instanceof FileChannel)) {
      channel.position(at);
    }
    // The JDK copies an array into memory of its own first: that should stay in the cache.
    int piece = bytes.isDirect() ? Integer.MAX_VALUE : PIECE;
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(end - Math.max(0, end - bytes.position() - piece));
      at += channel instanceof FileChannel file ? file.write(bytes, at) : channel.write(bytes);
      bytes.limit(end);
    }
  }

  private static void toStream(OutputStream stream, ByteBuffer bytes) throws IOException {
    if (bytes.hasArray()) {
      stream.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      return;
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    stream.write(copy);
  }

  /** Writes the guest's bytes where the guest has them, with zeros before them on a stream. */
  public void writeInPlace(Extent extent) {
    if (!seekable()) {
      extendTo(extent.offset());
    }
    write(ByteBuffer.wrap(extent.bytes(), extent.from(), extent.size()), extent.offset());
  }

  /** Makes the image {@code size} bytes long, with zeros where nothing was written. */
  public void extendTo(long size) {
    if (end >= size) {
      return;
    }
    if (seekable() && !overwrites) {
      write(ByteBuffer.wrap(new byte[1]), size - 1);
      return;
    }
    writeZeros(size);
  }

  private void writeZeros(long size) {
    ByteBuffer zeros = ByteBuffer.wrap(new byte[(int) Math.min(Geometry.WINDOW, size - end)]);
    while (end < size) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), size - end));
      write(zeros, end);
    }
  }

  /** Forces what a stream holds back. */
  public void flush() {
    if (stream != null) {
      try {
        stream.flush();
      } catch (IOException e) {
        throw Problems.writeFailed(name, end, e);
      }
    }
  }
}
