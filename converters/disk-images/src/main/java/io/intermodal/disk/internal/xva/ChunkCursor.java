package io.intermodal.disk.internal.xva;

import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.XvaChecksum;
import io.intermodal.disk.XvaDisk;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.Zeros;
import java.util.Arrays;

/**
 * Reads the chunks of one disk and works out where each belongs. Their numbers do not say it: a
 * chunk of no bytes, sent to keep a connection alive, takes a number and no space. So places add
 * up: numbers that were left out stand for chunks of zeros as long as the first chunk of the
 * archive's first disk.
 */
final class ChunkCursor {

  static final int MAX_CHUNK = 1 << 20;

  /** One comes each five seconds at most; nobody's export takes months. */
  private static final int MAX_EMPTY = 1_000_000;

  private final TarInput tar;
  private final XvaDisk disk;
  private final ChunkSums sums = new ChunkSums();
  private final byte[] sum = new byte[ChunkSums.MAX_BYTES];
  private int firstLength;
  private long lastNumber = -1;
  private long end;
  private long offset;
  private int length;
  private long storedAt;
  private int empty;

  /**
   * Starts before the disk's first chunk.
   *
   * @param firstLength how long the first chunk of the archive's first disk is; 0 when this is it
   */
  ChunkCursor(TarInput tar, XvaDisk disk, int firstLength) {
    this.tar = tar;
    this.disk = disk;
    this.firstLength = firstLength;
  }

  /** Returns where the chunk belongs. */
  long offset() {
    return offset;
  }

  /** Returns how many of its bytes belong to the disk; at least one. */
  int length() {
    return length;
  }

  /** Returns where in the archive its bytes are. */
  long storedAt() {
    return storedAt;
  }

  /** Reads the next chunk that has data and checks it; false when the disk is complete. */
  boolean next(byte[] into) {
    while (end < disk.virtualSizeBytes()) {
      TarMember member = tar.next();
      if (member == null) {
        throw Problems.truncated(
            tar.name(),
            tar.input().position(),
            "data of the disk " + disk.reference() + " from its byte " + end);
      }
      ChunkName name = ChunkName.of(member.name());
      if (name == null || !name.reference().equals(disk.reference())) {
        throw Problems.damaged(
            tar.name(),
            member.at(),
            "member " + TarInput.shown(member.name()),
            "the disk " + disk.reference() + " has no data behind its byte " + end);
      }
      if (take(member, name, into)) {
        return true;
      }
    }
    return false;
  }

  private boolean take(TarMember member, ChunkName name, byte[] into) {
    if (member.size() > MAX_CHUNK) {
      throw damaged(member, "a chunk has at most 1 MiB, not " + member.size() + " bytes");
    }
    if (name.number() <= lastNumber) {
      throw damaged(member, "it comes behind the chunk " + lastNumber);
    }
    int size = (int) member.size();
    if (firstLength == 0) {
      firstLength = size;
      if (size == 0) {
        throw damaged(member, "the first chunk of all must have data");
      }
    }
    long place = end + firstLength * (name.number() - lastNumber - 1);
    if (place >= disk.virtualSizeBytes()) {
      throw damaged(member, "it lies behind the end of the disk");
    }
    storedAt = member.at() + TarMember.BLOCK;
    tar.read(member, into);
    checkSum(member, into, size);
    lastNumber = name.number();
    offset = place;
    end = place + size;
    length = (int) Math.min(size, disk.virtualSizeBytes() - place);
    if (!Zeros.isZero(into, length, size - length)) {
      throw damaged(member, "it has data behind the end of the disk");
    }
    if (size == 0 && ++empty > MAX_EMPTY) {
      throw damaged(member, "more than " + MAX_EMPTY + " chunks have no data");
    }
    return size > 0;
  }

  private void checkSum(TarMember chunk, byte[] bytes, int size) {
    TarMember member = tar.next();
    XvaChecksum kind = member == null ? null : ChunkSums.kindOf(chunk.name(), member.name());
    if (member == null) {
      throw Problems.truncated(
          tar.name(), tar.input().position(), "checksum of the chunk " + chunk.name());
    }
    if (kind == null || member.size() > ChunkSums.MAX_BYTES) {
      throw damaged(chunk, "its checksum does not follow it");
    }
    tar.read(member, sum);
    byte[] actual = sums.of(kind, bytes, 0, size);
    if (!equalHex(actual, Arrays.copyOf(sum, (int) member.size()))) {
      throw damaged(chunk, "its content does not have its checksum; the archive was damaged");
    }
  }

  private static boolean equalHex(byte[] one, byte[] other) {
    if (one.length != other.length) {
      return false;
    }
    for (int i = 0; i < one.length; i++) {
      if (Character.toLowerCase(one[i]) != Character.toLowerCase(other[i])) {
        return false;
      }
    }
    return true;
  }

  private IntermodalException damaged(TarMember member, String why) {
    return Problems.at(
        DiskError.DAMAGED, tar.name(), member.at(), "chunk " + TarInput.shown(member.name()), why);
  }
}
