package io.intermodal.disk.internal.raw;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.FlatReader;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.Head;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.WriteSettings;
import java.util.List;
import java.util.Map;

/** The guest's bytes, one after the other; zeros become holes where the target can have them. */
public final class RawFormat implements Format {

  @Override
  public DiskFormat id() {
    return DiskFormat.RAW;
  }

  /** Returns false: a guest decides what its disk starts with, so its caller must name raw. */
  @Override
  public boolean recognises(Head head) {
    return false;
  }

  @Override
  public ExtentReader open(SourceBytes source, ReadSettings settings) {
    if (source.length().isEmpty()) {
      throw Problems.refuse(
          DiskError.FORMAT_UNSUPPORTED,
          source.name(),
          "a stream of a raw disk must come with its length");
    }
    StoredBytes stored = source.stored();
    if (stored != null && settings.digests().isEmpty()) {
      return new FlatReader(stored, stored.size(), Map.of(), List.of(), settings.cancellation());
    }
    return new RawReader(source, settings, source.length().getAsLong());
  }

  @Override
  public boolean writesInOrder(boolean seekable) {
    return !seekable;
  }

  @Override
  public ExtentWriter create(ByteTarget target, WriteSettings settings) {
    return new RawWriter(target, settings.virtualSizeBytes());
  }
}
