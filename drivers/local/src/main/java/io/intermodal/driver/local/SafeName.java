package io.intermodal.driver.local;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes file names out of names for people. The result is lower-case ASCII, never hidden, never a
 * path, and two names never share one, on file systems that ignore case either.
 */
final class SafeName {

  private static final Pattern SAFE = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Pattern DEVICE = Pattern.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]");

  private SafeName() {}

  static String of(String name) {
    if (SAFE.matcher(name).matches() && !DEVICE.matcher(name).matches()) {
      return name;
    }
    String readable = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    readable = readable.replaceAll("^-|-$", "");
    if (readable.length() > 40) {
      readable = readable.substring(0, 40);
    }
    // A tilde is in no name that is taken as it stands, so the two kinds cannot meet.
    return (readable.isEmpty() ? "x" : readable) + "~" + digest(name);
  }

  /** Returns the first 64 bits of a digest of the text, as hex. */
  static String digest(String text) {
    try {
      // Char by char: an encoder would turn all halves of surrogate pairs into one character.
      ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(text.length(), Character.BYTES));
      text.chars().forEach(c -> bytes.putChar((char) c));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
