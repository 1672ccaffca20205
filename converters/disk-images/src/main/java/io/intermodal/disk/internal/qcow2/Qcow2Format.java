package io.intermodal.disk.internal.qcow2;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.Head;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.WriteSettings;
import java.nio.ByteOrder;

/** QEMU's format: read in versions 2 and 3, written in version 3 with clusters of 64 KiB. */
public final class Qcow2Format implements Format {

  @Override
  public DiskFormat id() {
    return DiskFormat.QCOW2;
  }

  @Override
  public boolean recognises(Head head) {
    int version = head.intAt(4, ByteOrder.BIG_ENDIAN);
    return head.intAt(0, ByteOrder.BIG_ENDIAN) == Qcow2Header.MAGIC && version != 1;
  }

  @Override
  public ExtentReader open(SourceBytes source, ReadSettings settings) {
    StoredBytes file = source.stored();
    if (file == null) {
      throw Problems.refuse(
          DiskError.FORMAT_UNSUPPORTED,
          source.name(),
          "qcow2 cannot be read from a stream, its tables may be anywhere; store it first");
    }
    Qcow2Header header = Qcow2Header.read(file);
    if (!settings.digests().isEmpty()) {
      // Clusters are read in the guest's order, which is not the order of the file.
      source.sequential(settings.digests()).drain(settings.cancellation());
    }
    return new Qcow2Reader(file, header, settings.cancellation());
  }

  @Override
  public boolean writesInOrder(boolean seekable) {
    return false;
  }

  @Override
  public ExtentWriter create(ByteTarget target, WriteSettings settings) {
    return new Qcow2Writer(target, settings);
  }
}
