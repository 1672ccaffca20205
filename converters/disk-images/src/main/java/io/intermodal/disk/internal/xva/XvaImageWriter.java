package io.intermodal.disk.internal.xva;

import io.intermodal.disk.XvaChecksum;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.WriteSettings;

/** Writes an export of one disk, with the plainest machine that can have it. */
final class XvaImageWriter implements ExtentWriter {

  private final TarOutput tar;
  private final ChunkWriter chunks;

  XvaImageWriter(ByteTarget target, WriteSettings settings) {
    this.tar = new TarOutput(target, PlainMachine.ovaXml(settings));
    this.chunks =
        new ChunkWriter(tar, PlainMachine.DISK, settings.virtualSizeBytes(), XvaChecksum.XXHASH);
  }

  @Override
  public Encoding wanted() {
    return chunks.wanted();
  }

  @Override
  public void write(Extent extent) {
    chunks.write(extent);
  }

  @Override
  public void finish() {
    chunks.finish();
    tar.end();
  }
}
