package io.intermodal.disk.internal.vmdk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.intermodal.IntermodalException;
import io.intermodal.disk.internal.vmdk.Descriptor.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Corrects the descriptor of a streamOptimized image line by line. What is right stays byte for
 * byte, whether it is understood or not: identifiers, versions of tools, comments.
 */
final class DescriptorRepair {

  private static final String HEX = "[0-9A-Fa-f]{1,8}";

  private final long capacity;
  private final String fileName;
  private final long seed;
  private final List<String> lines = new ArrayList<>();
  private final List<String> changes = new ArrayList<>();

  DescriptorRepair(@Nullable Descriptor source, long capacity, String fileName, long seed) {
    this.capacity = capacity;
    this.fileName = fileName;
    this.seed = seed;
    if (source == null || source.lines().isEmpty()) {
      startAnew();
      return;
    }
    source.lines().forEach(line -> lines.add(line.bytes()));
    if (source.hasCarriageReturns()) {
      changes.add("lines of the descriptor ended in carriage returns; they do not any more");
    }
    repairContentId(source.get("cid"));
    if (source.get("parentcid") == null) {
      insertBehind("cid", "parentCID=ffffffff");
      changes.add("the descriptor did not say that the disk has no parent; now it does");
    }
    repairType(source.get("createtype"));
    repairExtents();
    repairAdapter(source.get("ddb.adaptertype"));
  }

  /** Returns the corrected descriptor, padded to whole sectors. */
  byte[] padded() {
    return DescriptorText.padded((String.join("\n", lines) + "\n").getBytes(ISO_8859_1));
  }

  /** Returns what was changed, in words. */
  List<String> changes() {
    return changes;
  }

  private void startAnew() {
    String extent = StreamOptimizedWriter.extentLine(capacity, fileName);
    String text =
        new DescriptorText("streamOptimized", capacity, extent, AdapterType.LSILOGIC, seed).text();
    lines.addAll(List.of(latin(text).split("\n")));
    changes.add("the image had no descriptor; now it has one, with the adapter lsilogic");
  }

  private void repairContentId(@Nullable String id) {
    String lower = id == null ? "" : id.toLowerCase(Locale.ROOT);
    boolean reserved = lower.equals("fffffffe") || lower.equals("ffffffff");
    if (lower.matches(HEX) && !reserved) {
      if (lower.length() < 8) {
        String padded = "0".repeat(8 - lower.length()) + lower;
        set("cid", "CID=" + padded);
        changes.add("the CID " + id + " was short; it is written with eight digits now");
      }
      return;
    }
    String fresh = "%08x".formatted(DescriptorText.contentId(capacity, seed));
    set("cid", "CID=" + fresh);
    changes.add(
        id == null
            ? "the descriptor had no CID; it has " + fresh + " now"
            : "the CID " + shown(id) + " is none; it is " + fresh + " now");
  }

  private void repairType(@Nullable String type) {
    if (type == null || !type.equals("streamOptimized")) {
      set("createtype", "createType=\"streamOptimized\"");
      changes.add(
          type == null
              ? "the descriptor named no type; it names streamOptimized now"
              : "the descriptor named the type " + shown(type) + "; it names streamOptimized now");
    }
  }

  private void repairExtents() {
    int first = -1;
    int count = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (DescriptorExtent.matches(lines.get(i))) {
        first = first < 0 ? i : first;
        count++;
      }
    }
    if (count == 1 && isRight(lines.get(first))) {
      return;
    }
    String line = latin(StreamOptimizedWriter.extentLine(capacity, fileName));
    lines.removeIf(DescriptorExtent::matches);
    if (first >= 0) {
      lines.add(first, line);
      changes.add("the extent line of the descriptor was wrong; it is " + utf8(line) + " now");
    } else {
      insertBehind("createtype", line);
      changes.add("the descriptor had no extent line; it has " + utf8(line) + " now");
    }
  }

  private boolean isRight(String line) {
    DescriptorExtent extent;
    try {
      extent = DescriptorExtent.parse("", 0, line);
    } catch (IntermodalException e) {
      return false;
    }
    return extent.sectors() == capacity
        && extent.type().equals("SPARSE")
        && !extent.access().equals("NOACCESS")
        && extent.fileName() != null
        && extent.fileName().indexOf('/') < 0
        && extent.fileName().indexOf('\\') < 0
        && extent.offsetSectors() == 0;
  }

  private void repairAdapter(@Nullable String adapter) {
    AdapterType known = adapter == null ? null : AdapterType.of(adapter);
    if (known != null && known != AdapterType.IDE) {
      return;
    }
    AdapterType now = AdapterType.LSILOGIC;
    set("ddb.geometry.cylinders", key("ddb.geometry.cylinders", now.cylinders(capacity)));
    set("ddb.geometry.heads", key("ddb.geometry.heads", now.heads()));
    set("ddb.geometry.sectors", key("ddb.geometry.sectors", AdapterType.SECTORS));
    set("ddb.adaptertype", key("ddb.adapterType", now));
    changes.add(
        "the descriptor named "
            + (adapter == null ? "no adapter" : "the adapter " + shown(adapter))
            + "; it names lsilogic now, with the geometry of SCSI disks");
  }

  private static String key(String name, Object value) {
    return name + " = \"" + value + '"';
  }

  /** Replaces the line of a key, or adds one where its section is. */
  private void set(String key, String line) {
    for (int i = 0; i < lines.size(); i++) {
      if (key.equals(new Line(0, lines.get(i)).key())) {
        lines.set(i, line);
        return;
      }
    }
    if (key.startsWith("ddb.")) {
      lines.add(line);
    } else {
      insertBehind("version", line);
    }
  }

  private void insertBehind(String key, String line) {
    for (int i = 0; i < lines.size(); i++) {
      if (key.equals(new Line(0, lines.get(i)).key())) {
        lines.add(i + 1, line);
        return;
      }
    }
    // Without that key there is nothing to stand behind but the line that says what this is.
    boolean title = !lines.isEmpty() && lines.get(0).startsWith("#");
    lines.add(title ? 1 : 0, line);
  }

  /** What comes from the file is shown without what would confuse a terminal. */
  private static String shown(String bytes) {
    String text = utf8(bytes).replaceAll("\\p{Cntrl}", "?");
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }

  private static String latin(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
