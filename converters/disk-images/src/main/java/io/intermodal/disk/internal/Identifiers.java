package io.intermodal.disk.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Makes the identifiers that images carry. They are the same for the same settings, so that the
 * same input gives the same bytes, and differ between disks of another name, size or seed.
 */
public final class Identifiers {

  private Identifiers() {}

  /**
   * Makes a UUID that looks like a random one (RFC 9562, version 4); never all zeros.
   *
   * @param purpose tells the identifiers of one image apart
   */
  public static UUID uuid(WriteSettings settings, String purpose) {
    byte[] name = (purpose + '\n' + settings.diskName()).getBytes(StandardCharsets.UTF_8);
    ByteBuffer numbers = ByteBuffer.allocate(16);
    numbers.putLong(settings.virtualSizeBytes()).putLong(settings.seed());
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(numbers.array());
      ByteBuffer digest = ByteBuffer.wrap(sha256.digest(name));
      long high = (digest.getLong() & ~0xF000L) | 0x4000L;
      long low = (digest.getLong() & ~(3L << 62)) | (1L << 63);
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
