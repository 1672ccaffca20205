package io.intermodal.disk.internal.engine;

import io.intermodal.disk.Compression;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.deflate.Deflate;
import io.intermodal.disk.internal.deflate.Inflate;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.zip.Adler32;

/** Inflates and deflates blocks. One per worker. */
final class Codec {

  /** The most that {@link #zlib} takes: the block stored, in two parts, with its frame. */
  static final int MAX_ZLIB = Geometry.BLOCK + 2 + 2 * 5 + 4;

  private static final int STORED_MAX = 65535;

  private final String name;
  private final Inflate inflate = new Inflate();
  private final Deflate deflate;
  private final MessageDigest sha256 = ContentDigest.sha256();
  private final ZstdBlocks zstd;
  private int produced;
  private int consumed;

  Codec(String name, int level) {
    this.name = name;
    this.zstd = new ZstdBlocks(name);
    this.deflate = level > Compression.FAST.level() ? Deflate.small() : Deflate.fast();
  }

  /** Returns this worker's digest, reset. */
  MessageDigest sha256() {
    sha256.reset();
    return sha256;
  }

  /** Returns how many bytes the last inflate yielded. */
  int produced() {
    return produced;
  }

  /** Returns how many bytes of the payload the last inflate took. */
  int consumed() {
    return consumed;
  }

  /** Inflates a payload, which must yield its unit: less at the disk's end only, more never. */
  void inflate(Extent extent, byte[] into, int at, boolean last) {
    if (extent.encoding() == Encoding.ZSTD) {
      produced = zstd.decode(extent, into, at);
      consumed = zstd.consumed();
      checkYield(extent, last);
      return;
    }
    boolean zlib = extent.encoding() == Encoding.ZLIB;
    byte[] bytes = extent.bytes();
    Inflate.Result result =
        zlib
            ? inflate.zlib(bytes, extent.from(), extent.size(), into, at, extent.unit())
            : inflate.raw(bytes, extent.from(), extent.size(), into, at, extent.unit());
    produced = inflate.produced();
    consumed = inflate.consumed();
    switch (result) {
      case DONE -> {}
      case OVERFLOW -> throw damaged(extent, "it yields more than its " + extent.unit() + " bytes");
      case DICTIONARY -> throw damaged(extent, "it asks for a preset dictionary");
      case TRUNCATED -> throw damaged(extent, "its compressed data ends too early");
      case DAMAGED -> throw damaged(extent, "it cannot be inflated (" + inflate.reason() + ")");
    }
    checkYield(extent, last);
    if (zlib && consumed < extent.size()) {
      throw damaged(extent, (extent.size() - consumed) + " bytes follow behind its end");
    }
  }

  private void checkYield(Extent extent, boolean last) {
    if (produced < extent.length() || (produced < extent.unit() && !last)) {
      throw damaged(extent, "it yields " + produced + " bytes, not " + extent.unit());
    }
  }

  /** Returns how long the zstd frame at the start of a payload is, without decompressing it. */
  int zstdLength(Extent extent) {
    return zstd.length(extent);
  }

  /**
   * Compresses a unit and returns the length; 0 when it would not get smaller.
   *
   * @param as {@code ZLIB} for units of 64 KiB only, which then never gives 0
   */
  int compress(Encoding as, byte[] bytes, int from, int unit, byte[] into, int at) {
    return switch (as) {
      case ZLIB -> zlib(bytes, from, into, at);
      case ZSTD -> zstd.compress(bytes, from, unit, into, at);
      case DEFLATE ->
          unit == Geometry.BLOCK
              ? rawDeflate(bytes, from, into, at)
              : deflate.raw(bytes, from, unit, into, at, unit - 1);
      case RAW, ZERO -> throw new IllegalArgumentException("nothing compresses to " + as);
    };
  }

  /** Checks the two bytes in front of a payload that is passed on without inflating it. */
  void checkZlibHeader(Extent extent) {
    if (extent.size() < 8) {
      throw damaged(extent, "a compressed block cannot be " + extent.size() + " bytes long");
    }
    int first = extent.bytes()[extent.from()] & 0xFF;
    int second = extent.bytes()[extent.from() + 1] & 0xFF;
    boolean deflate = (first & 0x0F) == 8 && (first >> 4) <= 7;
    if (!deflate || (first << 8 | second) % 31 != 0 || (second & 0x20) != 0) {
      throw damaged(extent, "it does not start like zlib data");
    }
  }

  /** Compresses a block with its frame and returns the length. */
  int zlib(byte[] bytes, int from, byte[] into, int at) {
    int size = deflate.zlib(bytes, from, Geometry.BLOCK, into, at, Geometry.BLOCK - 1);
    return size > 0 ? size : store(bytes, from, into, at);
  }

  /** Compresses a block without frame and returns the length; 0 when it would not get smaller. */
  int rawDeflate(byte[] bytes, int from, byte[] into, int at) {
    return deflate.raw(bytes, from, Geometry.BLOCK, into, at, Geometry.BLOCK - 1);
  }

  /** Frames a block as it is, the same on every JDK and with every zlib. */
  private static int store(byte[] bytes, int from, byte[] into, int at) {
    ByteBuffer out = ByteBuffer.wrap(into, at, MAX_ZLIB);
    out.put((byte) 0x78).put((byte) 0x01);
    storedPart(out, bytes, from, STORED_MAX, 0);
    storedPart(out, bytes, from + STORED_MAX, Geometry.BLOCK - STORED_MAX, 1);
    out.putInt(adler(bytes, from));
    return out.position() - at;
  }

  private static void storedPart(ByteBuffer out, byte[] bytes, int from, int length, int last) {
    out.put((byte) last);
    out.put((byte) length).put((byte) (length >> 8));
    out.put((byte) ~length).put((byte) (~length >> 8));
    out.put(bytes, from, length);
  }

  /** Puts a frame around deflate data whose content is known, and returns the length. */
  static int frame(Extent payload, int size, byte[] content, int from, byte[] into, int at) {
    ByteBuffer out = ByteBuffer.wrap(into, at, size + 6);
    out.put((byte) 0x78).put((byte) 0x9C);
    out.put(payload.bytes(), payload.from(), size);
    out.putInt(adler(content, from));
    return size + 6;
  }

  private static int adler(byte[] bytes, int from) {
    Adler32 adler = new Adler32();
    adler.update(bytes, from, Geometry.BLOCK);
    return (int) adler.getValue();
  }

  private RuntimeException damaged(Extent extent, String why) {
    return Problems.damaged(
        name, extent.storedAt(), "block of the disk's byte " + extent.offset(), why);
  }
}
