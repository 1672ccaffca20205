package io.intermodal.disk.internal;

import io.intermodal.Cancellation;
import java.security.MessageDigest;
import java.util.List;

/**
 * What a reader is asked for besides the data.
 *
 * @param digests to be fed with all stored bytes in their order
 * @param cancellation asked while nothing is yielded
 * @param backing opens what an overlay is based on
 * @param activeStateOnly whether snapshots inside the image may be left out
 * @param lenient whether an image that contradicts itself is read by what other readers follow
 */
public record ReadSettings(
    List<MessageDigest> digests,
    Cancellation cancellation,
    Backing backing,
    boolean activeStateOnly,
    boolean lenient) {

  /** Copies the list. */
  public ReadSettings {
    digests = List.copyOf(digests);
  }

  /** Creates settings that do not let snapshots be left out. */
  public ReadSettings(List<MessageDigest> digests, Cancellation cancellation, Backing backing) {
    this(digests, cancellation, backing, false, false);
  }

  /** Creates settings for an image that must not contradict itself. */
  public ReadSettings(
      List<MessageDigest> digests,
      Cancellation cancellation,
      Backing backing,
      boolean activeStateOnly) {
    this(digests, cancellation, backing, activeStateOnly, false);
  }

  /** Returns settings that ask for nothing. */
  public static ReadSettings plain() {
    return new ReadSettings(List.of(), Cancellation.none(), Backing.refused());
  }
}
