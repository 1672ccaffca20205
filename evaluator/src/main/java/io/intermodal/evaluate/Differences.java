package io.intermodal.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What is missing on the target, what changed there, and what only the target has. */
record Differences<T>(List<T> missing, List<Change<T>> changed, List<T> extra) {
  record Change<T>(T source, T target) {}

  boolean isEmpty() {
    return missing.isEmpty() && changed.isEmpty() && extra.isEmpty();
  }

  /** Missing beats changed; entries that only the target has are a change (our decision). */
  Score score(RuleParameters parameters) {
    if (!missing.isEmpty()) {
      return Score.FAILURE;
    }
    Score score = changed.isEmpty() ? Score.SUCCESS : Score.WARNING;
    return extra.isEmpty() ? score : Score.lowest(score, parameters.extraEntries());
  }

  String describe(Function<? super T, String> words) {
    List<String> parts = new ArrayList<>();
    if (!missing.isEmpty()) {
      parts.add("missing: " + Words.list(missing, words));
    }
    if (!changed.isEmpty()) {
      parts.add(
          "changed: "
              + Words.list(
                  changed,
                  change -> words.apply(change.source) + " became " + words.apply(change.target)));
    }
    if (!extra.isEmpty()) {
      parts.add("only on the target: " + Words.list(extra, words));
    }
    return String.join("; ", parts);
  }
}
