package io.intermodal.ovf.packaging;

import io.intermodal.Errors;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the members of an archive in a file. It reads headers only and leaps over content, so an
 * archive of any size is quick.
 */
final class TarIndex {

  private static final int TRAILER_BUFFER = 1 << 16;

  private final FileChannel channel;
  private final long length;
  private final TarMembers members;
  private long position;

  private TarIndex(Path file, FileChannel channel) throws IOException {
    this.channel = channel;
    this.length = channel.size();
    this.members = new TarMembers(file.toString());
  }

  /**
   * Holds what was found.
   *
   * @param endMark whether the archive ends as it should
   * @param trailing whether anything but zeros follows the end mark
   */
  record Result(List<TarMember> members, boolean endMark, boolean trailing) {}

  static Result read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return new TarIndex(file, channel).scan();
    } catch (IOException e) {
      throw Errors.reading(file, e);
    }
  }

  private Result scan() throws IOException {
    while (length - position >= TarHeader.BLOCK) {
      byte[] block = bytes(position, TarHeader.BLOCK);
      if (TarHeader.isZero(block)) {
        return new Result(members.members(), true, trailing(position + TarHeader.BLOCK));
      }
      member(members.header(block, position));
    }
    if (position < length) {
      throw members.endsInHeader(position);
    }
    return new Result(members.members(), false, false);
  }

  private void member(TarMembers.Header header) throws IOException {
    long content = position + TarHeader.BLOCK;
    long left = length - content;
    if (header.size() > left) {
      throw members.endsIn(header, content);
    }
    if (header.kind() == TarMembers.Kind.EXTENSION) {
      members.extension(header, bytes(content, (int) header.size()));
    }
    long padding = TarHeader.padding(header.size());
    long behind = left - header.size();
    if (behind > 0 && padding > behind) {
      throw members.endsInPadding(header, length);
    }
    // Some writers end with the last byte of the last member.
    position = behind == 0 ? length : content + header.size() + padding;
  }

  private boolean trailing(long from) throws IOException {
    long end = Math.min(length, from + TarMembers.MOST_TRAILER);
    for (long at = from; at < end; at += TRAILER_BUFFER) {
      if (!TarHeader.isZero(bytes(at, (int) Math.min(TRAILER_BUFFER, end - at)))) {
        return true;
      }
    }
    return false;
  }

  private byte[] bytes(long from, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new EOFException();
      }
    }
    return buffer.array();
  }
}
