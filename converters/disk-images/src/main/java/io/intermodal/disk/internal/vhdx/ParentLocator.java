package io.intermodal.disk.internal.vhdx;

import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what a differencing disk is based on ([MS-VHDX] 2.6.2.6), for the error that refuses it. */
final class ParentLocator {

  private static final int MAX_BYTES = Vhdx.MEBIBYTE;
  private static final int HEADER_BYTES = 20;
  private static final int ENTRY_BYTES = 12;
  private static final int MAX_SHOWN = 300;

  /** The kinds of paths, the one that says most first. */
  private static final List<String> PATHS =
      List.of("absolute_win32_path", "relative_path", "volume_path");

  private ParentLocator() {}

  static IntermodalException refusal(StoredBytes file, MetadataItems items) {
    ByteBuffer locator = items.optional(Vhdx.PARENT_LOCATOR, "parent locator", MAX_BYTES);
    String parent = locator == null ? null : path(locator);
    return Problems.at(
        DiskError.REFERS_TO_ANOTHER_FILE,
        file.name(),
        items.placeOf(Vhdx.PARENT_LOCATOR),
        "parent locator",
        "it is a differencing disk based on "
            + (parent == null ? "a disk that it does not name" : parent)
            + ", which is not followed; merge it into its parent on its host");
  }

  private static @Nullable String path(ByteBuffer locator) {
    if (locator.capacity() < HEADER_BYTES) {
      return null;
    }
    Map<String, String> entries = new HashMap<>();
    int count = locator.getShort(18) & 0xFFFF;
    for (int i = 0; i < count; i++) {
      int entry = HEADER_BYTES + i * ENTRY_BYTES;
      if (entry > locator.capacity() - ENTRY_BYTES) {
        break;
      }
      String key = text(locator, locator.getInt(entry), locator.getShort(entry + 8));
      String value = text(locator, locator.getInt(entry + 4), locator.getShort(entry + 10));
      if (PATHS.contains(key)) {
        entries.put(key, value);
      }
    }
    return PATHS.stream().map(entries::get).filter(p -> p != null).findFirst().orElse(null);
  }

  /** Returns a text that is fit for a message; an empty one for what lies outside. */
  private static String text(ByteBuffer locator, int offset, short length) {
    int size = Math.min(length & 0xFFFF, 2 * MAX_SHOWN);
    if (offset < 0 || offset > locator.capacity() - size) {
      return "";
    }
    byte[] text = new byte[size];
    locator.get(offset, text);
    return new String(text, StandardCharsets.UTF_16LE).replaceAll("\\p{Cntrl}", "?");
  }
}
