package io.intermodal.evaluate;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Makes any rules. */
final class AnyRules {
  private AnyRules() {}

  static Arbitrary<Rules> rules() {
    return Combinators.combine(
            parameters(),
            rule(Aggregate.HYPERVISOR),
            rule(Aggregate.SYSTEM),
            rule(Aggregate.OVERALL),
            relaxations())
        .as(Rules::new);
  }

  static Arbitrary<List<Relaxation>> relaxations() {
    return relaxation().list().uniqueElements(Relaxation::test).ofMaxSize(6);
  }

  private static Arbitrary<Relaxation> relaxation() {
    Arbitrary<String> words = line(40);
    return Combinators.combine(test(), words, words, Arbitraries.of(true, false))
        .as(Relaxation::new);
  }

  private static Arbitrary<String> line(int maxLength) {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars('\\', '"', '#', 'ä', '\u2028')
        .ofMinLength(1)
        .ofMaxLength(maxLength)
        .filter(text -> !text.isBlank());
  }

  static Arbitrary<TestId> test() {
    return Arbitraries.oneOf(
        Arbitraries.of(TestCatalog.tests()),
        Arbitraries.of("2.5.a", "2.5.b", "2.5.zz").map(TestId::of));
  }

  private static Arbitrary<RuleParameters> parameters() {
    Arbitrary<Percent> percent =
        Arbitraries.integers()
            .between(0, 10_000_000)
            .map(n -> Percent.of(n / 10_000 + "." + String.format("%04d", n % 10_000)));
    Arbitrary<Score> score = Arbitraries.of(Score.class);
    return Combinators.combine(
            Combinators.combine(percent, percent, percent).as(List::of),
            Combinators.combine(score, score).as(List::of),
            Arbitraries.of(DeviationDirection.class),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(1, 1000),
            Arbitraries.longs().between(1, 1_000_000),
            Arbitraries.longs().between(0, 1_000_000),
            line(30))
        .as(
            (percents, scores, direction, clock, packets, millis, more, name) ->
                RuleParameters.DEFAULT.toBuilder()
                    .cpuDeviation(percents.get(0))
                    .memoryDeviation(percents.get(1))
                    .pingLossWarning(percents.get(2))
                    .kernelRevisionChange(scores.get(0))
                    .extraEntries(scores.get(1))
                    .deviationDirection(direction)
                    .cpuCompareClock(clock)
                    .pingPackets(packets)
                    .pingSuccessMillis(millis)
                    .pingWarningMillis(millis + more)
                    .lookupAddress(name)
                    .lookupName(name)
                    .build());
  }

  private static Arbitrary<AggregateRule> rule(Aggregate aggregate) {
    Arbitrary<Condition> condition = condition(aggregate);
    return Combinators.combine(condition, condition)
        .as((failure, success) -> new AggregateRule(aggregate, failure, success));
  }

  private static Arbitrary<Condition> condition(Aggregate aggregate) {
    return Arbitraries.recursive(() -> scored(aggregate), AnyRules::larger, 0, 4);
  }

  private static Arbitrary<Condition> larger(Arbitrary<Condition> part) {
    return Arbitraries.oneOf(
        part.map(Condition::not),
        part.list().ofMinSize(2).ofMaxSize(3).map(Condition.And::new),
        part.list().ofMinSize(2).ofMaxSize(3).map(Condition.Or::new));
  }

  private static Arbitrary<Condition> scored(Aggregate aggregate) {
    Arbitrary<TestPattern> id = test().map(TestPattern::of);
    Arbitrary<TestPattern> pattern =
        Arbitraries.oneOf(
            id,
            Arbitraries.of("*", "1.*", "2.*", "2.5.*", "1.1.b..1.1.f", "2.5.a..2.5.zz")
                .map(TestPattern::of),
            Arbitraries.of(aggregate == Aggregate.OVERALL ? "3.2.a" : "2.*").map(TestPattern::of));
    Arbitrary<Condition.Relation> relation = Arbitraries.of(Condition.Relation.class);
    Arbitrary<Score> score = Arbitraries.of(Score.class);
    return Arbitraries.oneOf(
        Combinators.combine(id, relation, score)
            .as((p, r, s) -> new Condition.Scored(Condition.Quantifier.SCORE, List.of(p), r, s)),
        Combinators.combine(
                Arbitraries.of(Condition.Quantifier.ALL, Condition.Quantifier.ANY),
                pattern.list().ofMinSize(1).ofMaxSize(4),
                relation,
                score)
            .as(Condition.Scored::new));
  }
}
