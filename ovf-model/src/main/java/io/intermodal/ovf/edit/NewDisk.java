package io.intermodal.ovf.edit;

import io.intermodal.ovf.EnvelopeDraft.DraftDisk;
import org.jspecify.annotations.Nullable;

/**
 * Describes a disk to be put into an envelope.
 *
 * @param id null to have a free one chosen
 * @param fileName the name in the package, not percent-encoded; null for a blank disk
 * @param fileBytes the size as stored; null when not known
 * @param capacityBytes what the guest sees
 * @param format the URI of the format; null for a blank disk
 * @param populatedBytes null when not known
 * @param controller the InstanceID of the controller; null to have one with a free address chosen
 */
public record NewDisk(
    @Nullable String id,
    @Nullable String fileName,
    @Nullable Long fileBytes,
    long capacityBytes,
    @Nullable String format,
    @Nullable Long populatedBytes,
    @Nullable String controller) {

  /** Validates the sizes. */
  public NewDisk {
    if (capacityBytes < 1 || (fileBytes != null && fileBytes < 0)) {
      throw new IllegalArgumentException("sizes must be positive");
    }
  }

  /** Describes a disk that is made empty at deployment. */
  public static NewDisk blank(long capacityBytes) {
    return new NewDisk(null, null, null, capacityBytes, null, null, null);
  }

  /** Describes a disk in a stream-optimised VMDK file. */
  public static NewDisk vmdk(String fileName, long fileBytes, long capacityBytes) {
    return new NewDisk(
        null, fileName, fileBytes, capacityBytes, DraftDisk.STREAM_OPTIMIZED, null, null);
  }
}
