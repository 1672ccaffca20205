package io.intermodal.ovf.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads an archive from front to back; content that is not wanted is read and dropped. */
final class TarStream {

  private static final int SKIP_BUFFER = 1 << 16;

  private final InputStream in;
  private final TarMembers members;
  private final long mostBytes;
  private long position;
  private long contentStart;
  private long left;
  private TarMembers.@Nullable Header current;
  private boolean endMark;
  private boolean trailing;

  TarStream(String archive, InputStream in, long mostBytes) {
    this.in = in;
    this.mostBytes = mostBytes;
    this.members = new TarMembers(archive);
  }

  /** Goes to the next member; null at the end of the archive. */
  @Nullable TarMember next() throws IOException {
    while (true) {
      finishMember();
      byte[] block = in.readNBytes(TarHeader.BLOCK);
      if (block.length == 0) {
        return null;
      }
      if (block.length < TarHeader.BLOCK) {
        throw members.endsInHeader(position);
      }
      if (TarHeader.isZero(block)) {
        endMark = true;
        trailer();
        return null;
      }
      TarMembers.Header header = members.header(block, position);
      position += TarHeader.BLOCK;
      contentStart = position;
      left = header.size();
      current = header;
      if (header.kind() == TarMembers.Kind.FILE) {
        return members.last();
      }
      if (header.kind() == TarMembers.Kind.EXTENSION) {
        byte[] data = in.readNBytes((int) left);
        took(data.length);
        if (left > 0) {
          throw members.endsIn(header, contentStart);
        }
        members.extension(header, data);
      }
    }
  }

  /** Reads from the content of the member; -1 at its end. */
  int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    TarMembers.Header header = Objects.requireNonNull(current);
    int count = in.read(buffer, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw members.endsIn(header, contentStart);
    }
    took(count);
    return count;
  }

  private void took(int count) {
    left -= count;
    position += count;
    if (position > mostBytes) {
      throw members.tooLong(mostBytes);
    }
  }

  private void finishMember() throws IOException {
    TarMembers.Header header = current;
    if (header == null) {
      return;
    }
    byte[] buffer = new byte[SKIP_BUFFER];
    while (read(buffer, 0, buffer.length) >= 0) {
      // Dropped.
    }
    int padding = TarHeader.padding(header.size());
    int got = in.readNBytes(buffer, 0, padding);
    position += got;
    // Some writers end with the last byte of the last member.
    if (got > 0 && got < padding) {
      throw members.endsInPadding(header, position);
    }
    current = null;
  }

  private void trailer() throws IOException {
    byte[] buffer = new byte[SKIP_BUFFER];
    int seen = 0;
    while (seen < TarMembers.MOST_TRAILER) {
      int count = in.read(buffer, 0, Math.min(buffer.length, TarMembers.MOST_TRAILER - seen));
      if (count < 0) {
        return;
      }
      for (int i = 0; i < count; i++) {
        trailing |= buffer[i] != 0;
      }
      seen += count;
    }
  }

  /** Returns what has been met so far, in the form that random access has it. */
  TarIndex.Result result() {
    List<TarMember> met = members.members();
    return new TarIndex.Result(met, endMark, trailing);
  }
}
