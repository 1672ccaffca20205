package io.intermodal.disk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** Makes a streamOptimized image by hand: any size of grain, no footer, entries for zeros. */
final class StreamVmdk {

  private static final int SECTOR = 512;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private StreamVmdk() {}

  /**
   * Lays out one grain table.
   *
   * @param zeroGrain the grain whose entry says that it is zeros
   */
  static byte[] of(int grainSectors, int capacity, Map<Integer, byte[]> grains, int zeroGrain) {
    StreamVmdk image = new StreamVmdk();
    ByteBuffer header = little(SECTOR);
    header.putInt(0x564D444B).putInt(2).putInt(0x30005).putLong(capacity).putLong(grainSectors);
    header.putLong(0).putLong(0).putInt(512).putLong(0).putLong(-1).putLong(128);
    header.put((byte) 1).put(new byte[] {'\n', ' ', '\r', '\n'}).putShort((short) 1);
    image.put(header);
    image.out.writeBytes(new byte[127 * SECTOR]);
    ByteBuffer table = little(4 * SECTOR).putInt(zeroGrain * 4, 1);
    grains.forEach(
        (number, bytes) -> {
          byte[] zlib = Sample.zlib(bytes);
          table.putInt(number * 4, image.sector());
          int length = (12 + zlib.length + 511) / 512 * 512;
          image.put(
              little(length).putLong((long) number * grainSectors).putInt(zlib.length).put(zlib));
        });
    image.put(little(SECTOR).putLong(4).putInt(0).putInt(1));
    int tableAt = image.sector();
    image.put(table);
    image.put(little(SECTOR).putLong(1).putInt(0).putInt(2));
    image.put(little(SECTOR).putInt(tableAt));
    image.put(little(SECTOR));
    return image.out.toByteArray();
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void put(ByteBuffer bytes) {
    byte[] all = new byte[bytes.capacity()];
    bytes.clear().get(all);
    out.writeBytes(all);
  }

  private int sector() {
    return out.size() / SECTOR;
  }
}
