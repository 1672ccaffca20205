package io.intermodal.disk;

import java.util.OptionalLong;

/**
 * Says whether a guest would see the same on two disks.
 *
 * @param sizeBytes the size of the one
 * @param otherSizeBytes the size of the other
 * @param firstDifference the first of the guest's bytes that differs within the size of both, or
 *     that is not zero behind the end of the smaller one; empty when there is none
 */
public record Comparison(long sizeBytes, long otherSizeBytes, OptionalLong firstDifference) {

  /** Tells whether the content is the same; one disk may then still be longer, by zeros. */
  public boolean sameContent() {
    return firstDifference.isEmpty();
  }

  /** Tells whether content and size are the same. */
  public boolean identical() {
    return sameContent() && sizeBytes == otherSizeBytes;
  }
}
