package io.intermodal.evaluate;

import java.util.function.Supplier;

/** The score of one test and why; the words are made only when somebody asks for them. */
record Verdict(Score score, Supplier<String> because) {
  static Verdict success(Supplier<String> because) {
    return new Verdict(Score.SUCCESS, because);
  }

  static Verdict failure(Supplier<String> because) {
    return new Verdict(Score.FAILURE, because);
  }

  static Verdict of(Score score, Supplier<String> because) {
    return new Verdict(score, because);
  }

  static Verdict unchanged(ObservedValue value) {
    return new Verdict(Score.SUCCESS, () -> "nothing changed: " + value.describe());
  }
}
