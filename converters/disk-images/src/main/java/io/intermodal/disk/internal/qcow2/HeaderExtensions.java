package io.intermodal.disk.internal.qcow2;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.qcow2.Qcow2Header.Bitmaps;
import io.intermodal.disk.internal.qcow2.Qcow2Header.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What follows the header in the first cluster: extensions, and the name of the backing file (QEMU
 * docs/interop/qcow2, "Header extensions").
 */
final class HeaderExtensions {

  private static final int BACKING_FORMAT = 0xE2792ACA;
  private static final int FEATURE_NAMES = 0x6803F857;
  private static final int BITMAPS = 0x23852875;
  private static final int FEATURE_NAME_LENGTH = 48;
  private static final int MAX_REFERENCE = 1023;

  private final Map<Integer, String> features = new HashMap<>();
  private @Nullable String backingFormat;
  private @Nullable Bitmaps bitmaps;
  private @Nullable Reference backing;

  private HeaderExtensions() {}

  /**
   * Reads them.
   *
   * @param header the first bytes of the file
   * @param length of the header without its extensions
   */
  static HeaderExtensions read(StoredBytes file, ByteBuffer header, int length, int clusterBytes) {
    HeaderExtensions read = new HeaderExtensions();
    int end = Math.min(header.limit(), clusterBytes);
    long name = header.getLong(8);
    if (name >= length && name < end) {
      // Early writers ended the extensions by nothing but the name that follows.
      end = (int) name;
    }
    int at = length;
    while (at <= end - 8 && header.getInt(at) != 0) {
      int size = header.getInt(at + 4);
      if (size < 0 || size > end - at - 8) {
        throw Problems.damaged(
            file.name(),
            at,
            "qcow2 header extension",
            "it cannot be " + Integer.toUnsignedString(size) + " long");
      }
      read.take(header.getInt(at), header.slice(at + 8, size));
      at += 8 + (int) Geometry.roundUp(size, 8);
    }
    read.backing = read.reference(file, header, clusterBytes);
    return read;
  }

  private void take(int type, ByteBuffer data) {
    switch (type) {
      case BACKING_FORMAT -> backingFormat = text(data);
      case BITMAPS -> {
        if (data.limit() >= 24) {
          bitmaps = new Bitmaps(data.getInt(0), data.getLong(8), data.getLong(16));
        }
      }
      case FEATURE_NAMES -> {
        for (int i = 0; i + FEATURE_NAME_LENGTH <= data.limit(); i += FEATURE_NAME_LENGTH) {
          if (data.get(i) == 0) {
            String name = text(data.slice(i + 2, FEATURE_NAME_LENGTH - 2));
            features.put((int) data.get(i + 1), name.replaceAll("[^ -~]", "").strip());
          }
        }
      }
      default -> {}
    }
  }

  private @Nullable Reference reference(StoredBytes file, ByteBuffer header, int clusterBytes) {
    long at = header.getLong(8);
    int size = header.getInt(16);
    if (at == 0) {
      return null;
    }
    if (size <= 0 || size > MAX_REFERENCE || at < 0 || at > clusterBytes - size) {
      throw Problems.damaged(
          file.name(), 8, "qcow2 header", "the name of the backing file cannot be at byte " + at);
    }
    byte[] bytes = new byte[size];
    file.read(at, bytes, 0, size, "name of the backing file");
    String name = new String(bytes, StandardCharsets.UTF_8);
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw Problems.damaged(
          file.name(), at, "name of the backing file", "it has control characters");
    }
    return new Reference(at, name, format(file, at));
  }

  /** Translates QEMU's name of a format; those of VMDK and VHD name a family. */
  private @Nullable DiskFormat format(StoredBytes file, long at) {
    if (backingFormat == null) {
      return null;
    }
    return switch (backingFormat) {
      case "raw" -> DiskFormat.RAW;
      case "qcow2" -> DiskFormat.QCOW2;
      case "vhdx" -> DiskFormat.VHDX;
      case "vdi" -> DiskFormat.VDI;
      case "vmdk" -> new DiskFormat("vmdk");
      case "vpc" -> new DiskFormat("vhd");
      default ->
          throw Problems.at(
              DiskError.FEATURE_UNSUPPORTED,
              file.name(),
              at,
              "qcow2 header",
              "the backing file is said to be " + backingFormat.replaceAll("[^ -~]", "?"));
    };
  }

  private static String text(ByteBuffer data) {
    byte[] bytes = new byte[data.limit()];
    data.get(0, bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Nullable Reference backing() {
    return backing;
  }

  @Nullable Bitmaps bitmaps() {
    return bitmaps;
  }

  /** Returns what the writer called an incompatible feature; empty when it did not say. */
  String featureName(int bit) {
    return features.getOrDefault(bit, "");
  }
}
