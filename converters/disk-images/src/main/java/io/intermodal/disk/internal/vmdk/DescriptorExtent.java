package io.intermodal.disk.internal.vmdk;

import io.intermodal.IntermodalException;
import io.intermodal.disk.internal.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a descriptor's extent description ("Virtual Disk Format" 5.0, "The Extent
 * Description"): access, sectors, type, file, offset.
 *
 * @param at where the line stands in the file
 * @param access {@code RW}, {@code RDONLY} or {@code NOACCESS}
 * @param sectors how much of the disk it holds
 * @param type in upper case: {@code FLAT}, {@code SPARSE} and others
 * @param fileName what the line says, null when it names none
 * @param offsetSectors where in that file the data starts
 */
record DescriptorExtent(
    long at,
    String access,
    long sectors,
    String type,
    @Nullable String fileName,
    long offsetSectors) {

  private static final List<String> ACCESS = List.of("RW", "RDONLY", "NOACCESS");

  /** The longest number that is surely in range. */
  private static final int MAX_DIGITS = 18;

  /** Tells whether a line is one; keys of any other name are not. */
  static boolean matches(String line) {
    String[] words = line.strip().split("\\s+", 3);
    return words.length > 1
        && ACCESS.contains(words[0].toUpperCase(Locale.ROOT))
        && Character.isDigit(words[1].charAt(0));
  }

  static DescriptorExtent parse(String name, long at, String line) {
    List<String> words = words(name, at, line);
    if (words.size() < 3 || words.size() > 5) {
      throw damaged(name, at, "it is not access, sectors, type, file and offset");
    }
    String type = words.get(2).toUpperCase(Locale.ROOT);
    return new DescriptorExtent(
        at,
        words.get(0).toUpperCase(Locale.ROOT),
        number(name, at, words.get(1)),
        type,
        words.size() > 3 ? words.get(3) : null,
        words.size() > 4 ? number(name, at, words.get(4)) : 0);
  }

  /** Cuts at blanks, except within quotes. */
  private static List<String> words(String name, long at, String line) {
    List<String> words = new ArrayList<>();
    String rest = line.strip();
    while (!rest.isEmpty()) {
      boolean quoted = rest.charAt(0) == '"';
      int end = quoted ? rest.indexOf('"', 1) : blank(rest);
      if (end < 0) {
        throw damaged(name, at, "a quote is not closed");
      }
      words.add(rest.substring(quoted ? 1 : 0, end));
      rest = rest.substring(quoted ? end + 1 : end).strip();
    }
    return words;
  }

  private static int blank(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return text.length();
  }

  private static long number(String name, long at, String word) {
    boolean digits = word.length() <= MAX_DIGITS && !word.isEmpty();
    for (int i = 0; i < word.length() && digits; i++) {
      digits = word.charAt(i) >= '0' && word.charAt(i) <= '9';
    }
    if (!digits) {
      throw damaged(name, at, "it has a number that is none or too large");
    }
    return Long.parseLong(word);
  }

  private static IntermodalException damaged(String name, long at, String why) {
    return Problems.damaged(name, at, "extent line of the VMDK descriptor", why);
  }
}
