package io.intermodal.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.evaluate.ObservedValue.Memory;
import io.intermodal.evaluate.ObservedValue.ReverseLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;

/** What must hold for all observations. */
class EvaluatorPropertiesTest {
  private static final Observations HEALTHY = Machines.healthy("B");
  private static final List<Evaluator> PRESETS = List.of(Evaluator.tiosa(), Evaluator.odcaLowest());

  @Provide
  Arbitrary<Observations> observations() {
    List<TestId> tests = new ArrayList<>(TestCatalog.tests());
    tests.add(TestId.of("2.5.a"));
    // Mostly healthy, so that every score is reached.
    Arbitrary<Integer> kind =
        Arbitraries.frequencyOf(
            Tuple.of(40, Arbitraries.just(0)), Tuple.of(1, Arbitraries.of(1, 2, 3, 4)));
    return Combinators.combine(kind.list().ofSize(tests.size()), Arbitraries.of(true, false))
        .as(
            (kinds, byHand) -> {
              Observations.Builder builder = HEALTHY.toBuilder();
              for (int i = 0; i < kinds.size(); i++) {
                change(builder, tests.get(i), kinds.get(i));
              }
              return byHand ? builder.madeByHand("made by hand").build() : builder.build();
            });
  }

  private static void change(Observations.Builder builder, TestId id, int kind) {
    switch (kind) {
      case 1 -> builder.unsuccessful(id, "no");
      case 2 -> builder.notPerformed(id, "cannot");
      case 3 -> builder.observed(TestCatalog.MEMORY, new Memory(4200L << 20));
      case 4 -> builder.observed(TestCatalog.MEMORY, new Memory(1L << 20));
      default -> {}
    }
  }

  @Provide
  Arbitrary<Rules> relaxedRules() {
    return AnyRules.rules();
  }

  @Provide
  Arbitrary<List<Relaxation>> relaxations() {
    return AnyRules.relaxations();
  }

  @Provide
  Arbitrary<TestId> test() {
    return AnyRules.test();
  }

  @Property(tries = 300)
  void overallIsTheLowestOfItsParts(
      @ForAll("observations") Observations source, @ForAll("observations") Observations target) {
    for (Evaluator evaluator : PRESETS) {
      Evaluation evaluation = evaluator.evaluate(source, target);
      Score parts = Score.lowest(evaluation.hypervisor().score(), evaluation.system().score());
      assertThat(evaluation.score().isAtMost(parts)).isTrue();
      if (target.manualStep().isEmpty()) {
        assertThat(evaluation.score()).isEqualTo(parts);
      }
    }
  }

  @Property(tries = 300)
  void hypervisorFailsExactlyWhenLaunchOrTerminateDoes(
      @ForAll("observations") Observations source, @ForAll("observations") Observations target) {
    Evaluation evaluation = Evaluator.tiosa().evaluate(source, target);
    Score launchAndTerminate =
        Score.lowest(
            evaluation.test(TestCatalog.LAUNCH).orElseThrow().score(),
            evaluation.test(TestCatalog.TERMINATE).orElseThrow().score());
    assertThat(evaluation.hypervisor().score() == Score.FAILURE)
        .isEqualTo(launchAndTerminate == Score.FAILURE);
  }

  @Property(tries = 300)
  void lowestRuleIsTheLowestOfAllTests(
      @ForAll("observations") Observations source, @ForAll("observations") Observations target) {
    Evaluation evaluation = Evaluator.odcaLowest().evaluate(source, target);
    Score lowest = Score.lowest(evaluation.tests().stream().map(TestResult::score).toList());
    if (target.manualStep().isEmpty()) {
      assertThat(evaluation.score()).isEqualTo(lowest);
    }
  }

  @Property(tries = 200)
  void orderOfObservationsNeverMatters(
      @ForAll("observations") Observations target, @ForAll("relaxedRules") Rules rules) {
    Observations.Builder reversed = Observations.on(target.hypervisor(), target.machine());
    List<Map.Entry<TestId, Observation>> entries = new ArrayList<>(target.byTest().entrySet());
    for (int i = entries.size() - 1; i >= 0; i--) {
      reversed.put(entries.get(i).getKey(), entries.get(i).getValue());
    }
    target.manualStep().ifPresent(reversed::madeByHand);
    Evaluator evaluator = Evaluator.of(rules);
    assertThat(evaluator.evaluate(HEALTHY, reversed.build()))
        .isEqualTo(evaluator.evaluate(HEALTHY, target));
  }

  @Property(tries = 200)
  void unchangedWorkingMachineIsSuccess(
      @ForAll @LongRange(min = 1) long memory, @ForAll("test") TestId application) {
    RuleParameters local =
        RuleParameters.DEFAULT.toBuilder().lookupAddress("10.9.9.9").lookupName("ns.local").build();
    Observations.Builder builder =
        Machines.healthyBuilder("A")
            .observed(TestCatalog.MEMORY, new Memory(memory))
            .observed(TestCatalog.LOOKUP_PUBLIC, new ReverseLookup("10.9.9.9", "ns.local"));
    if (TestCatalog.isApplicationCheck(application)) {
      builder.successful(application);
    }
    Observations same = builder.build();
    for (Rules rules : List.of(Rules.TIOSA, Rules.ODCA_LOWEST)) {
      Evaluation evaluation = Evaluator.of(rules.withParameters(local)).evaluate(same, same);
      assertThat(evaluation.score()).isEqualTo(Score.SUCCESS);
      assertThat(evaluation.tests()).allMatch(test -> test.score() == Score.SUCCESS);
    }
  }

