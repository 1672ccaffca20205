package io.intermodal.evaluate;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names a test as TIOSA's tables do: set, group and letter, such as {@code 2.3.a}. Sets 1 and 2
 * hold the tests (tables II and III), set 3 the aggregates (table IV). Ids are ordered as in the
 * tables, so {@code 2.5.z} comes before {@code 2.5.aa}.
 *
 * <p>A well-formed id need not belong to a test that exists; {@link TestCatalog#isKnown} tells.
 */
public final class TestId implements Comparable<TestId> {
  private static final int GROUP_BITS = 6;
  private static final int LETTER_BITS = 10;
  static final int MAX_GROUP = (1 << GROUP_BITS) - 1;
  static final int MAX_LETTER = (1 << LETTER_BITS) - 1;

  private final String text;
  private final int order;

  private TestId(String text, int order) {
    this.text = text;
    this.order = order;
  }

  /**
   * Reads an id.
   *
   * @param text a set from 1 to 3, a group from 1 to 63 and one or two small letters, joined by
   *     dots
   * @throws IllegalArgumentException if the text has another form
   */
  public static TestId of(String text) {
    Objects.requireNonNull(text, "text");
    int firstDot = text.indexOf('.');
    int lastDot = text.lastIndexOf('.');
    if (firstDot > 0 && lastDot > firstDot) {
      int set = number(text, 0, firstDot);
      int group = number(text, firstDot + 1, lastDot);
      int letter = letters(text, lastDot + 1);
      if (set >= 1 && set <= 3 && group >= 1 && group <= MAX_GROUP && letter > 0) {
        return new TestId(text, order(set, group, letter));
      }
    }
    throw new IllegalArgumentException(
        "cannot read test id \""
            + Words.shortened(text)
            + "\": expected set.group.letter such as 2.3.a");
  }

  static int order(int set, int group, int letter) {
    return ((set << GROUP_BITS) | group) << LETTER_BITS | letter;
  }

  /** Reads one or two digits without a leading zero; 0 where there is something else. */
  static int number(String text, int from, int to) {
    if (to - from < 1 || to - from > 2 || text.charAt(from) == '0') {
      return 0;
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return 0;
      }
      number = number * 10 + digit - '0';
    }
    return number;
  }

  private static int letters(String text, int from) {
    if (text.length() - from < 1 || text.length() - from > 2) {
      return 0;
    }
    int letters = 0;
    for (int i = from; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter < 'a' || letter > 'z') {
        return 0;
      }
      letters = letters * 26 + letter - 'a' + 1;
    }
    return letters;
  }

  /** Returns the set: 1 hypervisor, 2 operating system and application, 3 aggregates. */
  public int set() {
    return order >> (GROUP_BITS + LETTER_BITS);
  }

  /** Returns the group within the set, from 1. */
  public int group() {
    return (order >> LETTER_BITS) & MAX_GROUP;
  }

  /** Returns the id's text, such as {@code 2.3.a}. */
  public String text() {
    return text;
  }

  /** A number that orders ids as the tables do and differs where they differ. */
  int order() {
    return order;
  }

  @Override
  public int compareTo(TestId other) {
    return Integer.compare(order, other.order);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TestId id && order == id.order;
  }

  @Override
  public int hashCode() {
    return order;
  }

  /** Returns {@link #text()}. */
  @Override
  public String toString() {
    return text;
  }
}
