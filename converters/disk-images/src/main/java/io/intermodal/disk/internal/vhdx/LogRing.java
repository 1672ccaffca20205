package io.intermodal.disk.internal.vhdx;

import io.intermodal.disk.internal.StoredBytes;

/** The bytes of the log as a ring: behind its end comes its start. */
final class LogRing {

  private final StoredBytes file;
  private final long offset;
  private final int length;

  LogRing(StoredBytes file, VhdxHeader header) {
    this.file = file;
    this.offset = header.logOffset();
    this.length = Math.toIntExact(header.logLength());
  }

  int length() {
    return length;
  }

  /** Returns the place that is {@code distance} bytes behind another. */
  int after(int at, int distance) {
    return (int) ((at + (long) distance) % length);
  }

  /** Returns where in the file a place of the ring is. */
  long inFile(int at) {
    return offset + at;
  }

  /** Reads bytes from anywhere, no more than the ring is long. */
  void read(int at, byte[] into, int size) {
    int first = Math.min(size, length - at);
    file.read(offset + at, into, 0, first, "log");
    if (first < size) {
      file.read(offset, into, first, size - first, "log");
    }
  }
}
