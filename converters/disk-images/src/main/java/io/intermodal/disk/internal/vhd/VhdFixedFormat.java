package io.intermodal.disk.internal.vhd;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.ImageOption;
import io.intermodal.disk.ImageOptions;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Head;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.WriteSettings;
import java.util.Set;

/** The guest's bytes and a footer of 512 bytes; what Azure takes, when the size is right. */
public final class VhdFixedFormat implements Format {

  private static final long MEBIBYTE = 1 << 20;
  private static final long AZURE_LEAST_BYTES = 20 * MEBIBYTE;
  private static final long AZURE_MOST_BYTES = 32L << 40;

  @Override
  public DiskFormat id() {
    return DiskFormat.VHD_FIXED;
  }

  @Override
  public boolean recognises(Head head) {
    return VhdType.of(head) == VhdType.FIXED;
  }

  @Override
  public ExtentReader open(SourceBytes source, ReadSettings settings) {
    return FixedReader.open(source, settings);
  }

  @Override
  public Set<ImageOption> options() {
    return Set.of(ImageOption.WHOLE_MEBIBYTES);
  }

  @Override
  public long sizeFor(long virtualSizeBytes, ImageOptions options) {
    return options.wholeMebibytes()
        ? Geometry.roundUp(virtualSizeBytes, MEBIBYTE)
        : virtualSizeBytes;
  }

  @Override
  public boolean writesInOrder(boolean seekable) {
    return !seekable;
  }

  @Override
  public ExtentWriter create(ByteTarget target, WriteSettings settings) {
    checkSize(target, settings);
    return new FixedWriter(target, settings);
  }

  private static void checkSize(ByteTarget target, WriteSettings settings) {
    long size = settings.virtualSizeBytes();
    if (!settings.options().wholeMebibytes()) {
      Limits.check(target, size);
      return;
    }
    if (size < AZURE_LEAST_BYTES) {
      throw Problems.cannotWrite(
          DiskError.OPTION_UNSUPPORTED,
          target.name(),
          "the disk has " + size + " bytes and Azure takes none under 20 MiB; make it larger");
    }
    if (size > AZURE_MOST_BYTES) {
      throw Problems.cannotWrite(
          DiskError.TOO_LARGE,
          target.name(),
          "the disk has " + size + " bytes and Azure takes none over 32 TiB");
    }
  }
}
