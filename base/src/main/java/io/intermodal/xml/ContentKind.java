package io.intermodal.xml;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Says what bytes look like, so that an error can name what was found where a descriptor or an
 * archive was expected. It is a guess for messages, not a format probe for disks.
 */
public enum ContentKind {
  /** No byte at all. */
  EMPTY("an empty file"),
  /** Zeros only. */
  ZEROS("zeros only: a transfer that failed, or a hole"),
  /** Text that starts as XML does. */
  XML("an XML document"),
  /** A page for a browser, usually an error message or a log-in form. */
  HTML("an HTML page: the download failed or needs a log-in"),
  /** A gzip stream. */
  GZIP("gzip data: unpack it first"),
  /** A zip archive. */
  ZIP("a zip archive: unpack it first"),
  /** An archive in one of the tar formats. */
  TAR("a tar archive"),
  /** A VMDK disk. */
  VMDK("a VMDK disk"),
  /** An xz stream. */
  XZ("xz data: unpack it first"),
  /** Text without any mark. */
  TEXT("plain text"),
  /** Anything else. */
  BINARY("binary data");

  /** How many bytes of a file are enough for {@link #of}. */
  public static final int HEAD_BYTES = 1024;

  private final String description;

  ContentKind(String description) {
    this.description = description;
  }

  /** Returns what it is and, where there is one, the way out, for people. */
  public String description() {
    return description;
  }

  /** Guesses from the first bytes; {@value #HEAD_BYTES} are enough, fewer will do. */
  public static ContentKind of(byte[] head) {
    if (head.length == 0) {
      return EMPTY;
    }
    if (starts(head, 0x1f, 0x8b)) {
      return GZIP;
    }
    if (starts(head, 'P', 'K', 3, 4) || starts(head, 'P', 'K', 5, 6)) {
      return ZIP;
    }
    if (starts(head, 0xfd, '7', 'z', 'X', 'Z', 0)) {
      return XZ;
    }
    if (starts(head, 'K', 'D', 'M', 'V')) {
      return VMDK;
    }
    if (isTar(head)) {
      return TAR;
    }
    return ofText(head);
  }

  private static ContentKind ofText(byte[] head) {
    int length = Math.min(head.length, HEAD_BYTES);
    int zeros = 0;
    int odd = 0;
    for (int i = 0; i < length; i++) {
      if (head[i] == 0) {
        zeros++;
      } else if (head[i] > 0 && head[i] < ' ' && "\t\n\r\f".indexOf(head[i]) < 0) {
        odd++;
      }
    }
    if (zeros == length) {
      return ZEROS;
    }
    boolean wide =
        starts(head, 0xfe, 0xff)
            || starts(head, 0xff, 0xfe)
            || starts(head, 0, '<', 0)
            || starts(head, '<', 0);
    if (wide) {
      return odd == 0 ? XML : BINARY;
    }
    if (zeros > 0 || odd > length / 50) {
      return BINARY;
    }
    String text = new String(head, 0, length, StandardCharsets.ISO_8859_1);
    text = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
    text = text.strip().toLowerCase(Locale.ROOT);
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return HTML;
    }
    return text.startsWith("<") ? XML : TEXT;
  }

  /** Old headers lack the magic, so the sum of the header decides. */
  private static boolean isTar(byte[] head) {
    if (head.length < 512 || head[0] == 0) {
      return false;
    }
    long stated = 0;
    boolean digits = false;
    for (int i = 148; i < 156; i++) {
      if (head[i] >= '0' && head[i] <= '7') {
        stated = stated * 8 + head[i] - '0';
        digits = true;
      } else if (digits) {
        break;
      }
    }
    long sum = 0;
    long signed = 0;
    for (int i = 0; i < 512; i++) {
      int b = i >= 148 && i < 156 ? ' ' : head[i];
      sum += b & 0xff;
      signed += b;
    }
    return digits && (sum == stated || signed == stated);
  }

  private static boolean starts(byte[] head, int... bytes) {
    if (head.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((head[i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
