package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.intermodal.disk.internal.Geometry;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Writes descriptors.
 *
 * @param createType what kind of disk it is
 * @param capacity of the disk, in sectors
 * @param extentLine the one extent
 * @param adapter what the disk is attached to
 * @param seed makes the content identifier differ
 */
record DescriptorText(
    String createType, long capacity, String extentLine, AdapterType adapter, long seed) {

  /** How much room VMware leaves for one inside an image. */
  static final int SECTORS = 20;

  private static final long NO_CONTENT = 0xFFFFFFFEL;
  private static final int MAX_NAME = 240;

  String text() {
    return """
    # Disk DescriptorFile
    version=1
    CID=%08x
    parentCID=ffffffff
    createType="%s"

    # Extent description
    %s

    # The Disk Data Base
    #DDB

    ddb.virtualHWVersion = "13"
    ddb.geometry.cylinders = "%d"
    ddb.geometry.heads = "%d"
    ddb.geometry.sectors = "%d"
    ddb.adapterType = "%s"
    """
        .formatted(
            contentId(capacity, seed),
            createType,
            extentLine,
            adapter.cylinders(capacity),
            adapter.heads(),
            AdapterType.SECTORS,
            adapter);
  }

  /** Returns the text as it stands in a file of its own. */
  byte[] bytes() {
    return text().getBytes(UTF_8);
  }

  /** Returns the text padded to the sectors it takes inside an image. */
  byte[] padded() {
    return padded(bytes());
  }

  static byte[] padded(byte[] text) {
    int length = (int) Geometry.roundUp(text.length, SECTOR);
    return Arrays.copyOf(text, Math.max(SECTORS * SECTOR, length));
  }

  /** Makes a name that a descriptor can hold and that is plain in every folder. */
  static String plain(String fileName) {
    String plain = fileName.replaceAll("[\\p{Cntrl}\"\\\\/:]", "_");
    int from = 0;
    // A file's name may take 255 bytes, and something is put behind this one.
    while (plain.substring(from).getBytes(UTF_8).length > MAX_NAME) {
      from = plain.offsetByCodePoints(from, 1);
    }
    return plain.substring(from);
  }

  /** The identifier comes from size and seed alone, for it is written before the content. */
  static long contentId(long capacity, long seed) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(ByteBuffer.allocate(16).putLong(capacity).putLong(seed).array());
      long id = Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt());
      // The last two values mean "no content" and "no parent".
      return id >= NO_CONTENT ? 1 : id;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
