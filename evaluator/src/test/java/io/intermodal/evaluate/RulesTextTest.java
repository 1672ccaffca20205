package io.intermodal.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTextTest {
  @Test
  void emptyTextIsThePaper() {
    assertThat(Rules.parse("")).isEqualTo(Rules.TIOSA);
    assertThat(Rules.parse("  # nothing\r\n\n")).isEqualTo(Rules.TIOSA);
    assertThat(Rules.parse("preset ODCA_LOWEST # simple")).isEqualTo(Rules.ODCA_LOWEST);
  }

  @Test
  void readsEveryStatement() {
    Rules rules =
        Rules.parse(
            """
            # Our own expectations
            preset TIOSA
            set memory.deviationPercent = 15.0
            set lookup.publicName = "ns.example.org"
            set deviation.direction = INCREASE_ONLY
            3.1.a is FAILURE when any(1.1.a, 1.1.g,
                1.2.*) is FAILURE
            3.3.a is SUCCESS when all(3.1.a, 3.2.a) is at least WARNING and not (score(2.3.b) is FAILURE or any(2.1.*))
            relax 2.3.b because "the \\"new\\" network \\\\ DHCP" agreed by "J. Doe"
            relax 2.3.h because "no internet" agreed by "J. Doe" including FAILURE
            """);
    assertThat(rules.parameters().memoryDeviation()).isEqualTo(Percent.of(15));
    assertThat(rules.parameters().lookupName()).isEqualTo("ns.example.org");
    assertThat(rules.parameters().deviationDirection()).isEqualTo(DeviationDirection.INCREASE_ONLY);
    assertThat(rules.hypervisor().failure())
        .isEqualTo(Condition.any("1.1.a", "1.1.g", "1.2.*").is(Score.FAILURE));
    assertThat(rules.hypervisor().success()).isEqualTo(Rules.TIOSA.hypervisor().success());
    assertThat(rules.overall().success())
        .isEqualTo(
            Condition.all("3.1.a", "3.2.a")
                .isAtLeast(Score.WARNING)
                .and(
                    Condition.not(
                        Condition.score("2.3.b")
                            .is(Score.FAILURE)
                            .or(Condition.any("2.1.*").is(Score.SUCCESS)))));
    assertThat(rules.relaxations())
        .containsExactly(
            Relaxation.ofWarning(TestCatalog.ADDRESSES, "the \"new\" network \\ DHCP", "J. Doe"),
            Relaxation.ofFailure(TestCatalog.LOOKUP_PUBLIC, "no internet", "J. Doe"));
    assertThat(Rules.parse(rules.toText())).isEqualTo(rules);
  }

  @Test
  void writesConditionsWithTheParenthesesTheyNeed() {
    Condition a = Condition.score("1.1.a").is(Score.SUCCESS);
    Condition b = Condition.score("1.1.b").isAtMost(Score.WARNING);
    assertThat(a.and(b).or(Condition.not(a.or(b))).toText())
        .isEqualTo(
            "score(1.1.a) is SUCCESS and score(1.1.b) is at most WARNING or not (score(1.1.a) is"
                + " SUCCESS or score(1.1.b) is at most WARNING)");
    assertThat(Condition.not(Condition.not(a)).and(a.or(b)).toText())
        .startsWith("not not score(1.1.a) is SUCCESS and (score(");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "allow 2.3.b | 1 | 1 | found \"allow\", expected",
        "set cpu.cores = 1 | 1 | 5 | found \"cpu.cores\", expected one of kernel.revisionChange, cpu",
        "set ping.packets = 0 | 1 | 20 | ping.packets must be from 1 to 1000: 0",
        "set ping.packets = many | 1 | 20 | found many, expected a whole number",
        "set ping.packets 3 | 1 | 18 | found \"3\", expected \"=\"",
        "set ping.packets = 3 3 | 1 | 22 | found \"3\", expected the end of the line",
        "set memory.deviationPercent = -1 | 1 | 31 | expected a number from 0 to 1000",
        "set cpu.compareClock = maybe | 1 | 24 | found maybe, expected true or false",
        "set network.extraEntries = FINE | 1 | 28 | expected one of [FAILURE, WARNING, SUCCESS]",
        "preset MINE | 1 | 8 | found \"MINE\", expected TIOSA or ODCA_LOWEST",
        "3.1.a is WARNING when all(1.*) | 1 | 10 | what is neither is a WARNING",
        "3.1.b is FAILURE when all(1.*) | 1 | 1 | expected preset, set, relax, 3.1.a",
        "3.1.a is FAILURE when all() | 1 | 27 | expected the id of a test",
        "3.1.a is FAILURE when all(1.9.*) | 1 | 27 | selects no test",
        "3.1.a is FAILURE when all(1.9.a) | 1 | 27 | unknown test 1.9.a",
        "3.1.a is FAILURE when all(2.2.b..2.2.a) | 1 | 27 | ends before it starts",
        "3.1.a is FAILURE when score(1.*) | 1 | 23 | exactly one test id",
        "3.1.a is FAILURE when score(3.3.a) | 1 | 29 | is not scored before it",
        "3.1.a is FAILURE when some(1.*) | 1 | 23 | expected not, score, all, any",
        "3.1.a is FAILURE when (all(1.*) | 1 | 32 | found the end of the text, expected \")\"",
        "3.1.a is FAILURE when all(1.*) is GOOD | 1 | 35 | expected SUCCESS, WARNING or FAILURE",
        "3.1.a is FAILURE when all(1.*) is at SUCCESS | 1 | 38 | expected \"most\"",
        "relax 3.1.a because \"x\" agreed by \"y\" | 1 | 7 | unknown test 3.1.a",
        "relax 2.3.b because x agreed by \"y\" | 1 | 21 | expected a quoted text",
        "relax 2.3.b because \" \" agreed by \"y\" | 1 | 7 | reason must not be blank",
        "relax 2.3.b because \"x | 1 | 21 | found a text without its end",
        "relax 2.3.b because \"\\x\" agreed by \"y\" | 1 | 23 | found a lone \\",
        "relax 2.3.b because \"x\" agreed by \"y\" including WARNING | 1 | 49 | expected \"FAILURE\"",
        "set ping.packets = 3; | 1 | 21 | found \";\", expected a word"
      })
  void saysWhereAndWhatWasExpected(String text, int line, int column, String reason) {
    assertThatThrownBy(() -> Rules.parse("\n\t\n" + text))
        .asInstanceOf(InstanceOfAssertFactories.type(RuleSyntaxException.class))
        .satisfies(
            e -> {
              assertThat(e.line()).isEqualTo(line + 2);
              assertThat(e.column()).isEqualTo(column);
              assertThat(e).hasMessageContaining(reason).hasMessageContaining("at line 3, column");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "set ping.packets = 3 | found \"ping.packets\" again",
        "3.1.a is FAILURE when any(1.*) | found a second rule for 3.1.a is FAILURE",
        "relax 2.3.b because \"x\" agreed by \"y\" | found a second relaxation of 2.3.b"
      })
  void rejectsSayingTheSameTwice(String statement, String reason) {
    assertThatThrownBy(() -> Rules.parse(statement + "\n" + statement))
        .isInstanceOf(RuleSyntaxException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining(reason);
  }

  @Test
  void rejectsPresetAfterOtherStatements() {
    assertThatThrownBy(() -> Rules.parse("set ping.packets = 3\npreset TIOSA"))
        .hasMessageContaining("only as the first statement");
  }

  @Test
  void rejectsTimesThatContradictEachOther() {
    assertThatThrownBy(
            () -> Rules.parse("set ping.successMillis = 500\nset ping.warningMillis = 400"))
        .isInstanceOf(RuleSyntaxException.class)
        .hasMessageContaining("ping.warningMillis must be from 500");
    assertThat(
            Rules.parse("set ping.successMillis = 7000\nset ping.warningMillis = 8000")
                .parameters()
                .pingSuccessMillis())
        .isEqualTo(7000);
  }

  @Test
  void boundsTextNestingSizeAndStatements() {
    String rule = "3.1.a is FAILURE when ";
    String condition = "any(1.*)";
    assertThat(Rules.parse(rule + "(".repeat(32) + condition + ")".repeat(32))).isNotNull();
    assertThatThrownBy(() -> Rules.parse(rule + "(".repeat(33) + condition))
        .hasMessageContaining("expected at most 32 levels");
    assertThatThrownBy(() -> Rules.parse(rule + "not ".repeat(50_000) + condition))
        .hasMessageContaining("expected at most 32 levels");
    assertThatThrownBy(() -> Rules.parse(rule + (condition + " or ").repeat(600) + condition))
        .isInstanceOf(RuleSyntaxException.class)
        .hasMessageContaining("it has too many parts");
    assertThatThrownBy(() -> Rules.parse(" ".repeat(Rules.MAX_TEXT + 1)))
        .isInstanceOf(RuleSyntaxException.class)
        .hasMessageContaining("expected at most 262144");
    List<String> many = new ArrayList<>();
    for (char first = 'a'; first <= 'd'; first++) {
      for (char second = 'a'; second <= 'z'; second++) {
        many.add("relax 2.5." + first + second + " because \"x\" agreed by \"y\"");
      }
    }
    assertThatThrownBy(() -> Rules.parse(String.join("\n", many)))
        .hasMessageContaining("line 101")
        .hasMessageContaining("expected at most 100");
  }

  @Test
  void boundsConditionsThatShareTheirParts() {
    Condition wide = Condition.any("1.*").is(Score.FAILURE);
    for (int i = 0; i < 60; i++) {
      wide = new Condition.And(List.of(wide, wide));
    }
    Condition shared = wide;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AggregateRule(Aggregate.HYPERVISOR, shared, shared))
        .withMessageContaining("cannot use the failure condition of 3.1.a");
  }

  @Test
  void everyPatternSelectsItsTests() {
    assertThat(TestCatalog.tests()).allMatch(TestPattern.of("*")::matches);
    assertThat(TestCatalog.tests()).filteredOn(TestPattern.of("2.3.*")::matches).hasSize(10);
    assertThat(TestCatalog.tests()).filteredOn(TestPattern.of("1.1.b..1.1.f")::matches).hasSize(5);
    assertThat(TestPattern.of("*").matches(Aggregate.SYSTEM.id())).isFalse();
    assertThat(TestPattern.of("2.5.*").matches(TestId.of("2.5.zz"))).isTrue();
  }
}