  @Property(tries = 300)
  void worseTestNeverMakesAnAggregateBetter(
      @ForAll("observations") Observations source,
      @ForAll("observations") Observations target,
      @ForAll("test") TestId test) {
    Observations worse = target.toBuilder().notPerformed(test, "made worse").build();
    for (Evaluator evaluator : PRESETS) {
      Evaluation before = evaluator.evaluate(source, target);
      Evaluation after = evaluator.evaluate(source, worse);
      for (Aggregate aggregate : Aggregate.values()) {
        assertThat(after.aggregate(aggregate).score().isAtMost(before.aggregate(aggregate).score()))
            .isTrue();
      }
    }
  }

  @Property(tries = 300)
  void moreDeviationIsNeverBetter(
      @ForAll @LongRange(min = 1, max = 1000) long source,
      @ForAll @LongRange(min = 0, max = 300) long deviation,
      @ForAll @LongRange(min = 0, max = 300) long more) {
    assertThat(memoryScore(source, source + deviation + more))
        .isLessThanOrEqualTo(memoryScore(source, source + deviation));
  }

  private static Score memoryScore(long source, long target) {
    return Evaluator.tiosa()
        .evaluate(
            HEALTHY.toBuilder().observed(TestCatalog.MEMORY, new Memory(source)).build(),
            HEALTHY.toBuilder().observed(TestCatalog.MEMORY, new Memory(target)).build())
        .test(TestCatalog.MEMORY)
        .orElseThrow()
        .score();
  }

  @Property(tries = 300)
  void relaxationNeverMakesAnythingWorse(
      @ForAll("observations") Observations source,
      @ForAll("observations") Observations target,
      @ForAll("relaxations") List<Relaxation> relaxations,
      @ForAll("relaxedRules") Rules custom) {
    Rules tiosa = Rules.TIOSA;
    Rules relaxed =
        new Rules(
            tiosa.parameters(), tiosa.hypervisor(), tiosa.system(), tiosa.overall(), relaxations);
    for (Rules rules : List.of(relaxed, custom)) {
      Evaluation evaluation = Evaluator.of(rules).evaluate(source, target);
      for (AggregateResult result : evaluation.aggregates()) {
        assertThat(result.score()).isGreaterThanOrEqualTo(result.scoreWithoutRelaxations());
      }
    }
    Evaluation plain = Evaluator.tiosa().evaluate(source, target);
    Evaluation lenient = Evaluator.of(relaxed).evaluate(source, target);
    assertThat(lenient.scoreWithoutRelaxations()).isEqualTo(plain.score());
  }

  @Property(tries = 200)
  void evaluatingTwiceIsEqualAndExplained(
      @ForAll("observations") Observations source,
      @ForAll("observations") Observations target,
      @ForAll("relaxedRules") Rules rules) {
    Evaluation first = Evaluator.of(rules).evaluate(source, target);
    Evaluation second = Evaluator.of(rules).evaluate(source, target);
    assertThat(first).isEqualTo(second).hasSameHashCodeAs(second);
    assertThat(first.explanations()).isEqualTo(second.explanations());
    for (TestResult test : first.tests()) {
      assertThat(test.explanation())
          .startsWith(test.id() + " " + test.name() + " is " + test.scoreWithoutRelaxations())
          .contains(test.finding())
          .contains("Rule: " + test.rule());
    }
    assertThat(first.aggregates()).noneMatch(result -> result.explanation().isBlank());
  }

  @Property(tries = 100)
  void equalCyclesAreStableFromThree(@ForAll("observations") Observations target) {
    Evaluation evaluation = Evaluator.tiosa().evaluate(HEALTHY, target);
    for (int n = 1; n <= 5; n++) {
      Cycles cycles = new Cycles(IntStream.range(0, n).mapToObj(i -> evaluation).toList());
      assertThat(cycles.stability()).isEqualTo(n < 3 ? Stability.INSUFFICIENT : Stability.STABLE);
    }
  }

  @Property(tries = 200)
  void unequalCyclesNameTheTestsThatDiffer(
      @ForAll("observations") Observations one, @ForAll("observations") Observations other) {
    Evaluation first = Evaluator.tiosa().evaluate(HEALTHY, one);
    Evaluation second = Evaluator.tiosa().evaluate(HEALTHY, other);
    Cycles cycles = Cycles.of(first, second, first);
    assertThat(cycles.stability() == Stability.UNSTABLE).isEqualTo(!cycles.differing().isEmpty());
    for (TestResult test : first.tests()) {
      boolean same =
          second.test(test.id()).map(TestResult::score).filter(test.score()::equals).isPresent();
      assertThat(cycles.differing().contains(test.id())).isEqualTo(!same);
    }
  }
}
