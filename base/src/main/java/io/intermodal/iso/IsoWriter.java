package io.intermodal.iso;

import io.intermodal.IntermodalException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Writes an image of files in one root directory: ISO 9660 (ECMA-119) with upper-case names, and a
 * Joliet tree with the names as they are. The same files give the same bytes: dates are fixed.
 * Immutable and thread-safe.
 */
public final class IsoWriter {

  static final int SECTOR = 2048;
  static final int FIRST_DESCRIPTOR = 16;
  private static final int JOLIET_DESCRIPTOR = 17;
  private static final int TERMINATOR = 18;
  private static final int TABLES = 19;
  private static final int DIRECTORIES = 23;
  private static final int ROUNDED_SECTORS = 16;
  private static final int PATH_TABLE_BYTES = 10;
  private static final int RECORD_BYTES = 33;
  private static final int LABEL_CHARACTERS = 16;
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_FILES = 1000;

  /** Midnight of 1 January 2000 UTC, in both forms. */
  private static final String LONG_DATE = "2000010100000000";

  private static final byte[] SHORT_DATE = {100, 1, 1, 0, 0, 0, 0};
  private static final String NO_DATE = "0000000000000000";

  private final String label;
  private final List<IsoFile> files;

  private IsoWriter(String label, List<IsoFile> files) {
    this.label = label;
    this.files = files;
  }

  /**
   * Takes what is to be written.
   *
   * @param label the volume's label: 1 to 16 letters, digits, blanks, dashes and underscores
   * @param files at most 1000 files of together at most 64 MiB
   * @throws IntermodalException {@link IsoError#IMAGE_NAME} for a label or name that cannot be
   *     written, {@link IsoError#IMAGE_LIMIT} above a bound
   */
  public static IsoWriter of(String label, List<IsoFile> files) {
    if (!label.matches("[A-Za-z0-9_ -]{1," + LABEL_CHARACTERS + "}")) {
      throw new IntermodalException(
          IsoError.IMAGE_NAME,
          "cannot label the image: a label has 1 to 16 letters, digits, blanks, - and _");
    }
    IsoNames.check(files);
    long bytes = files.stream().mapToLong(IsoFile::sizeBytes).sum();
    if (bytes > MOST_BYTES || files.size() > MOST_FILES) {
      throw new IntermodalException(
          IsoError.IMAGE_LIMIT,
          "cannot write the image: it would hold "
              + files.size()
              + " files of "
              + bytes
              + " bytes; the bounds are "
              + MOST_FILES
              + " files and "
              + MOST_BYTES
              + " bytes");
    }
    return new IsoWriter(label, List.copyOf(files));
  }

  /** Is a file with its place and its name in one of the trees. */
  private record Placed(String name, int sector, int bytes) {}

  /** Is the root directory of one of the trees, its files in order of their names. */
  private record Tree(List<Placed> files, Charset names, int sector, int bytes) {}

  /** Returns the image; its length is a multiple of 32 KiB. */
  public byte[] toBytes() {
    List<String> primary = IsoNames.primary(files);
    List<String> joliet = files.stream().map(IsoFile::name).toList();
    int first = directorySectors(primary, StandardCharsets.US_ASCII);
    int second = directorySectors(joliet, StandardCharsets.UTF_16BE);
    int next = DIRECTORIES + first + second;
    List<Placed> places = new ArrayList<>();
    for (IsoFile file : files) {
      int length = file.sizeBytes();
      // An empty file needs no sector, yet some readers want a place inside of the image.
      places.add(new Placed(file.name(), next, length));
      next += Math.max(1, sectors(length));
    }
    int total = (next + ROUNDED_SECTORS - 1) / ROUNDED_SECTORS * ROUNDED_SECTORS;
    ByteBuffer image = ByteBuffer.allocate(total * SECTOR);
    Tree upper = tree(primary, StandardCharsets.US_ASCII, places, DIRECTORIES, first);
    Tree plain = tree(joliet, StandardCharsets.UTF_16BE, places, DIRECTORIES + first, second);
    descriptor(at(image, FIRST_DESCRIPTOR), false, total, TABLES, upper);
    descriptor(at(image, JOLIET_DESCRIPTOR), true, total, TABLES + 2, plain);
    at(image, TERMINATOR).put((byte) 0xff).put(ascii("CD001")).put((byte) 1);
    pathTables(image, TABLES, upper.sector);
    pathTables(image, TABLES + 2, plain.sector);
    directory(image, upper);
    directory(image, plain);
    for (int i = 0; i < files.size(); i++) {
      at(image, places.get(i).sector).put(files.get(i).content());
    }
    return image.array();
  }

