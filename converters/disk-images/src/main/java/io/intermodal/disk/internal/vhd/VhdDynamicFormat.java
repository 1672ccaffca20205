package io.intermodal.disk.internal.vhd;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.ImageOption;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.Head;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.WriteSettings;
import java.util.Set;

/** The VHD that grows: blocks of 2 MiB, or of 512 KiB when asked for. */
public final class VhdDynamicFormat implements Format {

  private static final int BLOCK = 2 * 1024 * 1024;
  private static final int SMALL_BLOCK = 512 * 1024;

  @Override
  public DiskFormat id() {
    return DiskFormat.VHD_DYNAMIC;
  }

  @Override
  public boolean recognises(Head head) {
    return VhdType.of(head) == VhdType.DYNAMIC;
  }

  @Override
  public ExtentReader open(SourceBytes source, ReadSettings settings) {
    DynamicReader reader = DynamicReader.open(source, settings, VhdType.DYNAMIC);
    DynamicReader.drain(source, settings);
    return reader;
  }

  @Override
  public Set<ImageOption> options() {
    return Set.of(ImageOption.CLUSTER_BYTES);
  }

  @Override
  public boolean writesInOrder(boolean seekable) {
    return false;
  }

  @Override
  public ExtentWriter create(ByteTarget target, WriteSettings settings) {
    int blockBytes = settings.options().clusterBytes().orElse(BLOCK);
    if (blockBytes != BLOCK && blockBytes != SMALL_BLOCK) {
      throw Problems.cannotWrite(
          DiskError.OPTION_UNSUPPORTED,
          target.name(),
          "blocks of a VHD are of 2 MiB or 512 KiB, not of " + blockBytes + " bytes");
    }
    return new DynamicWriter(target, settings, blockBytes);
  }
}
