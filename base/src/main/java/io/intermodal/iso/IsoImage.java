package io.intermodal.iso;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists the files in the root directory of a CD image, by their Joliet names where it has such, and
 * reads them. Only descriptors, the root directory and what is asked for are read, each within
 * bounds. Not thread-safe: it uses the channel it was given.
 */
public final class IsoImage {

  private static final int MOST_DESCRIPTORS = 64;
  private static final int MOST_DIRECTORY_BYTES = 1 << 20;
  private static final int RECORD_BYTES = 33;
  private static final int SHOWN = 10;
  private static final Set<String> UCS2 = Set.of("%/@", "%/C", "%/E");

  private final String source;
  private final SeekableByteChannel channel;
  private final String label;
  private final List<Entry> files;

  /**
   * Is a file in the root directory.
   *
   * @param name without version, in the case it is stored
   * @param sizeBytes the length
   */
  public record Entry(String name, long sizeBytes, long offset) {

    /** Validates the name. */
    public Entry {
      Objects.requireNonNull(name, "name");
    }
  }

  private IsoImage(String source, SeekableByteChannel channel) throws IOException {
    this.source = source;
    this.channel = channel;
    ByteBuffer primary = null;
    ByteBuffer joliet = null;
    for (int i = 0; i < MOST_DESCRIPTORS; i++) {
      long offset = (long) (IsoWriter.FIRST_DESCRIPTOR + i) * IsoWriter.SECTOR;
      if (channel.size() < offset + IsoWriter.SECTOR) {
        break;
      }
      ByteBuffer sector = read(offset, IsoWriter.SECTOR);
      if (!text(sector, 1, 5, StandardCharsets.US_ASCII).equals("CD001")) {
        break;
      }
      int type = sector.get(0);
      if (type == 1 && primary == null) {
        primary = sector;
      } else if (type == 2
          && joliet == null
          && UCS2.contains(text(sector, 88, 3, StandardCharsets.US_ASCII))) {
        joliet = sector;
      } else if (type == -1) {
        break;
      }
    }
    if (primary == null) {
      throw new IntermodalException(
          IsoError.NOT_AN_IMAGE,
          "cannot read " + source + ": it is no CD image (ISO 9660)",
          source,
          null);
    }
    Charset names = joliet == null ? StandardCharsets.US_ASCII : StandardCharsets.UTF_16BE;
    ByteBuffer tree = joliet == null ? primary : joliet;
    label = text(tree, 40, 32, names).strip();
    files = directory(tree, names);
  }

  /**
   * Lists an image.
   *
   * @param source the name of the image, for messages
   * @param channel stays open and is used by {@link #content}
   * @throws IntermodalException {@link IsoError#NOT_AN_IMAGE}, {@link IsoError#IMAGE_MALFORMED} or
   *     {@link IsoError#IMAGE_LIMIT}
   * @throws IOException when the channel fails
   */
  public static IsoImage open(String source, SeekableByteChannel channel) throws IOException {
    return new IsoImage(source, channel);
  }

