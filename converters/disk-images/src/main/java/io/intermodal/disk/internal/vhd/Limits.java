package io.intermodal.disk.internal.vhd;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Problems;

/** How large a VHD may be. */
final class Limits {

  /** The most that Hyper-V, XenServer and QEMU take. */
  static final long MOST_BYTES = 2040L << 30;

  private Limits() {}

  static void check(ByteTarget target, long virtualSizeBytes) {
    if (virtualSizeBytes > MOST_BYTES) {
      throw Problems.cannotWrite(
          DiskError.TOO_LARGE,
          target.name(),
          "the disk has "
              + virtualSizeBytes
              + " bytes, a VHD holds at most 2040 GiB; choose VHDX instead");
    }
  }
}
