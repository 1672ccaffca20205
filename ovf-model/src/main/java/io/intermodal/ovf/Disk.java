package io.intermodal.ovf;

import io.intermodal.xml.XmlElement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes a disk (DSP0243 "DiskSection"). What is not stated is null.
 *
 * @param id what devices refer to
 * @param fileRef the id of its file; null for a blank disk that is made at deployment
 * @param capacityText the capacity as written: a number or {@code ${property}}
 * @param capacityUnits the unit as written; null means bytes
 * @param capacityBytes the size the guest sees, in the default configuration; null when it is not
 *     stated or not understood, or named by a property that only other configurations have
 * @param format the URI of the format
 * @param parentRef the id of the disk that this one is the difference to
 * @param populatedBytes the bytes in use, a guess of the writer's
 * @param shared whether several machines may use it at once (2.x)
 * @param readOnly whether machines may only read it; stated of shared disks (2.x)
 * @param element the element as written
 */
public record Disk(
    @Nullable String id,
    @Nullable String fileRef,
    @Nullable String capacityText,
    @Nullable String capacityUnits,
    @Nullable Long capacityBytes,
    @Nullable String format,
    @Nullable String parentRef,
    @Nullable Long populatedBytes,
    boolean shared,
    boolean readOnly,
    XmlElement element) {

  /** Validates the numbers. */
  public Disk {
    Objects.requireNonNull(element, "element");
    if (capacityBytes != null && capacityBytes < 0) {
      throw new IllegalArgumentException("capacityBytes must not be negative: " + capacityBytes);
    }
  }
}
