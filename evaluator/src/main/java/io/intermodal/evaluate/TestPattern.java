package io.intermodal.evaluate;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Selects tests by id: one ({@code 2.3.a}), a range ({@code 1.1.b..1.1.f}), a group ({@code
 * 2.3.*}), a set ({@code 2.*}; {@code 3.*} are the aggregates) or every single test ({@code *},
 * sets 1 and 2).
 */
public final class TestPattern {
  private static final String EVERY_TEST = "*";
  private static final String RANGE = "..";

  private final String text;
  private final int low;
  private final int high;
  private final @Nullable TestId single;

  private TestPattern(String text, int low, int high, @Nullable TestId single) {
    this.text = text;
    this.low = low;
    this.high = high;
    this.single = single;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if the text has another form, or selects no test and no
   *     aggregate
   */
  public static TestPattern of(String text) {
    Objects.requireNonNull(text, "text");
    int range = text.indexOf(RANGE);
    TestPattern pattern;
    if (text.equals(EVERY_TEST)) {
      pattern = new TestPattern(text, TestId.order(1, 0, 0), end(2, TestId.MAX_GROUP), null);
    } else if (text.endsWith(".*")) {
      pattern = wildcard(text);
    } else if (range >= 0) {
      TestId first = known(TestId.of(text.substring(0, range)));
      TestId last = known(TestId.of(text.substring(range + RANGE.length())));
      if (first.compareTo(last) > 0) {
        throw new IllegalArgumentException("range \"" + text + "\" ends before it starts");
      }
      pattern = new TestPattern(text, first.order(), last.order(), null);
    } else {
      pattern = of(TestId.of(text));
    }
    return pattern;
  }

  /**
   * Selects one test or aggregate.
   *
   * @throws IllegalArgumentException if there is no such test
   */
  public static TestPattern of(TestId id) {
    return new TestPattern(known(id).text(), id.order(), id.order(), id);
  }

  private static TestPattern wildcard(String text) {
    String prefix = text.substring(0, text.length() - 2);
    int dot = prefix.indexOf('.');
    int set = TestId.number(prefix, 0, dot < 0 ? prefix.length() : dot);
    int group = dot < 0 ? 0 : TestId.number(prefix, dot + 1, prefix.length());
    if (set < 1 || set > 3 || (dot >= 0 && group < 1) || group > TestId.MAX_GROUP) {
      throw new IllegalArgumentException(
          "cannot read \""
              + Words.shortened(text)
              + "\": expected a test id, a range or a wildcard such as 2.* or 2.3.*");
    }
    TestPattern pattern =
        new TestPattern(
            text, TestId.order(set, group, 0), end(set, dot < 0 ? TestId.MAX_GROUP : group), null);
    boolean application = set == 2 && group == TestCatalog.APPLICATION_GROUP;
    if (!application
        && TestCatalog.tests().stream().noneMatch(pattern::matches)
        && !pattern.matchesAggregateBefore(Integer.MAX_VALUE)) {
      throw new IllegalArgumentException("\"" + text + "\" selects no test");
    }
    return pattern;
  }

  private static int end(int set, int group) {
    return TestId.order(set, group, TestId.MAX_LETTER);
  }

  private static TestId known(TestId id) {
    if (!TestCatalog.isKnown(id) && Aggregate.find(id).isEmpty()) {
      throw TestCatalog.unknown(id);
    }
    return id;
  }

  /** Tells whether the pattern selects a test. */
  public boolean matches(TestId id) {
    return id.order() >= low && id.order() <= high;
  }

  /** Returns the only id this pattern can select, or nothing for ranges and wildcards. */
  public Optional<TestId> single() {
    return Optional.ofNullable(single);
  }

  boolean reachesAggregates() {
    return high >= TestId.order(3, 0, 0);
  }

  boolean matchesAggregateBefore(int order) {
    for (Aggregate aggregate : Aggregate.values()) {
      if (aggregate.id().order() < order && matches(aggregate.id())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TestPattern pattern && text.equals(pattern.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns the text that {@link #of(String)} reads back. */
  @Override
  public String toString() {
    return text;
  }
}
