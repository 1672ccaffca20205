package io.intermodal.disk.internal.vhdx;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The header that counts of the two there are ([MS-VHDX] 2.2.2).
 *
 * @param at where it stands
 * @param logGuid what entries of the log must carry; the null GUID when there is nothing to replay
 * @param logOffset where the log is, a multiple of 1 MiB
 * @param logLength how long it is, likewise
 */
record VhdxHeader(long at, long sequence, UUID logGuid, long logOffset, long logLength) {

  private static final int VERSION = 1;

  static VhdxHeader read(StoredBytes file) {
    ByteBuffer signature = Vhdx.read(file, 0, 8, "file identifier");
    if (!Vhdx.hasSignature(signature, 0, Vhdx.FILE_SIGNATURE)) {
      throw Problems.damaged(file.name(), 0, "file identifier", "it does not say vhdxfile");
    }
    ByteBuffer first = whole(file, Vhdx.HEADER_1, "header 1");
    ByteBuffer second = whole(file, Vhdx.HEADER_2, "header 2");
    if (first == null && second == null) {
      throw Problems.damaged(
          file.name(), Vhdx.HEADER_1, "headers", "neither of the two has the right checksum");
    }
    if (second == null) {
      return parse(file, Vhdx.HEADER_1, first);
    }
    if (first == null) {
      return parse(file, Vhdx.HEADER_2, second);
    }
    int order = Long.compareUnsigned(first.getLong(8), second.getLong(8));
    if (order == 0 && !first.equals(second)) {
      throw Problems.damaged(
          file.name(),
          Vhdx.HEADER_1,
          "headers",
          "both have the sequence number "
              + Long.toUnsignedString(first.getLong(8))
              + " and they differ");
    }
    return order >= 0 ? parse(file, Vhdx.HEADER_1, first) : parse(file, Vhdx.HEADER_2, second);
  }

  private static @Nullable ByteBuffer whole(StoredBytes file, int at, String structure) {
    ByteBuffer header = Vhdx.read(file, at, Vhdx.HEADER_BYTES, structure);
    return Vhdx.hasSignature(header, 0, "head") && Vhdx.isWhole(header) ? header : null;
  }

  private static VhdxHeader parse(StoredBytes file, int at, @Nullable ByteBuffer header) {
    if (header == null) {
      throw new IllegalStateException("one header is whole");
    }
    UUID logGuid = Guid.get(header, 48);
    int logVersion = header.getShort(64) & 0xFFFF;
    int version = header.getShort(66) & 0xFFFF;
    if (version != VERSION) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED, file.name(), at + 66, "header", "version " + version);
    }
    if (!logGuid.equals(Guid.NULL) && logVersion != 0) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          file.name(),
          at + 64,
          "header",
          "a log of version " + logVersion);
    }
    long length = header.getInt(68) & 0xFFFFFFFFL;
    long offset = header.getLong(72);
    Vhdx.checkRegion(file, file.size(), at + 68, "log", offset, length);
    if (!logGuid.equals(Guid.NULL) && length > LogReplay.MAX_LOG_BYTES) {
      throw Problems.at(
          DiskError.TOO_LARGE,
          file.name(),
          at + 68,
          "log",
          "it has "
              + length
              + " bytes and must be replayed, the cap is 64 MiB; attach the disk once on its host");
    }
    return new VhdxHeader(at, header.getLong(8), logGuid, offset, length);
  }

  /** Tells whether the log must be replayed before anything else is believed. */
  boolean hasLog() {
    return !logGuid.equals(Guid.NULL);
  }

  /** Makes the header of an image that was closed cleanly. */
  static ByteBuffer forWriting(
      long sequence, UUID fileWrite, UUID dataWrite, int logLength, long logOffset) {
    ByteBuffer header = Vhdx.little(Vhdx.HEADER_BYTES);
    Vhdx.putSignature(header, 0, "head");
    header.putLong(8, sequence);
    Guid.put(header, 16, fileWrite);
    Guid.put(header, 32, dataWrite);
    Guid.put(header, 48, Guid.NULL);
    header.putShort(66, (short) VERSION);
    header.putInt(68, logLength);
    header.putLong(72, logOffset);
    Vhdx.seal(header);
    return header;
  }
}
