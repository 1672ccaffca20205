package io.intermodal.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.intermodal.ErrorCategory;
import io.intermodal.evaluate.Observations;
import io.intermodal.evaluate.Rules;
import io.intermodal.evaluate.Score;
import io.intermodal.evaluate.Stability;
import io.intermodal.evaluate.TestCatalog;
import io.intermodal.evaluate.TestId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What several cycles of several routes come to. */
class SurveyPairTest {

  private static final SurveyCycle.Breakdown NO_SPACE = breakdown("STORAGE_FULL");

  @Test
  void countsThreeCyclesThatAgree() {
    SurveyAttempt good = attempt("a", observed(true), observed(true), observed(true));
    assertThat(good.score()).isEqualTo(Score.SUCCESS);
    assertThat(good.stability()).isEqualTo(Stability.STABLE);
    assertThat(good.reasons()).isEmpty();
    assertThat(good.differing()).isEmpty();

    SurveyAttempt few = attempt("a", observed(true));
    assertThat(few.stability()).isEqualTo(Stability.INSUFFICIENT);
    assertThat(few.isComplete()).isFalse();
  }

  @Test
  void takesTheLowestOfCyclesThatDiffer() {
    SurveyAttempt attempt = attempt("a", observed(true), observed(false), observed(true));
    assertThat(attempt.score()).isEqualTo(Score.WARNING);
    assertThat(attempt.stability()).isEqualTo(Stability.UNSTABLE);
    assertThat(attempt.differing()).contains("1.1.c");
    assertThat(attempt.reasons())
        .extracting(SurveyReason::id)
        .as("the worst cycle explains it")
        .contains("1.1.c", "3.1.a", "3.3.a");
  }

  @Test
  void takesABreakdownForAFailure() {
    SurveyAttempt alike = attempt("a", broken(NO_SPACE), broken(NO_SPACE), broken(NO_SPACE));
    assertThat(alike.score()).isEqualTo(Score.FAILURE);
    assertThat(alike.stability()).isEqualTo(Stability.STABLE);
    assertThat(alike.reasons()).extracting(SurveyReason::explanation).contains("it broke");

    SurveyAttempt mixed = attempt("a", observed(true), broken(NO_SPACE), observed(true));
    assertThat(mixed.score()).isEqualTo(Score.FAILURE);
    assertThat(mixed.stability()).isEqualTo(Stability.UNSTABLE);

    SurveyAttempt otherwise =
        attempt("a", broken(NO_SPACE), broken(breakdown("LOCKED")), broken(NO_SPACE));
    assertThat(otherwise.stability()).isEqualTo(Stability.UNSTABLE);
  }

  @Test
  void choosesTheBestRouteThatCounts() {
    SurveyAttempt stableWarning = attempt("w", observed(false), observed(false), observed(false));
    SurveyAttempt stableAgain = attempt("x", observed(false), observed(false), observed(false));
    SurveyAttempt shortSuccess = attempt("s", observed(true));
    SurveyAttempt stableSuccess = attempt("t", observed(true), observed(true), observed(true));

    assertThat(best(shortSuccess, stableWarning, stableAgain)).isEqualTo("w");
    assertThat(best(stableWarning, stableSuccess)).isEqualTo("t");
    assertThat(best(shortSuccess, attempt("untried"))).isEqualTo("s");
    assertThat(new SurveyPair("a", "b", List.of(attempt("untried")), 0).score()).isNull();
  }

  @Test
  void readsBackWhatItKeeps() {
    for (SurveyCycle cycle : List.of(cycle(1, observed(false)), cycle(2, broken(NO_SPACE)))) {
      String text = SurveyCycleJson.write(cycle).toString();
      SurveyCycle read = SurveyCycleJson.read(text, "cycle.json");
      assertThat(SurveyCycleJson.write(read).toString()).isEqualTo(text);
      assertThat(read.versions()).isEqualTo(cycle.versions());
    }
  }

  @Test
  void isEitherBrokenOrObserved() {
    assertThatIllegalArgumentException().isThrownBy(() -> cycle(1, new Result(null, null)));
  }

  private static String best(SurveyAttempt... attempts) {
    return new SurveyPair("a", "b", List.of(attempts), 0).best().orElseThrow().route();
  }

  private record Result(
      SurveyCycle.@Nullable Breakdown breakdown, ObservationsJson.@Nullable Sides observed) {}

  private static Result broken(SurveyCycle.Breakdown breakdown) {
    return new Result(breakdown, null);
  }

  /** Everything succeeds but, when it is not perfect, a pause that worked at the source. */
  private static Result observed(boolean perfect) {
    return new Result(null, new ObservationsJson.Sides(side("a", true), side("b", perfect)));
  }

  private static Observations side(String hypervisor, boolean pauses) {
    Observations.Builder seen = Observations.on(hypervisor, "guest");
    for (TestId test : TestCatalog.tests()) {
      if (test.text().equals("1.1.c") && !pauses) {
        seen.unsuccessful(test, "it runs on");
      } else {
        seen.successful(test);
      }
    }
    return seen.build();
  }

  private static SurveyCycle.Breakdown breakdown(String code) {
    return new SurveyCycle.Breakdown("import", code, ErrorCategory.EXTERNAL, "it broke");
  }

  private static SurveyAttempt attempt(String route, Result... results) {
    List<SurveyCycle> cycles = new ArrayList<>();
    for (Result result : results) {
      cycles.add(cycle(cycles.size() + 1, result));
    }
    return SurveyAttempt.of(route, cycles, 3, Rules.TIOSA);
  }

  @SuppressWarnings("NullAway") // it does not see the annotation of a nested type in a class file
  private static SurveyCycle cycle(int number, Result result) {
    return new SurveyCycle(
        "a",
        "b",
        "route",
        number,
        Instant.EPOCH,
        Duration.ofMillis(5),
        result.breakdown(),
        result.observed(),
        Map.of("java", "17"));
  }
}
