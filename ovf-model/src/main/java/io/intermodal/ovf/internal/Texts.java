package io.intermodal.ovf.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the small forms that descriptors are made of, leniently and without a word. */
public final class Texts {

  private Texts() {}

  /** Tells whether a text is {@code true} or 1, in any letter case. */
  public static boolean isTrue(@Nullable String text) {
    return text != null && (text.toLowerCase(Locale.ROOT).equals("true") || text.equals("1"));
  }

  /** Tells whether a text is {@code false} or 0, in any letter case. */
  public static boolean isFalse(@Nullable String text) {
    return text != null && (text.toLowerCase(Locale.ROOT).equals("false") || text.equals("0"));
  }

  /** Splits a list; blanks and commas separate, both occur. */
  public static List<String> words(@Nullable String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split("[\\s,]+")).filter(w -> !w.isEmpty()).toList();
  }

  /** Reads a number from 0 to 999,999,999; null when it is none. */
  public static @Nullable Integer number(@Nullable String text) {
    return text != null && text.strip().matches("[0-9]{1,9}")
        ? Integer.valueOf(text.strip())
        : null;
  }

  /** Cuts a text that is quoted in a message. */
  public static String shorten(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
