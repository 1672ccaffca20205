package io.intermodal.disk.internal.qcow2;

import static io.intermodal.disk.internal.qcow2.Qcow2Header.COMPRESSION_TYPE;
import static io.intermodal.disk.internal.qcow2.Qcow2Header.LENGTH_2;
import static io.intermodal.disk.internal.qcow2.Qcow2Header.LENGTH_3;

import io.intermodal.IntermodalException;
import io.intermodal.disk.CompressionType;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;

/** Reads a header and refuses what is not read or cannot be right. Numbers are big-endian. */
final class HeaderReader {

  private static final int MAX_HEADER = 64 * 1024;
  private static final int MAX_SNAPSHOTS = 65536;

  private final StoredBytes file;
  private final String name;
  private final ByteBuffer header;

  private HeaderReader(StoredBytes file) {
    this.file = file;
    this.name = file.name();
    byte[] bytes = new byte[(int) Math.min(MAX_HEADER, file.size())];
    if (bytes.length < LENGTH_2) {
      throw Problems.truncated(name, bytes.length, "qcow2 header");
    }
    file.read(0, bytes, 0, bytes.length, "qcow2 header");
    this.header = ByteBuffer.wrap(bytes);
  }

  static Qcow2Header read(StoredBytes file) {
    return new HeaderReader(file).read();
  }

  private Qcow2Header read() {
    if (header.getInt(0) != Qcow2Header.MAGIC) {
      throw damaged(0, "it does not start with QFI and FB");
    }
    int version = header.getInt(4);
    if (version != 2 && version != 3) {
      throw at(DiskError.FEATURE_UNSUPPORTED, 4, "version " + version);
    }
    int clusterBits = header.getInt(20);
    if (clusterBits < Qcow2Header.MIN_CLUSTER_BITS || clusterBits > Qcow2Header.MAX_CLUSTER_BITS) {
      throw damaged(20, "cluster bits " + clusterBits + " are not in 9..21");
    }
    int length = version == 2 ? LENGTH_2 : length();
    HeaderExtensions extensions = HeaderExtensions.read(file, header, length, 1 << clusterBits);
    long incompatible = version == 2 ? 0 : features(extensions);
    refuseEncryption();
    Qcow2Header read =
        new Qcow2Header(
            version,
            clusterBits,
            header.getLong(24),
            header.getInt(36),
            header.getLong(40),
            header.getLong(48),
            header.getInt(56),
            version == 2 ? 4 : header.getInt(96),
            header.getInt(60),
            header.getLong(64),
            incompatible,
            compression(incompatible, length),
            extensions.bitmaps(),
            extensions.backing());
    validate(read);
    return read;
  }

  private int length() {
    if (header.limit() < LENGTH_3) {
      throw Problems.truncated(name, header.limit(), "qcow2 header");
    }
    int length = header.getInt(100);
    if (length < LENGTH_3 || length > MAX_HEADER || length % 8 != 0) {
      throw damaged(100, "a header cannot be " + length + " long");
    }
    if (length > header.limit()) {
      throw Problems.truncated(name, header.limit(), "qcow2 header");
    }
    int order = header.getInt(96);
    if (order < 0 || order > 6) {
      throw damaged(96, "there is no refcount order " + order);
    }
    return length;
  }

  private long features(HeaderExtensions extensions) {
    long bits = header.getLong(72);
    refuse(bits, Qcow2Header.CORRUPT, DiskError.DAMAGED, "it is marked corrupt; repair it first");
    refuse(
        bits,
        Qcow2Header.EXTERNAL_DATA,
        DiskError.REFERS_TO_ANOTHER_FILE,
        "its data is in another file (external data file); convert it on its host first");
    long unknown = bits & -32;
    if (unknown != 0) {
      int bit = Long.numberOfTrailingZeros(unknown);
      String feature = extensions.featureName(bit);
      throw at(
          DiskError.FEATURE_UNSUPPORTED,
          72,
          "incompatible feature " + bit + (feature.isEmpty() ? "" : " (" + feature + ")"));
    }
    return bits;
  }

  private CompressionType compression(long incompatible, int length) {
    if ((incompatible & COMPRESSION_TYPE) == 0) {
      return CompressionType.DEFLATE;
    }
    int type = length > LENGTH_3 ? header.get(104) : 0;
    return switch (type) {
      case 0 -> CompressionType.DEFLATE;
      case 1 -> CompressionType.ZSTD;
      default -> throw at(DiskError.FEATURE_UNSUPPORTED, 104, "compression type " + (type & 0xFF));
    };
  }

  private void refuse(long bits, long bit, DiskError code, String why) {
    if ((bits & bit) != 0) {
      throw at(code, 72, why);
    }
  }

  private void refuseEncryption() {
    int encryption = header.getInt(32);
    if (encryption != 0) {
      throw at(
          DiskError.ENCRYPTED,
          32,
          "it is encrypted (" + (encryption == 1 ? "AES" : "LUKS") + "); decrypt it first");
    }
  }

  private void validate(Qcow2Header read) {
    if (read.extendedL2() && read.clusterBits() < 14) {
      throw damaged(72, "extended L2 entries need clusters of 16 KiB and more");
    }
    Problems.checkVirtualSize(name, 24, read.virtualSizeBytes());
    long needed = read.neededL1Entries();
    if (read.l1Entries() < needed || read.l1Entries() < 0) {
      throw damaged(
          36,
          "the L1 table has "
              + Integer.toUnsignedString(read.l1Entries())
              + " entries, the size needs "
              + needed);
    }
    if (needed * 8 > Qcow2Header.MAX_L1_BYTES) {
      throw at(DiskError.TOO_LARGE, 36, "the L1 table is over 32 MiB");
    }
    long offset = read.l1Offset();
    if (offset < 0
        || offset % read.clusterBytes() != 0
        || (needed > 0 && offset < read.clusterBytes())
        || offset > file.size() - needed * 8) {
      throw damaged(40, "the L1 table cannot be at byte " + Long.toUnsignedString(offset));
    }
    if (read.snapshots() < 0 || read.snapshots() > MAX_SNAPSHOTS) {
      throw damaged(60, Integer.toUnsignedString(read.snapshots()) + " snapshots are too many");
    }
  }

  private IntermodalException damaged(long at, String why) {
    return at(DiskError.DAMAGED, at, why);
  }

  private IntermodalException at(DiskError code, long at, String why) {
    return Problems.at(code, name, at, "qcow2 header", why);
  }
}
