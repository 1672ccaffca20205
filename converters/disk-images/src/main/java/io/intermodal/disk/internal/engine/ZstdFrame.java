package io.intermodal.disk.internal.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;

/**
 * Finds the end of a frame by its block headers (RFC 8878, section 3.1.1), without decompressing
 * it: what holds a frame is often longer than the frame.
 */
final class ZstdFrame {

  private static final int MAGIC = 0xFD2FB528;
  private static final long MAX_WINDOW = 8L << 20;
  private static final int MAX_BLOCK = 128 * 1024;
  private static final int[] DICTIONARY_ID_BYTES = {0, 1, 2, 4};
  private static final int[] CONTENT_SIZE_BYTES = {0, 2, 4, 8};

  private final ByteBuffer bytes;

  private ZstdFrame(byte[] bytes, int from, int size) {
    this.bytes = ByteBuffer.wrap(bytes, from, size).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns how long the frame is that the bytes start with.
   *
   * @throws DataFormatException saying why they start with none that is read
   */
  static int length(byte[] bytes, int from, int size) throws DataFormatException {
    ZstdFrame frame = new ZstdFrame(bytes, from, size);
    boolean checksum = frame.header();
    frame.blocks();
    frame.skip(checksum ? 4 : 0);
    return frame.bytes.position();
  }

  /** Passes the header and tells whether a checksum follows the blocks. */
  private boolean header() throws DataFormatException {
    if (bytes.remaining() < 6 || bytes.getInt() != MAGIC) {
      throw new DataFormatException("it does not start like zstd data");
    }
    int descriptor = bytes.get();
    boolean single = (descriptor & 0x20) != 0;
    if ((descriptor & 0x08) != 0) {
      throw new DataFormatException("its frame header has a reserved bit set");
    }
    long window = single ? 0 : window(bytes.get());
    int dictionary = (int) number(DICTIONARY_ID_BYTES[descriptor & 3]);
    if (dictionary != 0) {
      throw new DataFormatException("it asks for a preset dictionary");
    }
    int sizeBytes = CONTENT_SIZE_BYTES[descriptor >> 6 & 3];
    if (single) {
      window = number(Math.max(1, sizeBytes));
    } else {
      skip(sizeBytes);
    }
    if (window < 0 || window > MAX_WINDOW) {
      throw new DataFormatException(
          "it needs a window of " + Long.toUnsignedString(window) + " bytes, the cap is 8 MiB");
    }
    return (descriptor & 0x04) != 0;
  }

  private static long window(byte descriptor) {
    long base = 1L << (10 + (descriptor >> 3 & 0x1F));
    return base + base / 8 * (descriptor & 7);
  }

  private void blocks() throws DataFormatException {
    boolean last = false;
    while (!last) {
      int header = (int) number(3);
      last = (header & 1) != 0;
      int type = header >> 1 & 3;
      int size = header >> 3;
      if (type == 3 || size > MAX_BLOCK) {
        throw new DataFormatException("one of its blocks is of no known type or size");
      }
      // A run of one byte has a single byte for all of its size.
      skip(type == 1 ? 1 : size);
    }
  }

  private long number(int length) throws DataFormatException {
    require(length);
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (bytes.get() & 0xFFL) << (8 * i);
    }
    return value;
  }

  private void skip(int length) throws DataFormatException {
    require(length);
    bytes.position(bytes.position() + length);
  }

  private void require(int length) throws DataFormatException {
    if (bytes.remaining() < length) {
      throw new DataFormatException("its compressed data ends too early");
    }
  }
}
