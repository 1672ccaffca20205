package io.intermodal.disk.internal;

import io.intermodal.disk.DiskFormat;

/** One format: how it is recognised, read and written. Stateless. */
public interface Format {

  /** Returns its name. */
  DiskFormat id();

  /** Tells whether an image starts like this format. */
  boolean recognises(Head head);

  /** Opens an image; reads its header, not its data. */
  ExtentReader open(SourceBytes source, ReadSettings settings);

  /** Tells whether an image is written front to back, to a seekable target or to a stream. */
  boolean writesInOrder(boolean seekable);

  /** Starts an image. */
  ExtentWriter create(ByteTarget target, WriteSettings settings);
}
