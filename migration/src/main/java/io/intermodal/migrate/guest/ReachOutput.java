package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestFacts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a guest says of reaching others: {@code ping} and reverse look-ups. */
final class ReachOutput {

  private static final Pattern COUNTS =
      Pattern.compile("(\\d{1,6}) packets transmitted, (\\d{1,6}) (?:packets )?received,?.*");
  private static final Pattern TIMES =
      Pattern.compile(
          "(?:rtt|round-trip) min/avg/max(?:/mdev|/stddev)? ="
              + " [\\d.]{1,16}/(\\d{1,9}(?:\\.\\d{1,9})?)/.*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252})");
  private static final Pattern ARPA =
      Pattern.compile(
          "\\S{1,100}\\.(?:in-addr|ip6)\\.arpa\\.?\\s+(?:name = |domain name pointer"
              + " )(\\S{1,255})");
  private static final Pattern NUMBERED = Pattern.compile("Address 1: (\\S{1,60}) (\\S{1,255})");

  private ReachOutput() {}

  /**
   * Reads the end of {@code ping}'s output, of iputils or busybox; null when it is not there. The
   * time is that of all answered packets together, from their mean; of none it is 0.
   */
  static GuestFacts.@Nullable Ping ping(String output) {
    @Nullable Matcher counts = null;
    BigDecimal mean = BigDecimal.ZERO;
    for (String line : OutputLines.of(output)) {
      Matcher count = COUNTS.matcher(line.strip());
      Matcher time = TIMES.matcher(line.strip());
      if (count.matches()) {
        counts = count;
      } else if (time.matches()) {
        mean = new BigDecimal(time.group(1));
      }
    }
    if (counts == null) {
      return null;
    }
    int sent = Integer.parseInt(counts.group(1));
    int answered = Math.min(sent, Integer.parseInt(counts.group(2)));
    return sent == 0
        ? null
        : new GuestFacts.Ping(
            sent,
            sent - answered,
            mean.multiply(BigDecimal.valueOf(answered))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact());
  }

  /**
   * Reads the name that an address resolves to out of what {@code getent hosts}, {@code host} or
   * {@code nslookup} says; null when there is none.
   */
  static @Nullable String lookup(String output, String address) {
    for (String line : OutputLines.of(output)) {
      String text = line.strip();
      List<String> words = OutputLines.words(text);
      if (words.size() >= 2 && words.get(0).equalsIgnoreCase(address)) {
        return name(words.get(1), address);
      }
      Matcher arpa = ARPA.matcher(text);
      if (arpa.matches()) {
        return name(arpa.group(1), address);
      }
      Matcher numbered = NUMBERED.matcher(text);
      if (numbered.matches() && numbered.group(1).equalsIgnoreCase(address)) {
        return name(numbered.group(2), address);
      }
    }
    return null;
  }

  private static @Nullable String name(String word, String address) {
    String name = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
    return NAME.matcher(name).matches() && !name.equals(address) ? name : null;
  }
}
