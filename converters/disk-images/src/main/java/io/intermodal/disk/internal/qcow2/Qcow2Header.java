package io.intermodal.disk.internal.qcow2;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The header of an image (QEMU docs/interop/qcow2, "Header"). Numbers are big-endian. */
record Qcow2Header(
    int version,
    int clusterBits,
    long virtualSizeBytes,
    int l1Entries,
    long l1Offset,
    long refcountTableOffset,
    int snapshots,
    long incompatible) {

  static final int MAGIC = 0x514649FB;
  static final int LENGTH = 104;

  private static final int VERSION_2_LENGTH = 72;
  private static final int MAX_HEADER = 64 * 1024;
  private static final int FEATURE_NAMES = 0x6803F857;
  private static final int FEATURE_NAME_LENGTH = 48;

  /** QEMU opens no larger table of tables. */
  private static final int MAX_L1_BYTES = 32 * 1024 * 1024;

  private static final long DIRTY = 1;
  private static final long CORRUPT = 1 << 1;
  private static final long EXTERNAL_DATA = 1 << 2;
  private static final long COMPRESSION_TYPE = 1 << 3;
  private static final long EXTENDED_L2 = 1 << 4;

  static Qcow2Header read(StoredBytes file) {
    String name = file.name();
    byte[] bytes = new byte[(int) Math.min(MAX_HEADER, file.size())];
    if (bytes.length < VERSION_2_LENGTH) {
      throw Problems.truncated(name, bytes.length, "qcow2 header");
    }
    file.read(0, bytes, 0, bytes.length, "qcow2 header");
    ByteBuffer b = ByteBuffer.wrap(bytes);
    if (b.getInt(0) != MAGIC) {
      throw Problems.damaged(name, 0, "qcow2 header", "it does not start with QFI and FB");
    }
    int version = b.getInt(4);
    if (version != 2 && version != 3) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED, name, 4, "qcow2 header", "version " + version);
    }
    long incompatible = version == 2 ? 0 : extended(name, b);
    Qcow2Header header =
        new Qcow2Header(
            version,
            b.getInt(20),
            b.getLong(24),
            b.getInt(36),
            b.getLong(40),
            b.getLong(48),
            b.getInt(60),
            incompatible);
    refuseOtherFiles(name, b);
    header.validate(name, file.size());
    return header;
  }

  private static long extended(String name, ByteBuffer b) {
    if (b.limit() < LENGTH) {
      throw Problems.truncated(name, b.limit(), "qcow2 header");
    }
    int length = b.getInt(100);
    if (length < LENGTH || length > MAX_HEADER || length % 8 != 0) {
      throw Problems.damaged(name, 100, "qcow2 header", "a header cannot be " + length + " long");
    }
    int order = b.getInt(96);
    if (order < 0 || order > 6) {
      throw Problems.damaged(name, 96, "qcow2 header", "there is no refcount order " + order);
    }
    long bits = b.getLong(72);
    refuse(name, bits, CORRUPT, DiskError.DAMAGED, "it is marked corrupt; repair it first");
    refuse(
        name,
        bits,
        EXTERNAL_DATA,
        DiskError.REFERS_TO_ANOTHER_FILE,
        "its data is in another file (external data file); convert it on its host first");
    refuse(
        name,
        bits,
        EXTENDED_L2,
        DiskError.FEATURE_UNSUPPORTED,
        "extended L2 entries (subclusters)");
    if ((bits & COMPRESSION_TYPE) != 0 && (length <= LENGTH || b.get(104) != 0)) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          name,
          104,
          "qcow2 header",
          "compression type " + (length > LENGTH && b.get(104) == 1 ? "zstd" : "unknown"));
    }
    long unknown = bits & -32;
    if (unknown != 0) {
      int bit = Long.numberOfTrailingZeros(unknown);
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          name,
          72,
          "qcow2 header",
          "incompatible feature " + bit + featureName(b, length, bit));
    }
    return bits;
  }

  private static void refuse(String name, long bits, long bit, DiskError code, String why) {
    if ((bits & bit) != 0) {
      throw Problems.at(code, name, 72, "qcow2 header", why);
    }
  }

  /** Finds the name that the writer gave a feature in the header's extensions. */
  private static String featureName(ByteBuffer b, int headerLength, int bit) {
    int at = headerLength;
    while (at <= b.limit() - 8) {
      int type = b.getInt(at);
      int length = b.getInt(at + 4);
      if (type == 0 || length < 0 || length > b.limit() - at - 8) {
        break;
      }
      if (type == FEATURE_NAMES) {
        for (int i = at + 8; i + FEATURE_NAME_LENGTH <= at + 8 + length; i += FEATURE_NAME_LENGTH) {
          if (b.get(i) == 0 && b.get(i + 1) == bit) {
            byte[] text = new byte[FEATURE_NAME_LENGTH - 2];
            b.get(i + 2, text);
            String name = new String(text, StandardCharsets.US_ASCII);
            return " (" + name.replaceAll("[^ -~]", "").strip() + ")";
          }
        }
      }
      at += 8 + (int) Geometry.roundUp(length, 8);
    }
    return "";
  }

  private static void refuseOtherFiles(String name, ByteBuffer b) {
    if (b.getLong(8) != 0) {
      throw Problems.at(
          DiskError.REFERS_TO_ANOTHER_FILE,
          name,
          8,
          "qcow2 header",
          "it is an overlay on a backing file; flatten it on its host first");
    }
    int encryption = b.getInt(32);
    if (encryption != 0) {
      throw Problems.at(
          DiskError.ENCRYPTED,
          name,
          32,
          "qcow2 header",
          "it is encrypted (" + (encryption == 1 ? "AES" : "LUKS") + "); decrypt it first");
    }
  }

  private void validate(String name, long fileSize) {
    if (clusterBits < 9 || clusterBits > 21) {
      throw Problems.damaged(
          name, 20, "qcow2 header", "cluster bits " + clusterBits + " are not in 9..21");
    }
    Problems.checkVirtualSize(name, 24, virtualSizeBytes);
    long needed = (virtualSizeBytes + bytesPerL2() - 1) / bytesPerL2();
    if (l1Entries < needed || l1Entries < 0) {
      throw Problems.damaged(
          name,
          36,
          "qcow2 header",
          "the L1 table has "
              + Integer.toUnsignedString(l1Entries)
              + " entries, the size needs "
              + needed);
    }
    if (needed * 8 > MAX_L1_BYTES) {
      throw Problems.at(
          DiskError.TOO_LARGE, name, 36, "qcow2 header", "the L1 table is over 32 MiB");
    }
    if (l1Offset < 0
        || l1Offset % clusterBytes() != 0
        || (needed > 0 && l1Offset < clusterBytes())
        || l1Offset > fileSize - needed * 8) {
      throw Problems.damaged(
          name,
          40,
          "qcow2 header",
          "the L1 table cannot be at byte " + Long.toUnsignedString(l1Offset));
    }
    if (snapshots < 0 || snapshots > 65536) {
      throw Problems.damaged(
          name,
          60,
          "qcow2 header",
          Integer.toUnsignedString(snapshots) + " snapshots are too many");
    }
  }

  boolean dirty() {
    return (incompatible & DIRTY) != 0;
  }

  int clusterBytes() {
    return 1 << clusterBits;
  }

  int l2Entries() {
    return clusterBytes() / 8;
  }

  long bytesPerL2() {
    return (long) l2Entries() << clusterBits;
  }

  /** Writes a version 3 header with 16-bit refcounts and without extensions. */
  static byte[] forWriting(
      long virtualSizeBytes, int l1Entries, long l1Offset, long tableOffset, int tableClusters) {
    ByteBuffer b = ByteBuffer.allocate(LENGTH + 8);
    b.putInt(MAGIC).putInt(3).putLong(0).putInt(0).putInt(Qcow2Writer.CLUSTER_BITS);
    b.putLong(virtualSizeBytes).putInt(0).putInt(l1Entries).putLong(l1Offset);
    b.putLong(tableOffset).putInt(tableClusters).putInt(0).putLong(0);
    b.putLong(0).putLong(0).putLong(0).putInt(4).putInt(LENGTH);
    return b.array();
  }
}
