package io.intermodal.disk.internal.xva;

import io.intermodal.disk.XvaChecksum;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The checksum that follows each chunk as a member of its own. One per thread. */
final class ChunkSums {

  /** No checksum member is longer. */
  static final int MAX_BYTES = 40;

  private @Nullable MessageDigest sha1;

  /** Returns what is behind a chunk's name in the name of its checksum. */
  static String suffix(XvaChecksum kind) {
    return switch (kind) {
      case XXHASH -> ".xxhash";
      case SHA1 -> ".checksum";
    };
  }

  /** Finds the kind by the name of a member; null when it is no checksum of that chunk. */
  static @Nullable XvaChecksum kindOf(String chunk, String member) {
    for (XvaChecksum kind : XvaChecksum.values()) {
      if (member.equals(chunk + suffix(kind))) {
        return kind;
      }
    }
    return null;
  }

  /** Returns the text of a checksum: XXH64 in upper-case hex, SHA-1 in lower-case hex. */
  byte[] of(XvaChecksum kind, byte[] bytes, int from, int length) {
    String hex =
        switch (kind) {
          case XXHASH -> HexFormat.of().withUpperCase().toHexDigits(Xxh64.of(bytes, from, length));
          case SHA1 -> HexFormat.of().formatHex(sha1(bytes, from, length));
        };
    return hex.getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] sha1(byte[] bytes, int from, int length) {
    MessageDigest digest = sha1;
    if (digest == null) {
      try {
        digest = MessageDigest.getInstance("SHA-1");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-1", e);
      }
      sha1 = digest;
    }
    digest.update(bytes, from, length);
    return digest.digest();
  }
}
