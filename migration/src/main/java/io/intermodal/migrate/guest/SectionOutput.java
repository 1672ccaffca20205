package io.intermodal.migrate.guest;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds what one command of a {@link SectionScript} wrote.
 *
 * @param status its exit status
 * @param text its output
 * @param duration how long it took by the guest's clock, in steps of 10 ms; null when not told
 */
record SectionOutput(int status, String text, @Nullable Duration duration) {

  private static final int KILLED = 137;
  private static final int TIMED_OUT = 124;
  private static final int TERMINATED = 143;
  private static final Pattern SECONDS = Pattern.compile("\\d{1,10}(\\.\\d{1,6})?");
  private static final Pattern STATUS = Pattern.compile("\\d{1,3}");

  /** Tells whether it was ended because its time was over. */
  boolean isLate() {
    return status == KILLED || status == TIMED_OUT || status == TERMINATED;
  }

  /** Reads what a script wrote; a section whose end is not there has no output. */
  static Map<String, SectionOutput> read(String text, String token) {
    Map<String, SectionOutput> outputs = new LinkedHashMap<>();
    String id = "";
    String began = "";
    int content = 0;
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      if (text.startsWith(token, at)) {
        String[] words = text.substring(at + token.length(), end).strip().split(" ", 5);
        if (words.length == 3 && words[0].equals("b")) {
          id = words[1];
          began = words[2];
          content = Math.min(text.length(), end + 1);
        } else if (words.length == 4 && words[0].equals("e") && words[1].equals(id)) {
          put(outputs, id, words, text.substring(content, Math.max(content, at - 1)), began);
          id = "";
        }
      }
      at = end + 1;
    }
    return outputs;
  }

  private static void put(
      Map<String, SectionOutput> outputs, String id, String[] words, String text, String began) {
    if (STATUS.matcher(words[2]).matches()) {
      outputs.put(
          id,
          new SectionOutput(Integer.parseInt(words[2]), text, between(began, words[3].strip())));
    }
  }

  private static @Nullable Duration between(String began, String ended) {
    if (!SECONDS.matcher(began).matches() || !SECONDS.matcher(ended).matches()) {
      return null;
    }
    BigDecimal seconds = new BigDecimal(ended).subtract(new BigDecimal(began));
    return seconds.signum() < 0 ? null : Duration.ofMillis(seconds.movePointRight(3).longValue());
  }
}
