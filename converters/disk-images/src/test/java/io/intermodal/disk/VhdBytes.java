package io.intermodal.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Changes images of VHD by hand. */
final class VhdBytes {

  private static final int HEADER = 512;
  private static final int TYPE_AT = 60;
  private static final int UUID_AT = 68;

  private VhdBytes() {}

  /** Makes the checksum of a structure right. */
  static void sum(ByteBuffer image, int at, int length, int checksumAt) {
    image.putInt(at + checksumAt, 0);
    int sum = 0;
    for (int i = at; i < at + length; i++) {
      sum += image.get(i) & 0xFF;
    }
    image.putInt(at + checksumAt, ~sum);
  }

  /**
   * Turns a dynamic image into a differencing one whose parent has the identifier of {@code parent}
   * and the path {@code reference}, in a locator of its own behind the last block.
   */
  static byte[] childOf(Path parentFile, byte[] parent, String reference, byte[] dynamic) {
    byte[] path = reference.getBytes(StandardCharsets.UTF_16LE);
    int locator = dynamic.length - 512;
    ByteBuffer b = ByteBuffer.allocate(dynamic.length + 1024);
    b.put(dynamic, 0, locator).put(path);
    b.put(locator + 1024, dynamic, locator, 512);
    b.put(HEADER + 40, parent, UUID_AT, 16);
    byte[] name = parentFile.getFileName().toString().getBytes(StandardCharsets.UTF_16BE);
    b.put(HEADER + 64, name);
    b.put(HEADER + 576, "W2ru".getBytes(StandardCharsets.US_ASCII));
    b.putInt(HEADER + 580, 2).putInt(HEADER + 584, path.length).putLong(HEADER + 592, locator);
    sum(b, HEADER, 1024, 36);
    byte[] uuid = Arrays.copyOfRange(dynamic, UUID_AT, UUID_AT + 16);
    uuid[0] ^= 0x55;
    for (int footer : new int[] {0, locator + 1024}) {
      b.putInt(footer + TYPE_AT, 4).put(footer + UUID_AT, uuid);
      sum(b, footer, 512, 64);
    }
    return b.array();
  }

  /** Makes one that changes the disk to what it is already. */
  static byte[] childOf(Path parentFile, byte[] parent, String reference) {
    return childOf(parentFile, parent, reference, parent);
  }

  /** Returns where the bitmap of a block is; 0 when the block is not stored. */
  static int bitmapOf(byte[] image, int block) {
    int sector = ByteBuffer.wrap(image).getInt(1536 + 4 * block);
    return sector == -1 ? 0 : sector * 512;
  }
}
