package io.intermodal.disk.internal.xva;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Computes XXH64 with seed 0, the checksum of chunks (xxHash specification 0.1.1). */
final class Xxh64 {

  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  /** Their sum overflows, as it is meant to. */
  private static final long P1_PLUS_P2 = 0x60EA27EEADC0B5D6L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Xxh64() {}

  static long of(byte[] bytes, int from, int length) {
    int at = from;
    int end = from + length;
    long h = P5;
    if (length >= 32) {
      long a = P1_PLUS_P2;
      long b = P2;
      long c = 0;
      long d = -P1;
      for (; at <= end - 32; at += 32) {
        a = round(a, longAt(bytes, at));
        b = round(b, longAt(bytes, at + 8));
        c = round(c, longAt(bytes, at + 16));
        d = round(d, longAt(bytes, at + 24));
      }
      h = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7);
      h += Long.rotateLeft(c, 12) + Long.rotateLeft(d, 18);
      h = merge(merge(merge(merge(h, a), b), c), d);
    }
    h += length;
    for (; at <= end - 8; at += 8) {
      h = Long.rotateLeft(h ^ round(0, longAt(bytes, at)), 27) * P1 + P4;
    }
    if (at <= end - 4) {
      long v = (int) INTS.get(bytes, at) & 0xFFFFFFFFL;
      h = Long.rotateLeft(h ^ v * P1, 23) * P2 + P3;
      at += 4;
    }
    for (; at < end; at++) {
      h = Long.rotateLeft(h ^ (bytes[at] & 0xFF) * P5, 11) * P1;
    }
    h = (h ^ h >>> 33) * P2;
    h = (h ^ h >>> 29) * P3;
    return h ^ h >>> 32;
  }

  private static long longAt(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  private static long round(long sum, long value) {
    return Long.rotateLeft(sum + value * P2, 31) * P1;
  }

  private static long merge(long h, long sum) {
    return (h ^ round(0, sum)) * P1 + P4;
  }
}
