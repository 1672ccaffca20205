package io.intermodal.evaluate;

/**
 * A file system that is mounted in the guest; one entry of test 2.2.c.
 *
 * @param path the mount point, or a drive such as {@code C:}
 * @param bytes the size of the file system in bytes, 0 or more
 */
public record Mount(String path, long bytes) {
  /**
   * @throws IllegalArgumentException if the path is blank or the size negative
   */
  public Mount {
    Checks.text(path, "path");
    Checks.range(bytes, 0, Long.MAX_VALUE, "bytes");
  }

  String describe() {
    return path + " of " + bytes + " bytes";
  }
}
