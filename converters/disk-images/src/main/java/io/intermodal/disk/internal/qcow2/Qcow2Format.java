package io.intermodal.disk.internal.qcow2;

import io.intermodal.disk.CheckReport;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.ImageOption;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.Head;
import io.intermodal.disk.internal.LayeredReader;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.WriteSettings;
import io.intermodal.disk.internal.qcow2.Qcow2Header.Reference;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.function.Consumer;

/** QEMU's format, read and written in versions 2 and 3; by default in 3 with clusters of 64 KiB. */
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
    StoredBytes file = source.requireStored("qcow2", "its tables may be anywhere");
    Qcow2Header header = HeaderReader.read(file);
    Reference base = header.backing();
    ExtentReader below =
        base == null
            ? null
            : settings.backing().open(file.name(), base.at(), base.name(), base.format());
    if (!settings.digests().isEmpty()) {
      // Clusters are read in the guest's order, which is not the order of the file.
      source.sequential(settings.digests()).drain(settings.cancellation());
    }
    ExtentReader reader = new Qcow2Reader(file, header, settings);
    return below == null ? reader : new LayeredReader(reader, below);
  }

  @Override
  public void check(
      SourceBytes source, ReadSettings settings, Consumer<CheckReport.Problem> problems) {
    StoredBytes file = source.stored();
    if (file != null) {
      Qcow2Check.run(file, settings.cancellation(), problems);
    }
  }

  @Override
  public Set<ImageOption> options() {
    return Set.of(ImageOption.CLUSTER_BYTES, ImageOption.COMPRESSION_TYPE, ImageOption.VERSION);
  }

  @Override
  public boolean writesInOrder(boolean seekable) {
    return false;
  }

  @Override
  public ExtentWriter create(ByteTarget target, WriteSettings settings) {
    return new Qcow2Writer(target, Qcow2Layout.of(target.name(), settings));
  }
}
