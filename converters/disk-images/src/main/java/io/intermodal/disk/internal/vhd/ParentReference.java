package io.intermodal.disk.internal.vhd;

import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the ways in which a differencing disk names its parent (specification, "Parent Locator
 * Entry" and "Parent Unicode Name").
 *
 * @param text a path of the machine that wrote it, a relative one with slashes
 * @param at where it stands
 */
record ParentReference(String text, long at) {

  private static final int RELATIVE = 0x57327275;
  private static final int ABSOLUTE = 0x57326B75;
  private static final int NAME_AT = 64;

  /** The longest path that Windows has, in UTF-16. */
  private static final int LONGEST = 64 * 1024;

  /** Lists them, the most exact first: relative path, absolute path, name alone. */
  static List<ParentReference> of(StoredBytes file, DynamicHeader header) {
    List<ParentReference> all = new ArrayList<>();
    addLocators(file, header, RELATIVE, all);
    addLocators(file, header, ABSOLUTE, all);
    add(all, header.parentName(), header.at() + NAME_AT);
    if (all.isEmpty()) {
      throw Problems.damaged(
          file.name(), header.at() + NAME_AT, "VHD header", "a differencing disk names no parent");
    }
    return all;
  }

  private static void addLocators(
      StoredBytes file, DynamicHeader header, int platform, List<ParentReference> all) {
    for (DynamicHeader.Locator locator : header.locators()) {
      if (locator.platform() == platform) {
        String text = read(file, locator);
        add(all, platform == RELATIVE ? text.replace('\\', '/') : text, locator.offset());
      }
    }
  }

  private static String read(StoredBytes file, DynamicHeader.Locator locator) {
    int length = locator.length();
    long offset = locator.offset();
    if (length < 0 || length > LONGEST || offset < 0 || offset > file.size() - length) {
      throw Problems.damaged(
          file.name(),
          locator.at(),
          "VHD header",
          "a parent locator of "
              + Integer.toUnsignedString(length)
              + " bytes cannot be at byte "
              + Long.toUnsignedString(offset));
    }
    byte[] path = new byte[length];
    file.read(offset, path, 0, length, "parent locator");
    return new String(path, StandardCharsets.UTF_16LE).replaceFirst("(?s)\0.*", "");
  }

  private static void add(List<ParentReference> all, String text, long at) {
    if (!text.isBlank()) {
      all.add(new ParentReference(text, at));
    }
  }
}
