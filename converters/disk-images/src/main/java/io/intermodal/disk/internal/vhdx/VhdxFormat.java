package io.intermodal.disk.internal.vhdx;

import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.ImageOption;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.Head;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.WriteSettings;
import java.util.Set;

/** Hyper-V's format: fixed and dynamic images are read, with their log; dynamic ones written. */
public final class VhdxFormat implements Format {

  @Override
  public DiskFormat id() {
    return DiskFormat.VHDX;
  }

  @Override
  public boolean recognises(Head head) {
    return head.has(0, Vhdx.FILE_SIGNATURE);
  }

  @Override
  public ExtentReader open(SourceBytes source, ReadSettings settings) {
    StoredBytes file = source.requireStored("VHDX", "its blocks may be in any order");
    VhdxHeader header = VhdxHeader.read(file);
    LogReplay.Outcome replayed = LogReplay.run(file, header);
    RegionTable regions = RegionTable.read(replayed.bytes());
    Metadata metadata = Metadata.read(replayed.bytes(), regions.metadata());
    BlockTable blocks =
        new BlockTable(replayed.bytes(), header, regions, metadata, settings.cancellation());
    if (!settings.digests().isEmpty()) {
      // Blocks are read in the guest's order, which is not the order of the file.
      source.sequential(settings.digests()).drain(settings.cancellation());
    }
    return new VhdxReader(replayed, file.size(), metadata, blocks);
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
    return new VhdxWriter(target, settings);
  }
}
