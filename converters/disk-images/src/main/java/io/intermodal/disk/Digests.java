package io.intermodal.disk;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Running digests by the names that the JDK gives their algorithms. */
final class Digests {

  private final Map<String, MessageDigest> running = new LinkedHashMap<>();

  Digests(Collection<String> algorithms) {
    for (String algorithm : algorithms) {
      running.put(algorithm, start(algorithm));
    }
  }

  static MessageDigest start(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("no digest is called " + algorithm, e);
    }
  }

  List<MessageDigest> all() {
    return new ArrayList<>(running.values());
  }

  /** Returns the values in lower-case hex; may be called once. */
  Map<String, String> finish() {
    Map<String, String> values = new LinkedHashMap<>();
    running.forEach((name, d) -> values.put(name, HexFormat.of().formatHex(d.digest())));
    return values;
  }
}
