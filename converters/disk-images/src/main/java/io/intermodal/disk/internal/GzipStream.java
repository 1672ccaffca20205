package io.intermodal.disk.internal;

import java.io.InputStream;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks gzip (RFC 1952) from its first member to its last and checks the sum of each. Zeros may
 * follow behind the last one, as blocks of tapes leave them; anything else is damage.
 */
final class GzipStream extends InputStream {

  private static final int MAGIC_1 = 0x1F;
  private static final int MAGIC_2 = 0x8B;
  private static final int DEFLATE = 8;
  private static final int HEADER_SUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  /** The longest name or comment that is passed over. */
  private static final int MOST_TEXT = 64 * 1024;

  private final SequentialInput packed;
  private final long most;
  private final CRC32 sum = new CRC32();
  private final byte[] input = new byte[64 * 1024];
  private int from;
  private int limit;

  /** Unpacks the member that is being read; null between members. */
  private @Nullable Inflater member;

  private boolean started;
  private boolean ended;
  private long yielded;
  private long memberBytes;

  /** Creates one that yields at most a little more than was announced, whatever it is fed. */
  GzipStream(SequentialInput packed, OptionalLong length) {
    this.packed = packed;
    this.most = Math.addExact(length.orElse(Geometry.MAX_VIRTUAL_BYTES), Geometry.WINDOW);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    while (!ended && length > 0) {
      Inflater current = member;
      if (current == null) {
        nextMember();
        continue;
      }
      int n = inflate(current, into, offset, length);
      if (n > 0) {
        sum.update(into, offset, n);
        memberBytes += n;
        yielded += n;
        if (yielded > most) {
          throw damaged("compressed data", "it yields more than the disk can hold");
        }
        return n;
      }
    }
    return length == 0 ? 0 : -1;
  }

  @Override
  public void close() {
    endMember();
    ended = true;
  }

  private int inflate(Inflater current, byte[] into, int offset, int length) {
    int n;
    try {
      n = current.inflate(into, offset, length);
    } catch (DataFormatException e) {
      throw damaged("compressed data", "it cannot be inflated");
    }
    if (n == 0) {
      if (current.needsDictionary()) {
        throw damaged("compressed data", "it asks for a preset dictionary");
      }
      from = limit - current.getRemaining();
      if (current.finished()) {
        trailer();
      } else if (fill()) {
        current.setInput(input, from, limit - from);
      } else {
        throw truncated();
      }
    }
    return n;
  }

  private void trailer() {
    endMember();
    long wantedSum = number();
    long wantedSize = number();
    if (wantedSum != sum.getValue() || wantedSize != (memberBytes & 0xFFFFFFFFL)) {
      throw damaged("gzip trailer", "its sum or size is not that of what was unpacked");
    }
  }

  private void nextMember() {
    if (started && !fill()) {
      ended = true;
      return;
    }
    int first = octet();
    if (started && first == 0) {
      passPadding();
      return;
    }
    int second = octet();
    int method = octet();
    int flags = octet();
    if (first != MAGIC_1 || second != MAGIC_2 || method != DEFLATE || (flags & RESERVED) != 0) {
      throw damaged("gzip header", "it does not start like gzip");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(octet() | octet() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_SUM) != 0) {
      skip(2);
    }
    Inflater inflater = new Inflater(true);
    inflater.setInput(input, from, limit - from);
    member = inflater;
    started = true;
    sum.reset();
    memberBytes = 0;
  }

  private void passPadding() {
    while (fill()) {
      if (!Zeros.isZero(input, from, limit - from)) {
        throw damaged("end", "something follows behind the last gzip member");
      }
      from = limit;
    }
    ended = true;
  }

  private void endMember() {
    Inflater current = member;
    if (current != null) {
      current.end();
      member = null;
    }
  }

  private void skip(int count) {
    for (int i = 0; i < count; i++) {
      octet();
    }
  }

  private void skipText() {
    for (int i = 0; octet() != 0; i++) {
      if (i == MOST_TEXT) {
        throw damaged("gzip header", "its name or comment does not end");
      }
    }
  }

  private long number() {
    return octet() | octet() << 8 | octet() << 16 | (long) octet() << 24;
  }

  private int octet() {
    if (!fill()) {
      throw truncated();
    }
    return input[from++] & 0xFF;
  }

  /** Sees to it that there is a byte; false at the end. */
  private boolean fill() {
    if (from == limit) {
      int n = packed.some(input, 0, input.length);
      if (n < 0) {
        return false;
      }
      from = 0;
      limit = n;
    }
    return true;
  }

  private RuntimeException truncated() {
    return Problems.truncated(packed.name(), packed.position(), "gzip member");
  }

  private RuntimeException damaged(String structure, String why) {
    return Problems.damaged(packed.name(), packed.position() - (limit - from), structure, why);
  }
}
