package io.intermodal.disk.internal.vhdx;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Reads and writes GUIDs as Windows stores them: the first three parts little-endian. */
final class Guid {

  static final UUID NULL = new UUID(0, 0);

  private Guid() {}

  /** Reads one from a little-endian buffer. */
  static UUID get(ByteBuffer from, int at) {
    long first = from.getInt(at) & 0xFFFFFFFFL;
    long second = from.getShort(at + 4) & 0xFFFFL;
    long third = from.getShort(at + 6) & 0xFFFFL;
    return new UUID(first << 32 | second << 16 | third, Long.reverseBytes(from.getLong(at + 8)));
  }

  /** Writes one into a little-endian buffer. */
  static void put(ByteBuffer into, int at, UUID id) {
    long high = id.getMostSignificantBits();
    into.putInt(at, (int) (high >>> 32));
    into.putShort(at + 4, (short) (high >>> 16));
    into.putShort(at + 6, (short) high);
    into.putLong(at + 8, Long.reverseBytes(id.getLeastSignificantBits()));
  }
}
