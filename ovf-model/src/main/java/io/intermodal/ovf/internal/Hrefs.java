package io.intermodal.ovf.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Judges names of files in packages; what leads out of the package is never opened. */
public final class Hrefs {

  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.\\-]+:.*", Pattern.DOTALL);
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  private static final Pattern CLIMB = Pattern.compile("(?:^|[/\\\\])\\.\\.(?:$|[/\\\\])");

  private Hrefs() {}

  public static boolean remote(String href) {
    return SCHEME.matcher(href).matches() && !DRIVE.matcher(href).matches();
  }

  /** Tells whether a name is absolute, climbs out, or is no name at all. */
  public static boolean unsafe(String name) {
    return name.isEmpty()
        || name.indexOf('\0') >= 0
        || name.startsWith("/")
        || name.startsWith("\\")
        || DRIVE.matcher(name).matches()
        || CLIMB.matcher(name).find();
  }

  /** Strips what has no meaning: {@code ./} in front and between, a second slash. */
  public static String normal(String name) {
    if (!name.contains("./") && !name.contains("//")) {
      return name;
    }
    StringBuilder plain = new StringBuilder(name.length());
    int start = 0;
    while (start < name.length()) {
      int slash = name.indexOf('/', start);
      int end = slash < 0 ? name.length() : slash + 1;
      boolean same = end == start + 2 && slash >= 0 && name.charAt(start) == '.';
      boolean second = end == start + 1 && slash == start && start > 0;
      if (!same && !second) {
        plain.append(name, start, end);
      }
      start = end;
    }
    return plain.toString();
  }

  /** Decodes percent escapes as UTF-8; a percent sign that starts none stays. */
  public static String decoded(String href) {
    if (href.indexOf('%') < 0) {
      return href;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(href.length());
    byte[] in = href.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < in.length; i++) {
      int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
      if (in[i] == '%' && high >= 0 && low >= 0) {
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.write(in[i]);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Encodes what a URI path cannot hold; names in the archive and manifest stay plain. */
  public static String encoded(String name) {
    StringBuilder out = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~/()!,+@=".indexOf(c) >= 0;
      out.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return out.toString();
  }
}
