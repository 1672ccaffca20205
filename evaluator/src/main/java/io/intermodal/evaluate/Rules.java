package io.intermodal.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Holds everything that scores depend on besides the observations: the thresholds of single tests,
 * how they are aggregated, and what was agreed to pass. "The aggregation rules are custom and
 * should reflect a tester's expectations" (TIOSA section IV), so all of it can be changed, in code
 * or in text.
 *
 * <p>The text form has one statement per line; a line may be broken inside parentheses, and {@code
 * #} starts a comment. What a text does not say is as in the preset, which is TIOSA where none is
 * named.
 *
 * <pre>
 * # Our own expectations
 * preset TIOSA
 * set memory.deviationPercent = 15
 * set lookup.publicName = "ns.example.org"
 * 3.1.a is FAILURE when any(1.1.a, 1.1.g) is FAILURE
 * 3.1.a is SUCCESS when all(1.*) is SUCCESS
 * 3.2.a is FAILURE when any(2.1.*, 2.3.a..2.3.d) is FAILURE and not score(2.5.a) is SUCCESS
 * relax 2.3.b because "the new network uses DHCP" agreed by "J. Doe"
 * relax 2.3.h because "no internet" agreed by "J. Doe" including FAILURE
 * </pre>
 *
 * <p>The grammar, where {@code word} is a name, number or id, and {@code text} is in double quotes
 * with {@code \"} and {@code \\} inside:
 *
 * <pre>
 * preset     = "preset" ( "TIOSA" | "ODCA_LOWEST" )           only as the first statement
 * parameter  = "set" name "=" ( word | text )                 names: see RuleParameters
 * aggregate  = id "is" ( "FAILURE" | "SUCCESS" ) "when" condition
 * relaxation = "relax" id "because" text "agreed" "by" text [ "including" "FAILURE" ]
 * condition  = conjunction { "or" conjunction }
 * conjunction = factor { "and" factor }
 * factor     = "not" factor | "(" condition ")" | scored
 * scored     = ( "score" | "all" | "any" ) "(" pattern { "," pattern } ")" [ "is" [ "at" ( "least" | "most" ) ] score ]
 * pattern    = id | id ".." id | "1.*" | "2.3.*" | "*"
 * </pre>
 *
 * <p>Without {@code is}, SUCCESS is meant. An aggregate may ask for those scored before it. FAILURE
 * is asked first, then SUCCESS; what is neither is a WARNING.
 *
 * @param parameters the thresholds of the single tests
 * @param hypervisor how 3.1.a is scored
 * @param system how 3.2.a is scored
 * @param overall how 3.3.a is scored
 * @param relaxations what was agreed to pass, at most one per test and 100 in all; kept in the
 *     order of the tests
 */
public record Rules(
    RuleParameters parameters,
    AggregateRule hypervisor,
    AggregateRule system,
    AggregateRule overall,
    List<Relaxation> relaxations) {

  /** How long a text may be that is parsed, in characters. */
  public static final int MAX_TEXT = 256 * 1024;

  /** How many statements a text may have. */
  public static final int MAX_STATEMENTS = 1000;

  /** How many relaxations there may be. */
  public static final int MAX_RELAXATIONS = 100;

  /**
   * The rules of the paper (table IV): a test of the hypervisor that fails is only a WARNING,
   * unless it is launch or terminate.
   */
  public static final Rules TIOSA =
      new Rules(
          RuleParameters.DEFAULT,
          new AggregateRule(
              Aggregate.HYPERVISOR,
              Condition.any("1.1.a", "1.1.g").is(Score.FAILURE),
              Condition.all("1.*").are(Score.SUCCESS)),
          new AggregateRule(
              Aggregate.SYSTEM,
              Condition.any("2.*").is(Score.FAILURE),
              Condition.all("2.*").are(Score.SUCCESS)),
          new AggregateRule(
              Aggregate.OVERALL,
              Condition.any("3.1.a", "3.2.a").is(Score.FAILURE),
              Condition.all("3.1.a", "3.2.a").are(Score.SUCCESS)),
          List.of());

  /** The simple rule of the ODCA white paper: the lowest score of any single test. */
  public static final Rules ODCA_LOWEST =
      TIOSA.withRule(
          new AggregateRule(
              Aggregate.HYPERVISOR,
              Condition.any("1.*").is(Score.FAILURE),
              Condition.all("1.*").are(Score.SUCCESS)));

  /**
   * Copies and sorts the relaxations.
   *
   * @throws IllegalArgumentException if a rule stands in another's place, a test is relaxed twice,
   *     or there are too many relaxations
   */
  public Rules {
    Objects.requireNonNull(parameters, "parameters");
    requireAggregate(hypervisor, Aggregate.HYPERVISOR);
    requireAggregate(system, Aggregate.SYSTEM);
    requireAggregate(overall, Aggregate.OVERALL);
    relaxations = relaxations.stream().sorted(Comparator.comparing(Relaxation::test)).toList();
    if (relaxations.size() > MAX_RELAXATIONS) {
      throw new IllegalArgumentException(
          "there are more than " + MAX_RELAXATIONS + " relaxations: " + relaxations.size());
    }
    for (int i = 1; i < relaxations.size(); i++) {
      if (relaxations.get(i).test().equals(relaxations.get(i - 1).test())) {
        throw new IllegalArgumentException(
            "test " + relaxations.get(i).test() + " is relaxed twice");
      }
    }
  }

  private static void requireAggregate(AggregateRule rule, Aggregate aggregate) {
    if (rule.aggregate() != aggregate) {
      throw new IllegalArgumentException(
          "expected the rule of " + aggregate.id() + ", found that of " + rule.aggregate().id());
    }
  }

  /**
   * Reads rules from their text form. A text of any length and content ends in rules or in an
   * exception, without deep recursion.
   *
   * @throws RuleSyntaxException if the text cannot be read, or is beyond {@link #MAX_TEXT}, {@link
   *     #MAX_STATEMENTS}, {@link #MAX_RELAXATIONS}, {@link AggregateRule#MAX_NESTING} or {@link
   *     AggregateRule#MAX_SIZE}
   */
  public static Rules parse(String text) {
    return new RuleParser(text).parse();
  }

  /**
   * Returns the text form, complete and without reference to a preset, so that a report which
   * prints it stays true when defaults change. {@link #parse} reads equal rules back.
   */
  public String toText() {
    return RuleWriter.write(this);
  }

  /** Returns these rules with other thresholds. */
  public Rules withParameters(RuleParameters replacement) {
    return new Rules(replacement, hypervisor, system, overall, relaxations);
  }

  /** Returns these rules with another rule for one aggregate. */
  public Rules withRule(AggregateRule rule) {
    return new Rules(
        parameters,
        rule.aggregate() == Aggregate.HYPERVISOR ? rule : hypervisor,
        rule.aggregate() == Aggregate.SYSTEM ? rule : system,
        rule.aggregate() == Aggregate.OVERALL ? rule : overall,
        relaxations);
  }

  /**
   * Returns these rules with one more relaxation.
   *
   * @throws IllegalArgumentException if the test is relaxed already
   */
  public Rules relaxing(Relaxation relaxation) {
    List<Relaxation> all = new ArrayList<>(relaxations);
    all.add(relaxation);
    return new Rules(parameters, hypervisor, system, overall, all);
  }

  /** Returns the rule of an aggregate. */
  public AggregateRule rule(Aggregate aggregate) {
    return switch (aggregate) {
      case HYPERVISOR -> hypervisor;
      case SYSTEM -> system;
      case OVERALL -> overall;
    };
  }

  /** Finds the relaxation of a test. */
  public Optional<Relaxation> relaxationOf(TestId test) {
    return relaxations.stream().filter(relaxation -> relaxation.test().equals(test)).findFirst();
  }
}
