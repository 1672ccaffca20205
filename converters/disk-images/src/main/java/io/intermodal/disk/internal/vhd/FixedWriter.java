package io.intermodal.disk.internal.vhd;

import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.WriteSettings;
import java.nio.ByteBuffer;

/**
 * Writes data where it belongs and leaves holes between, or zeros on a stream; then the footer,
 * without which it is no VHD.
 */
final class FixedWriter implements ExtentWriter {

  private final ByteTarget target;
  private final WriteSettings settings;

  FixedWriter(ByteTarget target, WriteSettings settings) {
    this.target = target;
    this.settings = settings;
  }

  @Override
  public Encoding wanted() {
    return Encoding.RAW;
  }

  @Override
  public void write(Extent extent) {
    target.writeInPlace(extent);
  }

  @Override
  public void finish() {
    long size = settings.virtualSizeBytes();
    if (!target.seekable()) {
      target.extendTo(size);
    }
    target.write(ByteBuffer.wrap(Footer.forWriting(VhdType.FIXED, settings).bytes()), size);
    target.flush();
  }
}
