package io.intermodal.disk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a disk of an export in memory, by the rules of the format and with nothing of ours. */
final class XvaReReader {

  private XvaReReader() {}

  static byte[] read(byte[] archive, String reference, int size) {
    byte[] disk = new byte[size];
    int unit = -1;
    long offset = 0;
    int last = -1;
    String before = "";
    for (int at = 0; archive[at] != 0; ) {
      String name = text(archive, at, 100);
      int length = Integer.parseInt(text(archive, at + 124, 12).strip(), 8);
      boolean chunk = name.contains("/") && !name.contains(".");
      if (chunk) {
        unit = unit < 0 ? length : unit;
        if (name.compareTo(before) <= 0) {
          throw new AssertionError(name + " comes behind " + before);
        }
        before = name;
      }
      if (chunk && name.startsWith(reference + "/") && offset < size) {
        int number = Integer.parseInt(name.substring(name.indexOf('/') + 1));
        offset += (long) unit * (number - last - 1);
        System.arraycopy(
            archive, at + 512, disk, (int) offset, (int) Math.min(length, size - offset));
        offset += length;
        last = number;
      }
      at += 512 + (length + 511) / 512 * 512;
    }
    if (offset < size) {
      throw new AssertionError("the disk ends at " + offset);
    }
    return disk;
  }

  private static String text(byte[] bytes, int from, int most) {
    String all = new String(Arrays.copyOfRange(bytes, from, from + most), StandardCharsets.UTF_8);
    int end = all.indexOf('\0');
    return end < 0 ? all : all.substring(0, end);
  }
}
