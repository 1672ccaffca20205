package io.intermodal.driver.libvirt;

import java.nio.charset.StandardCharsets;

/** Makes names of volumes from names of machines and disks, which may hold anything. */
final class VolumeNames {

  /** A file name has at most 255 bytes; some are left for a number and an extension. */
  private static final int MAX_BYTES = 200;

  private VolumeNames() {}

  /**
   * Returns a name that is a plain file name: a slash, a control character, a half of a surrogate
   * pair, and a dot or dash at the start are underscores; too long a name is cut off.
   */
  static String of(String machine, String disk, String extension) {
    StringBuilder name = new StringBuilder();
    int bytes = 0;
    for (int c : (machine + "-" + disk).codePoints().toArray()) {
      boolean leading = name.isEmpty() && (c == '.' || c == '-');
      boolean bad =
          c == '/'
              || Character.isISOControl(c)
              || (c >= 0xD800 && c <= 0xDFFF)
              || c == 0xFFFE
              || c == 0xFFFF;
      String next = bad || leading ? "_" : Character.toString(c);
      bytes += next.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        break;
      }
      name.append(next);
    }
    return name + "." + extension;
  }

  /** Returns the same name with a number before its extension. */
  static String numbered(String name, int number) {
    int dot = name.lastIndexOf('.');
    return name.substring(0, dot) + "-" + number + name.substring(dot);
  }
}
