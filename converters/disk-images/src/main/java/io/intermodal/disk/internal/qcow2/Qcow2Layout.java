package io.intermodal.disk.internal.qcow2;

import io.intermodal.disk.Compression;
import io.intermodal.disk.CompressionType;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.WriteSettings;
import io.intermodal.disk.internal.ZstdCodecs;
import java.nio.ByteBuffer;

/** What an image that is written looks like, as its caller chose. */
record Qcow2Layout(
    long virtualSizeBytes,
    int version,
    int clusterBits,
    CompressionType compressionType,
    boolean compressed) {

  private static final int DEFAULT_CLUSTER = 64 * 1024;

  /** Takes the caller's choices, or refuses what the format cannot hold. */
  static Qcow2Layout of(String name, WriteSettings settings) {
    int cluster = settings.options().clusterBytes().orElse(DEFAULT_CLUSTER);
    int bits = Integer.numberOfTrailingZeros(cluster);
    if (bits < Qcow2Header.MIN_CLUSTER_BITS || bits > Qcow2Header.MAX_CLUSTER_BITS) {
      throw Problems.cannotWrite(
          DiskError.OPTION_UNSUPPORTED,
          name,
          "qcow2 has clusters from 512 bytes to 2 MiB, not of " + cluster);
    }
    int version = settings.options().version().orElse(3);
    if (version != 2 && version != 3) {
      throw Problems.cannotWrite(
          DiskError.OPTION_UNSUPPORTED, name, "qcow2 has versions 2 and 3, not " + version);
    }
    CompressionType type = settings.options().compressionType().orElse(CompressionType.DEFLATE);
    if (type == CompressionType.ZSTD && version == 2) {
      throw Problems.cannotWrite(
          DiskError.OPTION_UNSUPPORTED, name, "compression type zstd needs qcow2 version 3");
    }
    boolean compressed = settings.compression() != Compression.NONE;
    if (type == CompressionType.ZSTD && compressed && ZstdCodecs.find().isEmpty()) {
      throw Problems.cannotWrite(DiskError.FEATURE_UNSUPPORTED, name, ZstdCodecs.WAY_OUT);
    }
    Qcow2Layout layout =
        new Qcow2Layout(settings.virtualSizeBytes(), version, bits, type, compressed);
    if (layout.l1Entries() > Qcow2Header.MAX_L1_BYTES / 8) {
      throw Problems.cannotWrite(
          DiskError.TOO_LARGE,
          name,
          "a disk of "
              + settings.virtualSizeBytes()
              + " bytes needs larger clusters than "
              + cluster
              + " bytes");
    }
    return layout;
  }

  int clusterBytes() {
    return 1 << clusterBits;
  }

  int l2Entries() {
    return clusterBytes() / 8;
  }

  long l1Entries() {
    long perL2 = (long) l2Entries() << clusterBits;
    return (virtualSizeBytes + perL2 - 1) / perL2;
  }

  Encoding wanted() {
    if (!compressed) {
      return Encoding.RAW;
    }
    return compressionType == CompressionType.ZSTD ? Encoding.ZSTD : Encoding.DEFLATE;
  }

  int unitBytes() {
    return compressed ? clusterBytes() : Geometry.BLOCK;
  }

  /** Makes the header, without extensions and with 16-bit refcounts. */
  byte[] header(long l1Offset, long tableOffset, int tableClusters) {
    boolean zstd = compressionType == CompressionType.ZSTD;
    int length =
        version == 2
            ? Qcow2Header.LENGTH_2
            : zstd ? Qcow2Header.LENGTH_WITH_COMPRESSION : Qcow2Header.LENGTH_3;
    ByteBuffer b = ByteBuffer.allocate(length + 8);
    b.putInt(Qcow2Header.MAGIC).putInt(version).putLong(0).putInt(0).putInt(clusterBits);
    b.putLong(virtualSizeBytes).putInt(0).putInt((int) l1Entries()).putLong(l1Offset);
    b.putLong(tableOffset).putInt(tableClusters).putInt(0).putLong(0);
    if (version == 3) {
      b.putLong(zstd ? Qcow2Header.COMPRESSION_TYPE : 0).putLong(0).putLong(0);
      b.putInt(4).putInt(length);
    }
    if (zstd) {
      b.put((byte) 1);
    }
    return b.array();
  }
}
