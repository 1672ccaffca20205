package io.intermodal.disk.internal;

import io.intermodal.disk.DiskFormat;
import org.jspecify.annotations.Nullable;

/** Opens the files that an overlay is based on, as far as the caller of the library allowed it. */
public interface Backing {

  /**
   * Opens what an overlay refers to; closed with the source of the overlay.
   *
   * @param overlay the name of the image that refers, for messages
   * @param at where in it the reference stands
   * @param reference what the image says: a path of the machine that wrote it
   * @param format what the image says its base is, or a family of formats such as {@code vmdk}, of
   *     which the content tells the one; null when it does not say, and then only the content
   *     tells, which is never taken for raw
   * @throws io.intermodal.IntermodalException {@code REFERS_TO_ANOTHER_FILE}, naming the reference,
   *     when it was not asked for or leads out of the folder that was named
   */
  ExtentReader open(String overlay, long at, String reference, @Nullable DiskFormat format);

  /** Returns the one that follows nothing. */
  static Backing refused() {
    return (overlay, at, reference, format) -> {
      throw Problems.refersTo(overlay, at, reference);
    };
  }
}
