package io.intermodal.disk.internal.vmdk;

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
import java.nio.ByteOrder;
import java.util.Set;

/** The compressed sparse extent that OVF packages hold, in VMware's layout and in QEMU's. */
public final class StreamOptimizedFormat implements Format {

  @Override
  public DiskFormat id() {
    return DiskFormat.VMDK_STREAM_OPTIMIZED;
  }

  @Override
  public boolean recognises(Head head) {
    int flags = SparseHeader.COMPRESSED_GRAINS | SparseHeader.MARKERS;
    return head.has(0, "KDMV") && (head.intAt(8, ByteOrder.LITTLE_ENDIAN) & flags) == flags;
  }

  @Override
  public ExtentReader open(SourceBytes source, ReadSettings settings) {
    StoredBytes stored = source.stored();
    if (settings.lenient() && stored != null) {
      ExtentReader byTables = TableOrderReader.open(source, stored, settings);
      if (byTables != null) {
        return byTables;
      }
    }
    return StreamOptimizedReader.open(source, settings);
  }

  @Override
  public Set<ImageOption> options() {
    return Set.of(ImageOption.ADAPTER_TYPE);
  }

  @Override
  public boolean writesInOrder(boolean seekable) {
    return true;
  }

  @Override
  public ExtentWriter create(ByteTarget target, WriteSettings settings) {
    return StreamOptimizedWriter.create(target, settings);
  }
}
