package io.intermodal.evaluate;

import static io.intermodal.evaluate.Score.FAILURE;
import static io.intermodal.evaluate.Score.SUCCESS;
import static io.intermodal.evaluate.Score.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.intermodal.evaluate.ObservedValue.Memory;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final TestId FIREWALL_RULES = TestId.of("1.5.c");
  private static final TestId CHECK = TestId.of("2.5.a");
  private static final Observations SOURCE = Machines.healthy("VMware ESXi 5.0.0");

  private static Observations.Builder target() {
    return Machines.healthyBuilder("KVM");
  }

  @Test
  void healthyMoveIsSuccess() {
    Evaluation evaluation = Evaluator.tiosa().evaluate(SOURCE, target().build());
    assertThat(evaluation.score()).isEqualTo(SUCCESS);
    assertThat(evaluation.tests()).hasSize(38);
    assertThat(evaluation).hasToString("[3.1.a SUCCESS, 3.2.a SUCCESS, 3.3.a SUCCESS]");
  }

  @Test
  void failingHypervisorTestIsWarningByThePaperAndFailureByTheWhitePaper() {
    Observations target = target().unsuccessful(FIREWALL_RULES, "not offered").build();
    Evaluation tiosa = Evaluator.tiosa().evaluate(SOURCE, target);
    assertThat(tiosa.hypervisor().score()).isEqualTo(WARNING);
    assertThat(tiosa.score()).isEqualTo(WARNING);
    assertThat(tiosa.hypervisor().explanation())
        .isEqualTo(
            "3.1.a hypervisor is WARNING: not FAILURE (when any(1.1.a, 1.1.g) is FAILURE) and not"
                + " SUCCESS (when all(1.*) is SUCCESS). Below SUCCESS: 1.5.c FAILURE.");
    assertThat(Evaluator.odcaLowest().evaluate(SOURCE, target).score()).isEqualTo(FAILURE);
  }

  @Test
  void failureWinsOverWarning() {
    Observations target =
        target()
            .unsuccessful(FIREWALL_RULES, "not offered")
            .notPerformed(TestCatalog.MEMORY, "no agent")
            .build();
    Evaluation evaluation = Evaluator.tiosa().evaluate(SOURCE, target);
    assertThat(evaluation.system().score()).isEqualTo(FAILURE);
    assertThat(evaluation.score()).isEqualTo(FAILURE);
  }

  @Test
  void nothingObservedIsFailure() {
    Observations nothing = Observations.on("KVM", "web-1").build();
    Evaluation evaluation = Evaluator.tiosa().evaluate(nothing, nothing);
    assertThat(evaluation.aggregates())
        .extracting(AggregateResult::score)
        .containsExactly(FAILURE, FAILURE, FAILURE);
  }

  @Test
  void applicationChecksJoinWhenPresent() {
    Observations target = target().unsuccessful(CHECK, "HTTP 500").build();
    Evaluation evaluation = Evaluator.tiosa().evaluate(SOURCE, target);
    assertThat(evaluation.test(CHECK).orElseThrow().score()).isEqualTo(FAILURE);
    assertThat(evaluation.system().score()).isEqualTo(FAILURE);
    assertThat(Evaluator.tiosa().evaluate(SOURCE, target().build()).test(CHECK)).isEmpty();
  }

  @Test
  void applicationCheckThatARuleNamesMustBePerformed() {
    Rules rules = Rules.parse("3.2.a is FAILURE when score(2.5.a) is FAILURE");
    Evaluation evaluation = Evaluator.of(rules).evaluate(SOURCE, target().build());
    assertThat(evaluation.test(CHECK).orElseThrow().finding()).contains("could not be performed");
    assertThat(evaluation.system().score()).isEqualTo(FAILURE);
  }

  @Test
  void relaxationRaisesWarningAndKeepsTheOtherScore() {
    Observations target = target().observed(TestCatalog.MEMORY, new Memory(4200L << 20)).build();
    Rules rules =
        Rules.TIOSA.relaxing(
            Relaxation.ofWarning(TestCatalog.MEMORY, "rounded by the target", "J. Doe"));
    Evaluation evaluation = Evaluator.of(rules).evaluate(SOURCE, target);
    assertThat(evaluation.score()).isEqualTo(SUCCESS);
    assertThat(evaluation.scoreWithoutRelaxations()).isEqualTo(WARNING);
    assertThat(evaluation.system().explanation()).endsWith("Without relaxations it is WARNING.");
    assertThat(evaluation.test(TestCatalog.MEMORY).orElseThrow().explanation())
        .endsWith("Relaxed to SUCCESS: rounded by the target, agreed by J. Doe.");
  }

  @Test
  void relaxationRaisesFailureOnlyIfSaid() {
    Observations target = target().observed(TestCatalog.MEMORY, new Memory(1L << 30)).build();
    Relaxation warning = Relaxation.ofWarning(TestCatalog.MEMORY, "small is fine", "J. Doe");
    Relaxation failure = Relaxation.ofFailure(TestCatalog.MEMORY, "small is fine", "J. Doe");
    assertThat(Evaluator.of(Rules.TIOSA.relaxing(warning)).evaluate(SOURCE, target).score())
        .isEqualTo(FAILURE);
    assertThat(Evaluator.of(Rules.TIOSA.relaxing(failure)).evaluate(SOURCE, target).score())
        .isEqualTo(SUCCESS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rules.TIOSA.relaxing(warning).relaxing(failure))
        .withMessage("test 2.2.b is relaxed twice");
  }

  @Test
  void machineMadeByHandIsAtMostWarning() {
    Evaluation evaluation =
        Evaluator.tiosa().evaluate(SOURCE, target().madeByHand("disk attached by hand").build());
    assertThat(evaluation.system().score()).isEqualTo(SUCCESS);
    assertThat(evaluation.score()).isEqualTo(WARNING);
    assertThat(evaluation.overall().explanation())
        .isEqualTo(
            "3.3.a overall is WARNING, at most that as it was not automated; by its rule it is"
                + " SUCCESS, as all(3.1.a, 3.2.a) is SUCCESS. Done by hand: disk attached by hand.");
  }

  @Test
  void cyclesCountFromThreeEqualOnes() {
    Evaluation good = Evaluator.tiosa().evaluate(SOURCE, target().build());
    Evaluation bad =
        Evaluator.tiosa().evaluate(SOURCE, target().unsuccessful(FIREWALL_RULES, "no").build());
    assertThat(Cycles.of(good, good).stability()).isEqualTo(Stability.INSUFFICIENT);
    assertThat(Cycles.of(good, good, good).stability()).isEqualTo(Stability.STABLE);
    Cycles mixed = Cycles.of(good, bad, good);
    assertThat(mixed.stability()).isEqualTo(Stability.UNSTABLE);
    assertThat(mixed.differing())
        .extracting(TestId::text)
        .containsExactly("1.5.c", "3.1.a", "3.3.a");
    assertThat(mixed.scoresOf(FIREWALL_RULES)).containsExactly(SUCCESS, FAILURE, SUCCESS);
    Evaluation other = Evaluator.odcaLowest().evaluate(SOURCE, target().build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cycles.of(good, other))
        .withMessageContaining("same rules");
  }
}
