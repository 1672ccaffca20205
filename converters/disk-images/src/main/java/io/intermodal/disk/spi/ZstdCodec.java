package io.intermodal.disk.spi;

/**
 * Compresses and decompresses single Zstandard frames (RFC 8878). Found by {@link
 * java.util.ServiceLoader}; the artifact {@code intermodal-disk-zstd} brings one. The first that is
 * found is used. It must be thread-safe.
 *
 * <p>The engine finds a frame's end by itself and hands out neither more nor less than one frame
 * without dictionary, whose window is at most 8 MiB. Its content is anybody's: whatever the bytes,
 * {@link #decompress} must come to an end, write only where it may, and need no more memory than
 * the window and the output. A runtime exception means that the frame is damaged.
 */
public interface ZstdCodec {

  /** Returns a stable name for messages, such as the library's. */
  String id();

  /**
   * Compresses bytes to one frame that says its checksum or not, and needs a window of at most 8
   * MiB. The same bytes give the same frame.
   *
   * @param limit how many bytes the frame may have
   * @return its length; 0 when it would be longer, and then anything may be in {@code into}
   */
  int compress(byte[] from, int offset, int length, byte[] into, int at, int limit);

  /**
   * Decompresses one frame.
   *
   * @param limit how many bytes may be written to {@code into} from {@code at} on
   * @return how many were
   * @throws RuntimeException when the frame is damaged or yields more than {@code limit}
   */
  int decompress(byte[] from, int offset, int length, byte[] into, int at, int limit);
}
