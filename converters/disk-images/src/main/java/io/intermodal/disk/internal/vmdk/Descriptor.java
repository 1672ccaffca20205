package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Problems;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The text inside a VMDK that describes it ("Virtual Disk Format" 5.0, "Descriptor File"). */
final class Descriptor {

  static final int SECTORS = 20;

  private static final long NO_PARENT = 0xFFFFFFFFL;

  private Descriptor() {}

  /** Reads the keys of a descriptor, in lower case, and refuses a disk that has a parent. */
  static Map<String, String> parse(String name, long at, byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    Map<String, String> keys = new LinkedHashMap<>();
    for (String line : new String(bytes, 0, end, UTF_8).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        String value = line.substring(equals + 1).strip();
        if (value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
          value = value.substring(1, value.length() - 1);
        }
        keys.putIfAbsent(line.substring(0, equals).strip().toLowerCase(Locale.ROOT), value);
      }
    }
    refuseParent(name, at, keys.get("parentcid"));
    return keys;
  }

  private static void refuseParent(
      String name, long at, @org.jspecify.annotations.Nullable String parent) {
    if (parent == null || parent.toLowerCase(Locale.ROOT).equals("ffffffff")) {
      return;
    }
    throw Problems.at(
        DiskError.REFERS_TO_ANOTHER_FILE,
        name,
        at,
        "VMDK descriptor",
        "it is a delta on a parent disk; consolidate the disk first");
  }

  /** Writes a descriptor for one compressed extent, padded to its full length. */
  static byte[] create(long capacity, String fileName, long seed) {
    long cylinders = Math.max(1, capacity / (255 * 63));
    String text =
        """
        # Disk DescriptorFile
        version=1
        CID=%08x
        parentCID=ffffffff
        createType="streamOptimized"

        # Extent description
        RDONLY %d SPARSE "%s"

        # The Disk Data Base
        #DDB

        ddb.virtualHWVersion = "13"
        ddb.geometry.cylinders = "%d"
        ddb.geometry.heads = "255"
        ddb.geometry.sectors = "63"
        ddb.adapterType = "lsilogic"
        """
            .formatted(contentId(capacity, seed), capacity, plain(fileName), cylinders);
    return Arrays.copyOf(text.getBytes(UTF_8), SECTORS * SECTOR);
  }

  /** Quotes and control characters would end the line early; very long names do not fit. */
  private static String plain(String fileName) {
    String plain = fileName.replaceAll("[\\p{Cntrl}\"\\\\/]", "_");
    return plain.length() <= 255 ? plain : plain.substring(plain.length() - 255);
  }

  /** The identifier comes from size and seed alone, for it is written before the content. */
  private static long contentId(long capacity, long seed) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(ByteBuffer.allocate(16).putLong(capacity).putLong(seed).array());
      long id = Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt());
      // The last two values mean "no content" and "no parent".
      return id >= NO_PARENT - 1 ? 1 : id;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
