package io.intermodal.ovf.packaging;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/** Computes several digests of the same bytes at once. */
final class DigestSet {

  private final Map<DigestAlgorithm, MessageDigest> digests = new EnumMap<>(DigestAlgorithm.class);

  DigestSet(Collection<DigestAlgorithm> algorithms) {
    algorithms.forEach(a -> digests.put(a, a.digest()));
  }

  void update(byte[] buffer, int offset, int length) {
    for (MessageDigest digest : digests.values()) {
      digest.update(buffer, offset, length);
    }
  }

  /** Takes what remains in the buffer, and leaves it there. */
  void update(ByteBuffer buffer) {
    for (MessageDigest digest : digests.values()) {
      digest.update(buffer.duplicate());
    }
  }

  /** Returns the digests in lower-case hexadecimal, and starts again. */
  Map<DigestAlgorithm, String> hex() {
    Map<DigestAlgorithm, String> hex = new EnumMap<>(DigestAlgorithm.class);
    digests.forEach((a, d) -> hex.put(a, HexFormat.of().formatHex(d.digest())));
    return hex;
  }
}
