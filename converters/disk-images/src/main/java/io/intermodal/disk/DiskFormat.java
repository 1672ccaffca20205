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

  /** VMware's sparse extent without compression, tables in front; what hosted products run from. */
  public static final DiskFormat VMDK_MONOLITHIC_SPARSE = new DiskFormat("vmdk-monolithicSparse");

  /** A VMDK descriptor with one flat extent beside it, as hosted products write it. */
  public static final DiskFormat VMDK_MONOLITHIC_FLAT = new DiskFormat("vmdk-monolithicFlat");

  /** A VMDK descriptor with one flat extent beside it, as it lies on a VMFS datastore. */
  public static final DiskFormat VMDK_VMFS = new DiskFormat("vmdk-vmfs");

  /** A VMDK descriptor with sparse extents of at most 2 GiB; read only. */
  public static final DiskFormat VMDK_TWO_GB_SPARSE = new DiskFormat("vmdk-twoGbMaxExtentSparse");

  /** A VMDK descriptor with flat extents of at most 2 GiB; read only. */
  public static final DiskFormat VMDK_TWO_GB_FLAT = new DiskFormat("vmdk-twoGbMaxExtentFlat");

  /** Microsoft's VHD with all data stored: the guest's bytes and a footer (VHD 1.0, 2006). */
  public static final DiskFormat VHD_FIXED = new DiskFormat("vhd-fixed");

  /** Microsoft's VHD that grows with its data (VHD 1.0, 2006). */
  public static final DiskFormat VHD_DYNAMIC = new DiskFormat("vhd-dynamic");

  /** Microsoft's VHD that holds the changes to a parent; read only, and only when asked. */
  public static final DiskFormat VHD_DIFFERENCING = new DiskFormat("vhd-differencing");

  /** Hyper-V's format ([MS-VHDX]). */
  public static final DiskFormat VHDX = new DiskFormat("vhdx");

  /** VirtualBox's format. */
  public static final DiskFormat VDI = new DiskFormat("vdi");

  /**
   * XenServer's export: a tar of chunks of 1 MiB, each with its checksum. One with a single disk is
   * read as that disk; see {@link XvaArchive} for others. A disk that is written as one gets a
   * machine of one processor, 1 GiB and BIOS around it; see {@link XvaWriter} for others.
   */
  public static final DiskFormat XVA = new DiskFormat("xva");

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
