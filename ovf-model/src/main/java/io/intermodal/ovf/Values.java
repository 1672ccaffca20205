package io.intermodal.ovf;

import io.intermodal.ovf.internal.Texts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and bounds values of properties. What it says never repeats a value. */
final class Values {

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,100}");

  /** The exponent is bounded: a number of a few characters must not become one of a gigabyte. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]{1,100}\\.?[0-9]{0,100}|\\.[0-9]{1,100})([eE][+-]?[0-9]{1,3})?");

  private static final int CHOICES_SHOWN = 12;

  private Values() {}

  static @Nullable BigInteger wholeNumber(String text) {
    return WHOLE.matcher(text).matches() ? new BigInteger(text) : null;
  }

  static @Nullable BigDecimal number(String text) {
    return NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
  }

  /** Gives a bound as a length; null when it is none. */
  static @Nullable Integer whole(@Nullable BigDecimal bound) {
    if (bound == null || bound.signum() < 0) {
      return null;
    }
    return bound.min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
  }

  static void checkLength(
      @Nullable Integer least, @Nullable Integer most, String value, List<String> problems) {
    int length = value.codePointCount(0, value.length());
    if (least != null && length < least) {
      problems.add("must have at least " + characters(least));
    }
    if (most != null && length > most) {
      problems.add("must have at most " + characters(most));
    }
  }

  private static String characters(int number) {
    return number == 1 ? "1 character" : number + " characters";
  }

  static void checkRange(
      @Nullable BigDecimal least,
      @Nullable BigDecimal most,
      BigDecimal number,
      List<String> problems) {
    if (least != null && number.compareTo(least) < 0) {
      problems.add("must be at least " + least.toPlainString());
    }
    if (most != null && number.compareTo(most) > 0) {
      problems.add("must be at most " + most.toPlainString());
    }
  }

  static String mustBeOneOf(List<String> choices) {
    String shown =
        choices.stream()
            .limit(CHOICES_SHOWN)
            .map(choice -> choice.isEmpty() ? "\"\"" : Texts.shorten(choice))
            .collect(Collectors.joining(", "));
    int left = choices.size() - CHOICES_SHOWN;
    return "must be one of " + shown + (left > 0 ? " and " + left + " more" : "");
  }
}
