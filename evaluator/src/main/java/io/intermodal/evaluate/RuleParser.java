package io.intermodal.evaluate;

import io.intermodal.evaluate.RuleLexer.Kind;
import io.intermodal.evaluate.RuleLexer.Token;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the statements of a rule text; {@link ConditionParser} reads what stands after "when". */
final class RuleParser {
  private final TokenReader tokens;
  private final Map<Aggregate, Condition> failures = new EnumMap<>(Aggregate.class);
  private final Map<Aggregate, Condition> successes = new EnumMap<>(Aggregate.class);
  private final Set<RuleParameter> parametersSet = EnumSet.noneOf(RuleParameter.class);
  private final Map<TestId, Relaxation> relaxations = new HashMap<>();
  private Rules preset = Rules.TIOSA;
  private RuleParameters.Builder parameters = RuleParameters.DEFAULT.toBuilder();
  private int statements;

  RuleParser(String text) {
    tokens = new TokenReader(new RuleLexer(Objects.requireNonNull(text, "text")));
  }

  Rules parse() {
    Token last = tokens.peek();
    while (tokens.peek().kind() != Kind.END) {
      if (tokens.peek().kind() == Kind.LINE_END) {
        tokens.next();
        continue;
      }
      last = tokens.peek();
      if (++statements > Rules.MAX_STATEMENTS) {
        throw last.refuse("found one statement more, expected at most " + Rules.MAX_STATEMENTS);
      }
      statement();
      tokens.endOfLine();
    }
    return at(last, this::build);
  }

  private Rules build() {
    Rules rules = preset.withParameters(parameters.build());
    for (Aggregate aggregate : Aggregate.values()) {
      AggregateRule rule = rules.rule(aggregate);
      rules =
          rules.withRule(
              new AggregateRule(
                  aggregate,
                  failures.getOrDefault(aggregate, rule.failure()),
                  successes.getOrDefault(aggregate, rule.success())));
    }
    return new Rules(
        rules.parameters(),
        rules.hypervisor(),
        rules.system(),
        rules.overall(),
        List.copyOf(relaxations.values()));
  }

  private void statement() {
    Token first = tokens.word("preset, set, relax, or the id of an aggregate");
    switch (first.text()) {
      case "preset" -> preset(first);
      case "set" -> parameter();
      case "relax" -> relaxation();
      default -> aggregate(first);
    }
  }

  private void preset(Token first) {
    if (statements > 1) {
      throw first.refuse("found \"preset\", expected it only as the first statement");
    }
    Token name = tokens.word("TIOSA or ODCA_LOWEST");
    preset =
        switch (name.text()) {
          case "TIOSA" -> Rules.TIOSA;
          case "ODCA_LOWEST" -> Rules.ODCA_LOWEST;
          default ->
              throw name.refuse("found " + name.describe() + ", expected TIOSA or ODCA_LOWEST");
        };
    parameters = preset.parameters().toBuilder();
  }

  private void parameter() {
    Token name = tokens.word("the name of a parameter");
    RuleParameter parameter =
        RuleParameter.find(name.text())
            .orElseThrow(
                () ->
                    name.refuse(
                        "found " + name.describe() + ", expected one of " + RuleParameter.names()));
    if (!parametersSet.add(parameter)) {
      throw name.refuse("found " + name.describe() + " again, expected it once");
    }
    tokens.expect(Kind.EQUALS, "\"=\"");
    Token value = tokens.next();
    if (value.kind() != Kind.WORD && value.kind() != Kind.TEXT) {
      throw value.refuse("found " + value.describe() + ", expected a value");
    }
    at(value, () -> parameter.validated(value.text()));
    parameter.set(parameters, value.text());
  }

  private void relaxation() {
    Token test = tokens.word("the id of a test");
    TestId id = at(test, () -> TestId.of(test.text()));
    if (relaxations.size() == Rules.MAX_RELAXATIONS) {
      throw test.refuse("found one relaxation more, expected at most " + Rules.MAX_RELAXATIONS);
    }
    tokens.keyword("because");
    String reason = tokens.expect(Kind.TEXT, "a quoted text").text();
    tokens.keyword("agreed");
    tokens.keyword("by");
    String agreedBy = tokens.expect(Kind.TEXT, "a quoted text").text();
    boolean includingFailure = tokens.accept("including");
    if (includingFailure) {
      tokens.keyword("FAILURE");
    }
    Relaxation relaxation = at(test, () -> new Relaxation(id, reason, agreedBy, includingFailure));
    if (relaxations.put(id, relaxation) != null) {
      throw test.refuse("found a second relaxation of " + id + ", expected one");
    }
  }

  private void aggregate(Token first) {
    Aggregate aggregate = aggregateNamedBy(first);
    tokens.keyword("is");
    Token score = tokens.word("FAILURE or SUCCESS");
    Map<Aggregate, Condition> conditions =
        switch (score.text()) {
          case "FAILURE" -> failures;
          case "SUCCESS" -> successes;
          default ->
              throw score.refuse(
                  "found "
                      + score.describe()
                      + ", expected FAILURE or SUCCESS; what is neither is a WARNING");
        };
    tokens.keyword("when");
    if (conditions.containsKey(aggregate)) {
      throw first.refuse(
          "found a second rule for " + aggregate.id() + " is " + score.text() + ", expected one");
    }
    Condition condition = new ConditionParser(tokens, aggregate).parse();
    // Bounds are checked here, where the place is known, beside a condition that is in bounds.
    Condition harmless = Condition.score("1.1.a").is(Score.FAILURE);
    at(first, () -> new AggregateRule(aggregate, condition, harmless));
    conditions.put(aggregate, condition);
  }

  private static Aggregate aggregateNamedBy(Token first) {
    for (Aggregate aggregate : Aggregate.values()) {
      if (aggregate.id().text().equals(first.text())) {
        return aggregate;
      }
    }
    throw first.refuse(
        "found " + first.describe() + ", expected preset, set, relax, 3.1.a, 3.2.a or 3.3.a");
  }

  /** Says where something was refused. */
  static <T> T at(Token token, Supplier<T> action) {
    try {
      return action.get();
    } catch (RuleSyntaxException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw token.refuse(String.valueOf(e.getMessage()));
    }
  }
}
