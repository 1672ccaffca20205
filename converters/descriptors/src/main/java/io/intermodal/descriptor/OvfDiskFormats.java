package io.intermodal.descriptor;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says which names of disk formats in a descriptor mean a raw disk. */
public final class OvfDiskFormats {

  /** The URIs and words by which producers name raw disks; OVF has none of its own. */
  private static final Set<String> RAW =
      Set.of(
          "raw",
          "http://en.wikipedia.org/wiki/byte",
          "http://www.ibm.com/xmlns/ovf/diskformat/power.raw");

  private OvfDiskFormats() {}

  /**
   * Tells whether a descriptor says that a disk is raw. Any other format is told by the content of
   * the disk, which a guest cannot choose then.
   *
   * @param format the value of {@code Disk@format}; null when there is none
   */
  public static boolean namesRaw(@Nullable String format) {
    return format != null && RAW.contains(format.toLowerCase(Locale.ROOT));
  }
}
