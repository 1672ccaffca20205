package io.intermodal.ovf.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the small forms that descriptors are made of, leniently and without a word. */
public final class Texts {

  private static final String SEPARATORS = " \t\n\u000b\f\r,";

  private Texts() {}

  /** Tells whether a text is {@code true} or 1, in any letter case. */
  public static boolean isTrue(@Nullable String text) {
    return text != null && (isWord(text, "true") || text.equals("1"));
  }

  /** Tells whether a text is {@code false} or 0, in any letter case. */
  public static boolean isFalse(@Nullable String text) {
    return text != null && (isWord(text, "false") || text.equals("0"));
  }

  private static boolean isWord(String text, String lower) {
    return text.length() == lower.length() && text.toLowerCase(Locale.ROOT).equals(lower);
  }

  /** Splits a list; blanks and commas separate, both occur. */
  public static List<String> words(@Nullable String text) {
    if (text == null) {
      return List.of();
    }
    List<String> words = new ArrayList<>(1);
    int from = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || SEPARATORS.indexOf(text.charAt(at)) >= 0) {
        if (at > from) {
          words.add(text.substring(from, at));
        }
        from = at + 1;
      }
    }
    return List.copyOf(words);
  }

  /** Reads a number from 0 to 999,999,999; null when it is none. */
  public static @Nullable Integer number(@Nullable String text) {
    String stripped = text == null ? "" : text.strip();
    return areDigits(stripped, 9) ? Integer.valueOf(stripped) : null;
  }

  /** Tells whether a text is one digit to a number of them, of those from 0 to 9. */
  public static boolean areDigits(String text, int most) {
    if (text.isEmpty() || text.length() > most) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Cuts a text that is quoted in a message. */
  public static String shorten(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
