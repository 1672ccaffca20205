package io.intermodal.disk;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Names a disk-image format. The set is open: a value may name a format that this version does not
 * read or write, and what is done with it then fails with {@link DiskError#FORMAT_UNSUPPORTED}.
 *
 * @param id the stable name, as in the constants: letters, digits and hyphens
 */
public record DiskFormat(String id) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

  /** The guest's bytes and nothing else. */
  public static final DiskFormat RAW = new DiskFormat("raw");

  /** VMware's compressed sparse extent, as in OVF packages ("Virtual Disk Format" 5.0). */
  public static final DiskFormat VMDK_STREAM_OPTIMIZED = new DiskFormat("vmdk-streamOptimized");

  /** QEMU's copy-on-write format, versions 2 and 3 (QEMU docs/interop/qcow2). */
  public static final DiskFormat QCOW2 = new DiskFormat("qcow2");

  /** Validates the name. */
  public DiskFormat {
    Objects.requireNonNull(id, "id");
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("id must be letters, digits and hyphens: " + id);
    }
  }

  @Override
  public String toString() {
    return id;
  }
}
