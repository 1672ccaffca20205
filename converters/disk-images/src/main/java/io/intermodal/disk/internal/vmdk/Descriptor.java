package io.intermodal.disk.internal.vmdk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Problems;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text that describes a VMDK, inside it or in a file of its own ("Virtual Disk Format" 5.0,
 * "Descriptor File"). Read as writers other than VMware spell it, too: without quotes, with blanks
 * around the equals sign, with keys that nobody knows.
 */
final class Descriptor {

  /** The longest that is read. */
  static final int MAX_BYTES = 1 << 20;

  private static final int MAX_LINES = 16_384;
  private static final String NO_PARENT = "ffffffff";

  /** What {@code info} tells of one. */
  private static final List<String> TOLD =
      List.of("cid", "ddb.adaptertype", "ddb.virtualhwversion", "ddb.uuid");

  /** One line, with each byte as one character, so that nothing is lost that is not understood. */
  record Line(long at, String bytes) {

    /** Returns the key in lower case; null when it is no line of a key. */
    @Nullable String key() {
      int equals = bytes.indexOf('=');
      if (equals < 1 || bytes.startsWith("#") || DescriptorExtent.matches(bytes)) {
        return null;
      }
      return bytes.substring(0, equals).strip().toLowerCase(Locale.ROOT);
    }

    String value() {
      String value = bytes.substring(bytes.indexOf('=') + 1).strip();
      boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
      return quoted ? value.substring(1, value.length() - 1) : value;
    }
  }

  private final String name;
  private final List<Line> lines;
  private final Map<String, String> keys = new LinkedHashMap<>();
  private final Charset charset;
  private final boolean carriageReturns;

  private Descriptor(String name, List<Line> lines, boolean carriageReturns) {
    this.name = name;
    this.lines = lines;
    this.carriageReturns = carriageReturns;
    for (Line line : lines) {
      String key = line.key();
      if (key != null) {
        keys.putIfAbsent(key, line.value());
      }
    }
    this.charset = charset(keys.get("encoding"));
  }

  /** Reads one, and refuses a disk that has a parent. */
  static Descriptor parse(String name, long at, byte[] bytes) {
    List<Line> lines = new ArrayList<>();
    int from = 0;
    boolean carriageReturns = false;
    for (int i = 0; i <= bytes.length; i++) {
      boolean end = i == bytes.length || bytes[i] == 0;
      if (end || bytes[i] == '\n') {
        boolean returns = i > from && bytes[i - 1] == '\r';
        carriageReturns |= returns;
        int to = returns ? i - 1 : i;
        if (!end || to > from) {
          lines.add(new Line(at + from, new String(bytes, from, to - from, ISO_8859_1)));
        }
        from = i + 1;
      }
      if (lines.size() > MAX_LINES) {
        throw Problems.damaged(name, at, "VMDK descriptor", "it has over " + MAX_LINES + " lines");
      }
      if (end) {
        break;
      }
    }
    Descriptor descriptor = new Descriptor(name, lines, carriageReturns);
    descriptor.refuseParent(at);
    return descriptor;
  }

  /** Finds the type in the first bytes of a file that is a descriptor; in lower case. */
  static Optional<String> createType(String head) {
    if (!head.regionMatches(true, 0, "# Disk Descriptor", 0, 17)) {
      return Optional.empty();
    }
    for (String line : head.split("[\\n\\x00]", 1000)) {
      Line candidate = new Line(0, line);
      if ("createtype".equals(candidate.key())) {
        return Optional.of(candidate.value().toLowerCase(Locale.ROOT));
      }
    }
    return Optional.of("");
  }

  private void refuseParent(long at) {
    String parent = keys.get("parentcid");
    if (parent == null || parent.toLowerCase(Locale.ROOT).equals(NO_PARENT)) {
      return;
    }
    throw Problems.at(
        DiskError.REFERS_TO_ANOTHER_FILE,
        name,
        at,
        "VMDK descriptor",
        "it is a delta on a parent disk; consolidate the disk first");
  }

  /** Names of files are in what the host that wrote it uses, if that is known here. */
  private static Charset charset(@Nullable String encoding) {
    try {
      return encoding != null && Charset.isSupported(encoding) ? Charset.forName(encoding) : UTF_8;
    } catch (IllegalCharsetNameException e) {
      return UTF_8;
    }
  }

  /** Returns the lines without their ends. */
  List<Line> lines() {
    return lines;
  }

  /** Tells whether lines end as on Windows. */
  boolean hasCarriageReturns() {
    return carriageReturns;
  }

  /** Returns the value of a key, which is named in lower case. */
  @Nullable String get(String key) {
    return keys.get(key);
  }

  /** Reads the extent lines; an odd one is an error. */
  List<DescriptorExtent> extents() {
    List<DescriptorExtent> extents = new ArrayList<>();
    for (Line line : lines) {
      if (DescriptorExtent.matches(line.bytes())) {
        String text = new String(line.bytes().getBytes(ISO_8859_1), charset);
        extents.add(DescriptorExtent.parse(name, line.at(), text));
      }
    }
    return extents;
  }

  /** Returns what is worth telling about the image. */
  Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    for (String key : TOLD) {
      String value = keys.get(key);
      if (value != null) {
        details.put(key, value);
      }
    }
    return details;
  }
}
