package io.intermodal.disk.internal.raw;

import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentWriter;

/** Writes data where it belongs and leaves holes between, or zeros on a stream. */
final class RawWriter implements ExtentWriter {

  private final ByteTarget target;
  private final long virtualSize;

  RawWriter(ByteTarget target, long virtualSize) {
    this.target = target;
    this.virtualSize = virtualSize;
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
    target.extendTo(virtualSize);
    target.flush();
  }
}
