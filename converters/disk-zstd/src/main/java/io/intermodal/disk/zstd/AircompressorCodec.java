package io.intermodal.disk.zstd;

import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.intermodal.disk.spi.ZstdCodec;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Zstandard by aircompressor, which is Java without native code. Thread-safe.
 *
 * <p>aircompressor reads and writes arrays through {@code sun.misc.Unsafe}, and what keeps it
 * inside them are its own checks. So it never sees a caller's array: it works in arrays that have
 * room to spare behind what it may use, and what it wrote is copied from there.
 */
public final class AircompressorCodec implements ZstdCodec {

  /** More than any single step of the decoder writes. */
  private static final int MARGIN = 256 * 1024;

  private final Queue<Workspace> idle = new ConcurrentLinkedQueue<>();

  /** Creates one; called by {@link java.util.ServiceLoader}. */
  public AircompressorCodec() {}

  @Override
  public String id() {
    return "aircompressor";
  }

  @Override
  public int compress(byte[] from, int offset, int length, byte[] into, int at, int limit) {
    Objects.checkFromIndexSize(offset, length, from.length);
    Objects.checkFromIndexSize(at, limit, into.length);
    Workspace space = take();
    try {
      return space.compress(from, offset, length, into, at, limit);
    } finally {
      idle.add(space);
    }
  }

  @Override
  public int decompress(byte[] from, int offset, int length, byte[] into, int at, int limit) {
    Objects.checkFromIndexSize(offset, length, from.length);
    Objects.checkFromIndexSize(at, limit, into.length);
    // One that failed is not used again: nobody says what state it is left in.
    Workspace space = take();
    int yielded = space.decompress(from, offset, length, into, at, limit);
    idle.add(space);
    return yielded;
  }

  private Workspace take() {
    Workspace space = idle.poll();
    return space == null ? new Workspace() : space;
  }

  /** What one call needs; used by one thread at a time. */
  private static final class Workspace {

    private final ZstdCompressor compressor = new ZstdCompressor();
    private final ZstdDecompressor decompressor = new ZstdDecompressor();
    private byte[] in = new byte[0];
    private byte[] out = new byte[0];

    int compress(byte[] from, int offset, int length, byte[] into, int at, int limit) {
      int most = compressor.maxCompressedLength(length);
      if (out.length < most) {
        out = new byte[most];
      }
      int size = compressor.compress(from, offset, length, out, 0, most);
      if (size > limit) {
        return 0;
      }
      System.arraycopy(out, 0, into, at, size);
      return size;
    }

    int decompress(byte[] from, int offset, int length, byte[] into, int at, int limit) {
      int inSize = Math.addExact(length, MARGIN);
      int outSize = Math.addExact(limit, MARGIN);
      if (in.length < inSize) {
        in = new byte[inSize];
      }
      if (out.length < outSize) {
        out = new byte[outSize];
      }
      System.arraycopy(from, offset, in, 0, length);
      int yielded = decompressor.decompress(in, 0, length, out, 0, limit);
      System.arraycopy(out, 0, into, at, Objects.checkIndex(yielded, limit + 1));
      return yielded;
    }
  }
}
