package io.intermodal.ovf.packaging;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.internal.Hrefs;
import io.intermodal.ovf.internal.Texts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the headers of one archive in, in order, and knows its members: ustar, GNU and pax. It
 * reads nothing itself, so random access and streams have the same rules. What is no plain file
 * inside the archive's own folder is refused, and so is what is over a bound.
 */
final class TarMembers {

  /** How much is looked at behind the end mark; writers pad to records of some KiB. */
  static final int MOST_TRAILER = 1 << 20;

  static final int MOST_MEMBERS = 20_000;
  private static final int MOST_EXTENSION = 1 << 20;
  private static final int MOST_EXTENSIONS_IN_A_ROW = 1000;

  /** No file system takes a longer path. */
  private static final int MOST_NAME = 4096;

  private static final int MOST_NAMES = 16 << 20;

  private final String archive;
  private final List<TarMember> members = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private long namesLength;
  private int extensions;
  private long position;
  private @Nullable String longName;
  private @Nullable Long longSize;

  TarMembers(String archive) {
    this.archive = archive;
  }

  /** Tells what follows a header. */
  enum Kind {
    /** The content of the last one of {@link TarMembers#members()}. */
    FILE,
    /** Bytes for {@link TarMembers#extension}; their size is bounded. */
    EXTENSION,
    /** Bytes that mean nothing. */
    OTHER
  }

  /**
   * Holds one header.
   *
   * @param type the byte of the header that says what it is
   * @param name for messages
   * @param size of what follows it, without padding
   */
  record Header(Kind kind, char type, String name, long size) {}

  List<TarMember> members() {
    return List.copyOf(members);
  }

  TarMember last() {
    return members.get(members.size() - 1);
  }

  /** Takes in the header at an offset of the archive. */
  Header header(byte[] block, long offset) {
    position = offset;
    if (!TarHeader.sumMatches(block)) {
      throw error(OvfError.ARCHIVE_MALFORMED, "the header at offset " + offset + " is broken");
    }
    char type = (char) (block[156] & 0xff);
    boolean extension = "xgLK".indexOf(type) >= 0;
    extensions = extension ? extensions + 1 : 0;
    if (extensions > MOST_EXTENSIONS_IN_A_ROW) {
      throw error(OvfError.PACKAGE_LIMIT, "too many header records at offset " + offset);
    }
    Long fromPax = extension ? null : longSize;
    long size = fromPax != null ? fromPax : TarHeader.number(block, 124, 12);
    String name = extension || longName == null ? TarHeader.name(block) : longName;
    if (size < 0) {
      throw error(OvfError.ARCHIVE_MALFORMED, "the size of " + show(name) + " is no number");
    }
    Kind kind = kind(type, name, size);
    if (kind == Kind.FILE) {
      members.add(new TarMember(Hrefs.normal(name), offset + TarHeader.BLOCK, size));
    }
    if (!extension) {
      longName = null;
      longSize = null;
    }
    return new Header(kind, type, name, size);
  }

  private Kind kind(char type, String name, long size) {
    switch (type) {
      case 'x', 'g', 'L' -> {
        if (size > MOST_EXTENSION) {
          throw error(OvfError.PACKAGE_LIMIT, "the header record " + show(name) + " is over 1 MiB");
        }
        return Kind.EXTENSION;
      }
      case 'K', 'V' -> {
        // Names of links and volume labels say nothing about files.
        return Kind.OTHER;
      }
      case '0', '\0', '7' -> {
        // Old archives mark a folder by its name.
        return file(name) ? Kind.FILE : Kind.OTHER;
      }
      case '5' -> {
        check(name);
        return Kind.OTHER;
      }
      case '1', '2' -> throw forbidden(name, "a link");
      case '3', '4', '6' -> throw forbidden(name, "a device");
      case 'S' -> throw forbidden(name, "a sparse file of GNU tar's");
      default -> throw forbidden(name, "of the unknown type " + (int) type);
    }
  }

