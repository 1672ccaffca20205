package io.intermodal.migrate;

import io.intermodal.IntermodalException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Compares the stored bytes of a disk with the digests that its source vouches for. */
final class StoredDigests {

  private final String disk;
  private final Map<String, String> expected;
  private final Map<String, MessageDigest> digests = new LinkedHashMap<>();

  StoredDigests(String disk, Map<String, String> expected) {
    this.disk = disk;
    this.expected = expected;
    expected.keySet().forEach(algorithm -> digests.put(algorithm, start(algorithm)));
  }

  private static MessageDigest start(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("no such digest: " + algorithm, e);
    }
  }

  void update(byte[] bytes, int length) {
    digests.values().forEach(digest -> digest.update(bytes, 0, length));
  }

  /** Returns when all bytes were those expected. */
  void require() {
    digests.forEach(
        (algorithm, digest) -> {
          String wanted = expected.getOrDefault(algorithm, "").toLowerCase(Locale.ROOT);
          String actual = HexFormat.of().formatHex(digest.digest());
          if (!actual.equals(wanted)) {
            throw new IntermodalException(
                MigrateError.DIGEST_MISMATCH,
                "cannot accept disk "
                    + disk
                    + ": its "
                    + algorithm
                    + " is "
                    + actual
                    + " instead of "
                    + wanted
                    + "; get the image again",
                disk,
                null);
          }
        });
  }
}
