package io.intermodal.disk.internal.xva;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.ImageOptions;
import io.intermodal.disk.XvaChecksum;
import io.intermodal.disk.XvaDisk;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.Head;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.WriteSettings;

/** One disk of an export that is being written: its chunks follow what the archive has so far. */
public final class ArchivedDisk implements Format {

  private final XvaFormat format = new XvaFormat();
  private final TarOutput tar;
  private final XvaDisk disk;
  private final XvaChecksum checksum;

  /** Names the disk as the description does. */
  public ArchivedDisk(TarOutput tar, XvaDisk disk, XvaChecksum checksum) {
    this.tar = tar;
    this.disk = disk;
    this.checksum = checksum;
  }

  @Override
  public DiskFormat id() {
    return format.id();
  }

  @Override
  public boolean recognises(Head head) {
    return format.recognises(head);
  }

  @Override
  public ExtentReader open(SourceBytes source, ReadSettings settings) {
    return format.open(source, settings);
  }

  @Override
  public long sizeFor(long virtualSizeBytes, ImageOptions options) {
    return format.sizeFor(virtualSizeBytes, options);
  }

  @Override
  public boolean writesInOrder(boolean seekable) {
    return true;
  }

  @Override
  public ExtentWriter create(ByteTarget target, WriteSettings settings) {
    if (settings.virtualSizeBytes() != disk.virtualSizeBytes()) {
      throw Problems.cannotWrite(
          DiskError.OPTION_UNSUPPORTED,
          target.name(),
          "ova.xml says that the disk "
              + disk.reference()
              + " has "
              + disk.virtualSizeBytes()
              + " bytes, and it has "
              + settings.virtualSizeBytes()
              + " in whole MiB; set its virtual_size to that");
    }
    return new ChunkWriter(tar, disk.reference(), settings.virtualSizeBytes(), checksum);
  }
}
