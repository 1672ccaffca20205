package io.intermodal.disk.internal.xva;

import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.Zeros;
import org.jspecify.annotations.Nullable;

/** Walks the members of an archive; each is read or passed over before the next. */
final class TarInput {

  private final ArchiveInput input;
  private final byte[] header = new byte[TarMember.BLOCK];
  private boolean ended;
  private boolean endMarked;

  TarInput(ArchiveInput input) {
    this.input = input;
  }

  String name() {
    return input.name();
  }

  ArchiveInput input() {
    return input;
  }

  /** Tells whether the archive ended as one should, with blocks of zeros. */
  boolean endMarked() {
    return endMarked;
  }

  /** Returns the next member; null at the end. */
  @Nullable TarMember next() {
    if (ended || input.atEnd()) {
      ended = true;
      return null;
    }
    long at = input.position();
    input.read(header, 0, TarMember.BLOCK, "header of a member");
    if (Zeros.isZero(header, 0, TarMember.BLOCK)) {
      ended = true;
      endMarked = true;
      return null;
    }
    String objection = TarMember.objection(header);
    if (objection != null) {
      throw Problems.damaged(name(), at, "header of a member", objection);
    }
    return TarMember.parse(header, at);
  }

  /** Reads all of a member, which the caller found small enough. */
  void read(TarMember member, byte[] into) {
    String structure = "member " + shown(member.name());
    input.read(into, 0, (int) member.size(), structure);
    input.skip(member.paddedSize() - member.size(), structure);
  }

  /** Passes over a member. */
  void skip(TarMember member) {
    input.skip(member.paddedSize(), "member " + shown(member.name()));
  }

  /** Makes a name fit for a message. */
  static String shown(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
