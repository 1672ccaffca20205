package io.intermodal.evaluate;

import io.intermodal.evaluate.Condition.And;
import io.intermodal.evaluate.Condition.Not;
import io.intermodal.evaluate.Condition.Or;
import io.intermodal.evaluate.Condition.Quantifier;
import io.intermodal.evaluate.Condition.Scored;
import java.util.List;

/** The scores of an evaluation that conditions are asked of: tests first, then aggregates. */
final class ScoreTable {
  private final TestId[] ids;
  private final Score[] scores;
  private int size;

  ScoreTable(int capacity) {
    ids = new TestId[capacity];
    scores = new Score[capacity];
  }

  void add(TestId id, Score score) {
    ids[size] = id;
    scores[size++] = score;
  }

  Score score(AggregateRule rule) {
    if (holds(rule.failure())) {
      return Score.FAILURE;
    }
    return holds(rule.success()) ? Score.SUCCESS : Score.WARNING;
  }

  private boolean holds(Condition condition) {
    if (condition instanceof Scored scored) {
      return holds(scored);
    }
    if (condition instanceof And and) {
      return and.parts().stream().allMatch(this::holds);
    }
    if (condition instanceof Or or) {
      return or.parts().stream().anyMatch(this::holds);
    }
    return condition instanceof Not not && !holds(not.part());
  }

  private boolean holds(Scored scored) {
    boolean any = scored.quantifier() == Quantifier.ANY;
    List<TestPattern> patterns = scored.patterns();
    for (int p = 0; p < patterns.size(); p++) {
      TestPattern pattern = patterns.get(p);
      for (int i = 0; i < size; i++) {
        // The first test that settles the question ends it.
        if (pattern.matches(ids[i]) && scored.relation().holds(scores[i], scored.score()) == any) {
          return any;
        }
      }
    }
    return !any;
  }
}
