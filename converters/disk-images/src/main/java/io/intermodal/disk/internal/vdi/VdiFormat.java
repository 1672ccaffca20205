package io.intermodal.disk.internal.vdi;

import io.intermodal.disk.DiskFormat;
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

/** VirtualBox's format: read dynamic and static, written dynamic. */
public final class VdiFormat implements Format {

  @Override
  public DiskFormat id() {
    return DiskFormat.VDI;
  }

  @Override
  public boolean recognises(Head head) {
    return head.intAt(VdiHeader.MAGIC_AT, ByteOrder.LITTLE_ENDIAN) == VdiHeader.MAGIC;
  }

  @Override
  public ExtentReader open(SourceBytes source, ReadSettings settings) {
    StoredBytes file = source.requireStored("a VDI", "its blocks are in any order");
    VdiHeader header = VdiHeader.read(file);
    if (!settings.digests().isEmpty()) {
      // Blocks are read in the guest's order, which is not the order of the file.
      source.sequential(settings.digests()).drain(settings.cancellation());
    }
    return new VdiReader(file, header, settings.cancellation());
  }

  @Override
  public boolean writesInOrder(boolean seekable) {
    return false;
  }

  @Override
  public ExtentWriter create(ByteTarget target, WriteSettings settings) {
    return new VdiWriter(target, settings);
  }
}
