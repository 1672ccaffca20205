package io.intermodal.evaluate;

import java.util.List;
import java.util.function.Function;

/** Puts values into sentences. */
final class Words {
  private static final int LISTED = 5;
  private static final int SHORT = 60;

  private Words() {}

  /** Joins items with commas, at most the first five of them. */
  static <T> String list(List<T> items, Function<? super T, String> words) {
    if (items.isEmpty()) {
      return "none";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < items.size() && i < LISTED; i++) {
      text.append(i == 0 ? "" : ", ").append(words.apply(items.get(i)));
    }
    if (items.size() > LISTED) {
      text.append(" and ").append(items.size() - LISTED).append(" more");
    }
    return text.toString();
  }

  /** Cuts what would make a message unreadable, and what could break its line. */
  static String shortened(String text) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length() && i < SHORT; i++) {
      char c = text.charAt(i);
      result.append(Character.isISOControl(c) ? '?' : c);
    }
    return text.length() > SHORT ? result.append("...").toString() : result.toString();
  }
}
