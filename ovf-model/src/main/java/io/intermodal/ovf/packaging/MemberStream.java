package io.intermodal.ovf.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Reads the content of one member of a stream, and digests it on the way. */
final class MemberStream extends InputStream {

  private final TarStream tar;
  private final DigestSet digests;
  private boolean ended;

  MemberStream(TarStream tar, DigestSet digests) {
    this.tar = tar;
    this.digests = digests;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      return 0;
    }
    int count = ended ? -1 : tar.read(buffer, offset, length);
    if (count > 0) {
      digests.update(buffer, offset, count);
    }
    // A handler that keeps the stream must not get the next member's bytes.
    ended = count < 0;
    return count;
  }
}