  private boolean file(String written) {
    check(written);
    if (written.endsWith("/")) {
      return false;
    }
    String name = Hrefs.normal(written);
    if (!names.add(name)) {
      throw error(OvfError.MEMBER_DUPLICATE, "it holds two members named " + show(name));
    }
    if (names.size() > MOST_MEMBERS) {
      throw error(OvfError.PACKAGE_LIMIT, "it holds more than " + MOST_MEMBERS + " members");
    }
    namesLength += name.length();
    if (namesLength > MOST_NAMES) {
      throw error(
          OvfError.PACKAGE_LIMIT, "the names of its members are over 16 MiB when put together");
    }
    return true;
  }

  private void check(String name) {
    if (name.length() > MOST_NAME) {
      throw error(
          OvfError.PACKAGE_LIMIT,
          "the name of a member at offset " + position + " is over " + MOST_NAME + " characters");
    }
    if (Hrefs.unsafe(name)) {
      throw error(
          OvfError.NAME_UNSAFE, "the member " + show(name) + " would lie outside of the package");
    }
  }

  /** Takes in the bytes that follow an {@link Kind#EXTENSION}; they tell about the next header. */
  void extension(Header header, byte[] data) {
    if (header.type() == 'L') {
      longName = once(longName, TarHeader.text(data, 0, data.length));
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
      boolean global = header.type() == 'g';
      record(record.endsWith("\n") ? record.substring(0, record.length() - 1) : record, global);
      at += total;
    }
  }

  private void record(String record, boolean global) {
    int equals = record.indexOf('=');
    String key = equals < 0 ? record : record.substring(0, equals);
    String value = equals < 0 ? "" : record.substring(equals + 1);
    if (global && (key.equals("path") || key.equals("size"))) {
      // Some readers rename every member by it, others none.
      throw error(
          OvfError.ARCHIVE_MALFORMED, "a pax record at offset " + position + " is for all members");
    }
    if (key.equals("path")) {
      longName = once(longName, value);
    } else if (key.equals("size")) {
      if (!value.matches("[0-9]{1,18}")) {
        throw error(OvfError.ARCHIVE_MALFORMED, "a pax size at offset " + position + " is broken");
      }
      longSize = once(longSize, Long.valueOf(value));
    } else if (key.startsWith("GNU.sparse.")) {
      throw forbidden("after offset " + position, "a sparse file of GNU tar's");
    }
  }

  /** Refuses what says two things of one member: readers differ in which of them holds. */
  private <T> T once(@Nullable T before, T now) {
    if (before != null && !before.equals(now)) {
      throw error(
          OvfError.ARCHIVE_MALFORMED,
          "the header records at offset " + position + " contradict others of the same member");
    }
    return now;
  }

  /** Makes the error for an archive that ends within the header at an offset. */
  IntermodalException endsInHeader(long offset) {
    position = offset;
    return error(OvfError.ARCHIVE_TRUNCATED, "it ends within the header at offset " + offset);
  }

  /** Makes the error for an archive that ends within what follows a header. */
  IntermodalException endsIn(Header header, long contentOffset) {
    return error(
        OvfError.ARCHIVE_TRUNCATED,
        "it ends within "
            + show(header.name())
            + ", whose "
            + header.size()
            + " bytes start at offset "
            + contentOffset
            + "; copy it again");
  }

  /** Makes the error for an archive that ends within the zeros after content. */
  IntermodalException endsInPadding(Header header, long offset) {
    return error(
        OvfError.ARCHIVE_TRUNCATED,
        "it ends within the padding of "
            + show(header.name())
            + " at offset "
            + offset
            + "; copy it again");
  }

  /** Makes the error for an archive that goes on and on. */
  IntermodalException tooLong(long mostBytes) {
    return error(OvfError.PACKAGE_LIMIT, "it is over the bound of " + mostBytes + " bytes");
  }

  private IntermodalException forbidden(String name, String what) {
    return error(OvfError.MEMBER_FORBIDDEN, "the member " + show(name) + " is " + what);
  }

  private IntermodalException error(OvfError code, String reason) {
    return new IntermodalException(
        code, "cannot read " + archive + ": " + reason, archive + ":" + position, null);
  }

  private static String show(String name) {
    return Texts.shorten(name.replaceAll("\\p{Cntrl}", "?"));
  }
}