  /**
   * Reads one file out of an image, its name in any letter case.
   *
   * @param mostBytes the length that is taken at most
   * @throws IntermodalException as {@link #open} and {@link #content}; {@link
   *     IsoError#IMAGE_FILE_MISSING} when there is no such file
   */
  public static byte[] readFile(Path image, String name, int mostBytes) {
    try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
      IsoImage opened = open(image.toString(), channel);
      return opened.content(opened.file(name).orElseThrow(() -> opened.missing(name)), mostBytes);
    } catch (IOException e) {
      throw Errors.reading(image, e);
    }
  }

  private IntermodalException missing(String name) {
    List<String> names = files.stream().map(Entry::name).limit(SHOWN).toList();
    return new IntermodalException(
        IsoError.IMAGE_FILE_MISSING,
        "cannot read "
            + name
            + " in "
            + source
            + ": the root directory has no such file"
            + (names.isEmpty() ? "" : "; it has " + String.join(", ", names)),
        source,
        null);
  }

  /** Returns the label of the volume; empty for none. */
  public String label() {
    return label;
  }

  /** Returns the files of the root directory, as stored; directories are left out. */
  public List<Entry> files() {
    return files;
  }

  /**
   * Finds a file by its name in any letter case. Images without Joliet may have an underscore where
   * the name has another character than letters and digits.
   */
  public Optional<Entry> file(String name) {
    return files.stream()
        .filter(file -> file.name().equalsIgnoreCase(name))
        .findFirst()
        .or(
            () ->
                files.stream().filter(file -> plain(file.name()).equals(plain(name))).findFirst());
  }

  private static String plain(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9.]", "_");
  }

  /**
   * Reads a file.
   *
   * @param mostBytes the length that is taken at most
   * @throws IntermodalException {@link IsoError#IMAGE_LIMIT} when it is longer
   * @throws IOException when the channel fails
   */
  public byte[] content(Entry file, int mostBytes) throws IOException {
    if (file.sizeBytes() > mostBytes) {
      throw new IntermodalException(
          IsoError.IMAGE_LIMIT,
          "cannot read "
              + file.name()
              + " in "
              + source
              + ": it has "
              + file.sizeBytes()
              + " bytes, the bound is "
              + mostBytes,
          source,
          null);
    }
    return read(file.offset(), (int) file.sizeBytes()).array();
  }

  private List<Entry> directory(ByteBuffer descriptor, Charset names) throws IOException {
    long offset = unsigned(descriptor, 156 + 2) * IsoWriter.SECTOR;
    long length = unsigned(descriptor, 156 + 10);
    if (length > MOST_DIRECTORY_BYTES) {
      throw new IntermodalException(
          IsoError.IMAGE_LIMIT,
          "cannot read " + source + ": its root directory is longer than " + MOST_DIRECTORY_BYTES,
          source,
          null);
    }
    ByteBuffer records = read(offset, (int) length);
    List<Entry> entries = new ArrayList<>();
    boolean inParts = false;
    int at = 0;
    while (at < length) {
      int size = records.get(at) & 0xff;
      if (size == 0) {
        // The rest of a sector that the next record did not fit in.
        at = (at / IsoWriter.SECTOR + 1) * IsoWriter.SECTOR;
        continue;
      }
      if (size <= RECORD_BYTES || at + size > length) {
        throw malformed("a record of its root directory is broken");
      }
      int nameBytes = records.get(at + 32) & 0xff;
      if (RECORD_BYTES + nameBytes > size) {
        throw malformed("a name in its root directory is longer than its record");
      }
      Entry entry = entry(records, at, nameBytes, names);
      boolean more = (records.get(at + 25) & 0x80) != 0;
      // A file in several parts is a giant that nobody asks for.
      if (entry != null && !more && !inParts) {
        entries.add(entry);
      }
      inParts = more;
      at += size;
    }
    return List.copyOf(entries);
  }

  private static @Nullable Entry entry(ByteBuffer records, int at, int nameBytes, Charset names) {
    boolean directory = (records.get(at + 25) & 2) != 0;
    boolean interleaved = records.get(at + 26) != 0 || records.get(at + 27) != 0;
    String name = text(records, at + RECORD_BYTES, nameBytes, names);
    int version = name.indexOf(';');
    name = version < 0 ? name : name.substring(0, version);
    name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (directory || interleaved || name.isEmpty()) {
      return null;
    }
    long extended = records.get(at + 1) & 0xff;
    return new Entry(
        name,
        unsigned(records, at + 10),
        (unsigned(records, at + 2) + extended) * IsoWriter.SECTOR);
  }

  /** Reads the little-endian half of a number that is stored both ways. */
  private static long unsigned(ByteBuffer from, int at) {
    return Integer.toUnsignedLong(from.order(ByteOrder.LITTLE_ENDIAN).getInt(at));
  }

  private static String text(ByteBuffer from, int at, int length, Charset names) {
    byte[] bytes = new byte[length];
    from.get(at, bytes);
    return new String(bytes, names);
  }

  private ByteBuffer read(long offset, int length) throws IOException {
    if (offset + length > channel.size()) {
      throw malformed("it ends at " + channel.size() + ", and a part of it is behind that");
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    channel.position(offset);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw malformed("it ends too early");
      }
    }
    return bytes.flip();
  }

  private IntermodalException malformed(String reason) {
    return new IntermodalException(
        IsoError.IMAGE_MALFORMED, "cannot read " + source + ": " + reason, source, null);
  }
}