  private static Tree tree(
      List<String> names, Charset charset, List<Placed> places, int sector, int sectors) {
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      placed.add(new Placed(names.get(i), places.get(i).sector, places.get(i).bytes));
    }
    placed.sort(Comparator.comparing(Placed::name));
    return new Tree(placed, charset, sector, sectors * SECTOR);
  }

  /** Counts sectors; no record crosses from one to the next. */
  private static int directorySectors(List<String> names, Charset charset) {
    int at = 2 * recordBytes(1);
    for (String name : names.stream().sorted().toList()) {
      int length = recordBytes(name.getBytes(charset).length);
      at = place(at, length) + length;
    }
    return sectors(at);
  }

  private static int place(int at, int length) {
    int left = SECTOR - at % SECTOR;
    return length > left ? at + left : at;
  }

  private static int recordBytes(int nameBytes) {
    return (RECORD_BYTES + nameBytes + 1) / 2 * 2;
  }

  private static int sectors(int bytes) {
    return (int) (((long) bytes + SECTOR - 1) / SECTOR);
  }

  private static ByteBuffer at(ByteBuffer image, int sector) {
    return image.duplicate().order(ByteOrder.BIG_ENDIAN).position(sector * SECTOR).slice();
  }

  private void descriptor(ByteBuffer to, boolean joliet, int total, int tables, Tree root) {
    to.put((byte) (joliet ? 2 : 1)).put(ascii("CD001")).put((byte) 1);
    text(to, 8, 32, "", joliet);
    text(to, 40, 32, label, joliet);
    both32(to.position(80), total);
    if (joliet) {
      to.position(88).put(ascii("%/E"));
    }
    both16(to.position(120), 1);
    both16(to, 1);
    both16(to, SECTOR);
    both32(to.position(132), PATH_TABLE_BYTES);
    to.position(140).putInt(Integer.reverseBytes(tables));
    to.position(148).putInt(tables + 1);
    record(to.position(156), root.sector, root.bytes, true, new byte[1]);
    for (int field : new int[] {190, 318, 446, 574}) {
      text(to, field, 128, field == 574 ? "INTERMODAL" : "", joliet);
    }
    for (int field : new int[] {702, 739, 776}) {
      text(to, field, 37, "", joliet);
    }
    to.position(813).put(ascii(LONG_DATE)).put((byte) 0).put(ascii(LONG_DATE)).put((byte) 0);
    to.put(ascii(NO_DATE)).put((byte) 0).put(ascii(NO_DATE)).put((byte) 0);
    to.position(881).put((byte) 1);
  }

  private static void pathTables(ByteBuffer image, int sector, int root) {
    at(image, sector)
        .putShort((short) 0x0100)
        .putInt(Integer.reverseBytes(root))
        .putShort((short) 0x0100);
    at(image, sector + 1).putShort((short) 0x0100).putInt(root).putShort((short) 1);
  }

  private static void directory(ByteBuffer image, Tree tree) {
    ByteBuffer to = at(image, tree.sector);
    record(to, tree.sector, tree.bytes, true, new byte[] {0});
    record(to, tree.sector, tree.bytes, true, new byte[] {1});
    for (Placed file : tree.files) {
      byte[] name = file.name.getBytes(tree.names);
      to.position(place(to.position(), recordBytes(name.length)));
      record(to, file.sector, file.bytes, false, name);
    }
  }

  private static void record(ByteBuffer to, int sector, int bytes, boolean directory, byte[] name) {
    int start = to.position();
    int length = recordBytes(name.length);
    to.put((byte) length).put((byte) 0);
    both32(to, sector);
    both32(to, bytes);
    to.put(SHORT_DATE).put((byte) (directory ? 2 : 0)).put((byte) 0).put((byte) 0);
    both16(to, 1);
    to.put((byte) name.length).put(name);
    to.position(start + length);
  }

  private static void both32(ByteBuffer to, int value) {
    to.putInt(Integer.reverseBytes(value)).putInt(value);
  }

  private static void both16(ByteBuffer to, int value) {
    to.putShort(Short.reverseBytes((short) value)).putShort((short) value);
  }

  /** Writes a field of text, filled up with blanks. */
  private static void text(ByteBuffer to, int offset, int length, String text, boolean joliet) {
    int characters = joliet ? length / 2 : length;
    String padded = String.format(Locale.ROOT, "%-" + characters + "s", text);
    to.position(offset)
        .put(padded.getBytes(joliet ? StandardCharsets.UTF_16BE : StandardCharsets.US_ASCII));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
