package io.intermodal.ovf.edit;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.internal.Texts;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Makes the errors of edits; an unknown name is answered with those that are near. */
final class Rejections {

  private static final int MOST_CANDIDATES = 5000;
  private static final int MOST_LENGTH = 100;
  private static final int SHOWN = 5;

  private Rejections() {}

  static IntermodalException rejected(String what, String reason) {
    return new IntermodalException(OvfError.EDIT_REJECTED, "cannot " + what + ": " + reason);
  }

  /** Refuses a name that is not there; {@code thing} as in "there is no disk x". */
  static IntermodalException unknown(
      String what, String thing, String name, Collection<String> there) {
    List<String> near = near(name, there);
    String hint =
        there.isEmpty()
            ? "; the envelope has none"
            : near.isEmpty()
                ? "; there are " + list(there)
                : "; did you mean " + String.join(", ", near) + "?";
    return rejected(what, "there is no " + thing + " " + Texts.shorten(name) + hint);
  }

  private static String list(Collection<String> names) {
    String shown =
        String.join(", ", names.stream().distinct().limit(SHOWN).map(Texts::shorten).toList());
    return names.size() > SHOWN ? shown + " and more" : shown;
  }

  private static List<String> near(String name, Collection<String> there) {
    String wanted = head(name);
    int most = wanted.length() < 3 ? 0 : Math.max(1, wanted.length() / 3);
    return there.stream()
        .distinct()
        .limit(MOST_CANDIDATES)
        .filter(n -> distance(wanted, head(n)) <= most || part(wanted, n))
        .sorted(Comparator.comparingInt(n -> distance(wanted, head(n))))
        .limit(SHOWN)
        .map(Texts::shorten)
        .toList();
  }

  private static String head(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.length() > MOST_LENGTH ? lower.substring(0, MOST_LENGTH) : lower;
  }

  private static boolean part(String wanted, String name) {
    return wanted.length() >= 3 && head(name).contains(wanted);
  }

  /** Counts the letters to insert, delete or change to get from one word to the other. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int corner = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        corner = above;
      }
    }
    return row[b.length()];
  }

  /** Refuses a text that XML cannot hold, whose value is never shown. */
  static String holdable(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      boolean plain =
          (c >= ' ' && c <= '\uFFFD' && !Character.isSurrogate(c)) || "\t\n\r".indexOf(c) >= 0;
      if (pair) {
        i++;
      } else if (!plain) {
        throw rejected(what, "XML cannot hold the character " + String.format("U+%04X", (int) c));
      }
    }
    return text;
  }

  /** Refuses an id, name or key that is empty or that XML cannot hold. */
  static String name(String what, String text) {
    if (text.isBlank()) {
      throw rejected(what, "its name is empty; give it one");
    }
    return holdable(what, text);
  }
}
