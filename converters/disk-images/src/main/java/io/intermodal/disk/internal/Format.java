package io.intermodal.disk.internal;

import io.intermodal.disk.CheckReport;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.ImageOption;
import io.intermodal.disk.ImageOptions;
import java.util.Set;
import java.util.function.Consumer;

/** One format: how it is recognised, read and written. Stateless. */
public interface Format {

  /** Returns its name. */
  DiskFormat id();

  /** Tells whether an image starts like this format. */
  boolean recognises(Head head);

  /** Opens an image; reads its header, not its data. */
  ExtentReader open(SourceBytes source, ReadSettings settings);

  /**
   * Looks for what reading the content does not show, such as reference counts; called once the
   * content was read. What cannot be read on the way may be thrown as damage.
   *
   * @param source has random access
   */
  default void check(
      SourceBytes source, ReadSettings settings, Consumer<CheckReport.Problem> problems) {}

  /** Tells whether images are written, not only read. */
  default boolean isWritable() {
    return true;
  }

  /** Tells whether an image is one file, which may then be a member, a channel or a stream. */
  default boolean isOneFile() {
    return true;
  }

  /** Lists the options that are obeyed when one is written. */
  default Set<ImageOption> options() {
    return Set.of();
  }

  /**
   * Returns the size that a disk gets in this format: the same, or the next larger one that it can
   * hold.
   */
  default long sizeFor(long virtualSizeBytes, ImageOptions options) {
    return virtualSizeBytes;
  }

  /** Tells whether an image is written front to back, to a seekable target or to a stream. */
  boolean writesInOrder(boolean seekable);

  /** Starts an image. */
  ExtentWriter create(ByteTarget target, WriteSettings settings);
}
