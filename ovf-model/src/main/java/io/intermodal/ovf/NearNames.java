package io.intermodal.ovf;

import io.intermodal.ovf.internal.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Finds what was perhaps meant by a key that does not exist. */
final class NearNames {

  private static final int MOST_COMPARED = 2000;
  private static final int LONGEST = 100;
  private static final int SHOWN = 3;

  private NearNames() {}

  static List<String> of(String key, Stream<ProductProperty> properties) {
    if (key.length() > LONGEST) {
      return List.of();
    }
    int most = 1 + key.length() / 4;
    List<Map.Entry<Integer, String>> near =
        properties
            .limit(MOST_COMPARED)
            .filter(p -> p.fullKey().length() <= LONGEST)
            .map(p -> Map.entry(distance(key, p), Texts.shorten(p.fullKey())))
            .filter(one -> one.getKey() <= most)
            .sorted(Map.Entry.comparingByKey())
            .toList();
    // The key without its class and instance is no slip of the pen: nothing else was meant.
    boolean exact = !near.isEmpty() && near.get(0).getKey() == 0;
    return near.stream()
        .filter(one -> !exact || one.getKey() == 0)
        .map(Map.Entry::getValue)
        .distinct()
        .limit(SHOWN)
        .toList();
  }

  private static int distance(String key, ProductProperty property) {
    return Math.min(distance(key, property.fullKey()), distance(key, property.key()));
  }

  /** Counts the single changes that make one text the other; letter case does not matter. */
  private static int distance(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
