package io.intermodal.ovf.packaging;

import java.io.ByteArrayInputStream;

/** Is a source that gives so many bytes at a read at most, and never says that more are there. */
final class Trickle extends ByteArrayInputStream {

  private final int most;

  Trickle(byte[] bytes, int most) {
    super(bytes);
    this.most = most;
  }

  @Override
  public synchronized int read(byte[] buffer, int offset, int length) {
    return super.read(buffer, offset, Math.min(length, most));
  }

  @Override
  public synchronized int available() {
    return 0;
  }
}
