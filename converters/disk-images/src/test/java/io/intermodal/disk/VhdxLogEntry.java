package io.intermodal.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds an entry of a VHDX log ([MS-VHDX] 2.3.1). */
final class VhdxLogEntry {

  private final long sequence;
  private final int tail;
  private final long fileSize;
  private final List<ByteBuffer> descriptors = new ArrayList<>();
  private final List<ByteBuffer> sectors = new ArrayList<>();
  private long lastFileOffset;

  VhdxLogEntry(long sequence, int tail, long fileSize) {
    this.sequence = sequence;
    this.tail = tail;
    this.fileSize = fileSize;
    this.lastFileOffset = fileSize;
  }

  VhdxLogEntry data(long offset, byte[] sector) {
    ByteBuffer content = VhdxImage.little(4096).put(0, sector);
    ByteBuffer descriptor = VhdxImage.little(32);
    descriptor.put(0, "desc".getBytes(StandardCharsets.US_ASCII));
    descriptor.putInt(4, content.getInt(4092));
    descriptor.putLong(8, content.getLong(0));
    descriptor.putLong(16, offset);
    descriptor.putLong(24, sequence);
    descriptors.add(descriptor);
    content.put(0, "data".getBytes(StandardCharsets.US_ASCII));
    content.putInt(4, (int) (sequence >>> 32));
    content.putInt(4092, (int) sequence);
    sectors.add(content);
    return this;
  }

  VhdxLogEntry zero(long offset, long length) {
    ByteBuffer descriptor = VhdxImage.little(32);
    descriptor.put(0, "zero".getBytes(StandardCharsets.US_ASCII));
    descriptor.putLong(8, length);
    descriptor.putLong(16, offset);
    descriptor.putLong(24, sequence);
    descriptors.add(descriptor);
    return this;
  }

  VhdxLogEntry makesFile(long bytes) {
    lastFileOffset = bytes;
    return this;
  }

  ByteBuffer build() {
    int front = (64 + 32 * descriptors.size() + 4095) / 4096 * 4096;
    ByteBuffer entry = VhdxImage.little(front + 4096 * sectors.size());
    entry.put(0, "loge".getBytes(StandardCharsets.US_ASCII));
    entry.putInt(8, entry.capacity());
    entry.putInt(12, tail);
    entry.putLong(16, sequence);
    entry.putInt(24, descriptors.size());
    entry.put(32, VhdxImage.LOG_GUID);
    entry.putLong(48, fileSize);
    entry.putLong(56, lastFileOffset);
    for (int i = 0; i < descriptors.size(); i++) {
      entry.put(64 + 32 * i, descriptors.get(i).array());
    }
    for (int i = 0; i < sectors.size(); i++) {
      entry.put(front + 4096 * i, sectors.get(i).array());
    }
    return VhdxImage.sealed(entry);
  }
}
