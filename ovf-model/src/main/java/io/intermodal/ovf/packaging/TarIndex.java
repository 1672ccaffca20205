package io.intermodal.ovf.packaging;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.internal.Hrefs;
import io.intermodal.ovf.internal.Texts;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the members of a tar archive: ustar, GNU and pax headers, in any order. It reads headers
 * only and leaps over content, so an archive of any size is quick. What is no plain file inside the
 * archive's own folder is refused.
 */
final class TarIndex {

  private static final int MOST_MEMBERS = 20_000;
  private static final int MOST_EXTENSION = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final long length;
  private final List<TarMember> members = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private long position;
  private @Nullable String longName;
  private @Nullable Long longSize;
  private boolean ended;

  private TarIndex(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.length = channel.size();
  }

  /** Holds what was found. */
  record Result(List<TarMember> members, boolean endMark) {}

  static Result read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      TarIndex index = new TarIndex(file, channel);
      index.scan();
      return new Result(List.copyOf(index.members), index.ended);
    } catch (IOException e) {
      throw Errors.reading(file, e);
    }
  }

  private void scan() throws IOException {
    int extensions = 0;
    while (length - position >= TarHeader.BLOCK) {
      byte[] block = bytes(position, TarHeader.BLOCK);
      if (TarHeader.isZero(block)) {
        ended = true;
        return;
      }
      if (!TarHeader.sumMatches(block)) {
        throw error(OvfError.ARCHIVE_MALFORMED, "the header at offset " + position + " is broken");
      }
      extensions = member(block) ? 0 : extensions + 1;
      if (extensions > 1000) {
        throw error(OvfError.PACKAGE_LIMIT, "too many header records at offset " + position);
      }
    }
    if (position < length) {
      throw error(OvfError.ARCHIVE_TRUNCATED, "it ends within the header at offset " + position);
    }
  }

  /** Takes one header in; tells whether it was a member and no extension of the next one. */
  private boolean member(byte[] block) throws IOException {
    long content = position + TarHeader.BLOCK;
    char type = (char) (block[156] & 0xff);
    boolean extension = "xgLK".indexOf(type) >= 0;
    Long fromPax = extension ? null : longSize;
    long size = fromPax != null ? fromPax : TarHeader.number(block, 124, 12);
    String shortName = TarHeader.name(block);
    String name = extension || longName == null ? shortName : longName;
    if (size < 0) {
      throw error(OvfError.ARCHIVE_MALFORMED, "the size of " + show(name) + " is no number");
    }
    if (size > length - content) {
      throw error(
          OvfError.ARCHIVE_TRUNCATED,
          "it ends within "
              + show(name)
              + ", whose "
              + size
              + " bytes start at offset "
              + content
              + "; copy it again");
    }
    long padded = size + (TarHeader.BLOCK - 1 - (size + TarHeader.BLOCK - 1) % TarHeader.BLOCK);
    switch (type) {
      case 'x', 'L' -> extension(type, bytes(content, bounded(size, name)));
      case 'g', 'K', 'V' -> {
        // Global records, names of links and volume labels say nothing about files.
      }
      case '0', '\0', '7' -> file(name, content, size);
      case '5' -> check(name);
      case '1', '2' -> throw forbidden(name, "a link");
      case '3', '4', '6' -> throw forbidden(name, "a device");
      case 'S' -> throw forbidden(name, "a sparse file of GNU tar's");
      default -> throw forbidden(name, "of the unknown type " + (int) type);
    }
    if (!extension) {
      longName = null;
      longSize = null;
    }
    long left = length - content;
    if (padded > left && left > size) {
      throw error(
          OvfError.ARCHIVE_TRUNCATED,
          "it ends within the padding of "
              + show(name)
              + " at offset "
              + length
              + "; copy it again");
    }
    // Some writers end with the last byte of the last member.
    position = padded > left ? length : content + padded;
    return !extension;
  }

  private int bounded(long size, String name) {
    if (size > MOST_EXTENSION) {
      throw error(OvfError.PACKAGE_LIMIT, "the header record " + show(name) + " is over 1 MiB");
    }
    return (int) size;
  }

  private void file(String written, long content, long size) {
    // Old archives mark a folder by its name.
    if (written.endsWith("/")) {
      check(written);
      return;
    }
    String name = check(written);
    if (!names.add(name)) {
      throw error(OvfError.MEMBER_DUPLICATE, "it holds two members named " + show(name));
    }
    if (members.size() >= MOST_MEMBERS) {
      throw error(OvfError.PACKAGE_LIMIT, "it holds more than " + MOST_MEMBERS + " members");
    }
    members.add(new TarMember(name, content, size));
  }

  private String check(String name) {
    if (Hrefs.unsafe(name)) {
      throw error(
          OvfError.NAME_UNSAFE, "the member " + show(name) + " would lie outside of the package");
    }
    return Hrefs.normal(name);
  }

  private void extension(char type, byte[] data) {
    if (type == 'L') {
      longName = TarHeader.text(data, 0, data.length);
      return;
    }
    int at = 0;
    while (at < data.length && data[at] != 0) {
      int blank = at;
      int total = 0;
      while (blank < data.length
          && data[blank] >= '0'
          && data[blank] <= '9'
          && total <= MOST_EXTENSION) {
        total = total * 10 + (data[blank++] - '0');
      }
      if (blank >= data.length
          || data[blank] != ' '
          || total <= blank - at
          || total > data.length - at) {
        throw error(
            OvfError.ARCHIVE_MALFORMED, "a pax record at offset " + position + " is broken");
      }
      String record = new String(data, blank + 1, at + total - blank - 1, StandardCharsets.UTF_8);
      record(record.endsWith("\n") ? record.substring(0, record.length() - 1) : record);
      at += total;
    }
  }

  private void record(String record) {
    int equals = record.indexOf('=');
    String key = equals < 0 ? record : record.substring(0, equals);
    String value = equals < 0 ? "" : record.substring(equals + 1);
    if (key.equals("path")) {
      longName = value;
    } else if (key.equals("size")) {
      if (!value.matches("[0-9]{1,18}")) {
        throw error(OvfError.ARCHIVE_MALFORMED, "a pax size at offset " + position + " is broken");
      }
      longSize = Long.valueOf(value);
    } else if (key.startsWith("GNU.sparse.")) {
      throw forbidden("after offset " + position, "a sparse file of GNU tar's");
    }
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

  private IntermodalException forbidden(String name, String what) {
    return error(OvfError.MEMBER_FORBIDDEN, "the member " + show(name) + " is " + what);
  }

  private IntermodalException error(OvfError code, String reason) {
    return new IntermodalException(
        code, "cannot read " + file + ": " + reason, file + ":" + position, null);
  }

  private static String show(String name) {
    return Texts.shorten(name.replaceAll("\\p{Cntrl}", "?"));
  }
}
