package io.intermodal.evaluate;

import io.intermodal.evaluate.Condition.And;
import io.intermodal.evaluate.Condition.Not;
import io.intermodal.evaluate.Condition.Or;
import io.intermodal.evaluate.Condition.Scored;
import java.util.List;
import java.util.function.Consumer;

/** Writes conditions with as few parentheses as their structure needs, and measures them. */
final class ConditionText {
  private ConditionText() {}

  static String of(Condition condition) {
    StringBuilder text = new StringBuilder();
    write(condition, text);
    return text.toString();
  }

  private static void write(Condition condition, StringBuilder text) {
    if (condition instanceof Scored scored) {
      write(scored, text);
    } else if (condition instanceof Not not) {
      text.append("not ");
      writePart(not.part(), not, text);
    } else {
      String separator = "";
      for (Condition part : parts(condition)) {
        text.append(separator);
        writePart(part, condition, text);
        separator = condition instanceof And ? " and " : " or ";
      }
    }
  }

  private static void writePart(Condition part, Condition whole, StringBuilder text) {
    boolean parentheses = needsParentheses(part, whole);
    text.append(parentheses ? "(" : "");
    write(part, text);
    text.append(parentheses ? ")" : "");
  }

  private static boolean needsParentheses(Condition part, Condition whole) {
    return part instanceof Or || (part instanceof And && !(whole instanceof Or));
  }

  private static void write(Scored scored, StringBuilder text) {
    text.append(
        switch (scored.quantifier()) {
          case SCORE -> "score(";
          case ALL -> "all(";
          case ANY -> "any(";
        });
    String separator = "";
    for (TestPattern pattern : scored.patterns()) {
      text.append(separator).append(pattern);
      separator = ", ";
    }
    text.append(")");
    text.append(
        switch (scored.relation()) {
          case IS -> " is ";
          case AT_LEAST -> " is at least ";
          case AT_MOST -> " is at most ";
        });
    text.append(scored.score());
  }

  private static List<Condition> parts(Condition condition) {
    if (condition instanceof And and) {
      return and.parts();
    }
    if (condition instanceof Or or) {
      return or.parts();
    }
    return condition instanceof Not not ? List.of(not.part()) : List.of();
  }

  /**
   * Refuses a condition whose text would be nested too deep or be too large. Conditions can share
   * parts, so the walk ends as soon as a bound is passed.
   */
  static void requireWithin(Condition condition, int maxNesting, int maxSize) {
    count(condition, maxNesting, maxSize);
  }

  /** Returns how much of the size is left after the condition. */
  private static int count(Condition condition, int nestingLeft, int sizeLeft) {
    int left = sizeLeft - (condition instanceof Scored scored ? scored.patterns().size() : 1);
    if (nestingLeft < 0) {
      throw new IllegalArgumentException("it is nested too deep");
    }
    for (Condition part : parts(condition)) {
      if (left < 0) {
        break;
      }
      int own = (condition instanceof Not ? 1 : 0) + (needsParentheses(part, condition) ? 1 : 0);
      left = count(part, nestingLeft - own, left);
    }
    if (left < 0) {
      throw new IllegalArgumentException("it has too many parts");
    }
    return left;
  }

  static void forEachPattern(Condition condition, Consumer<TestPattern> action) {
    if (condition instanceof Scored scored) {
      scored.patterns().forEach(action);
    }
    for (Condition part : parts(condition)) {
      forEachPattern(part, action);
    }
  }
}
