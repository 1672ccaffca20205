package io.intermodal.disk.internal.engine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Joins the digests of blocks, in their order, to the digest of the content. */
final class ContentDigest {

  private final MessageDigest digest = sha256();
  private final ByteBuffer number = ByteBuffer.allocate(8);

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  void add(long block, byte[] sha256) {
    put(block);
    digest.update(sha256);
  }

  String finish(long virtualSizeBytes) {
    put(virtualSizeBytes);
    return HexFormat.of().formatHex(digest.digest());
  }

  private void put(long value) {
    number.clear();
    number.putLong(value).flip();
    digest.update(number);
  }
}
