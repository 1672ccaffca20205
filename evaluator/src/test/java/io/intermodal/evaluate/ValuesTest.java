package io.intermodal.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.intermodal.evaluate.ObservedValue.Cpu;
import io.intermodal.evaluate.ObservedValue.Memory;
import io.intermodal.evaluate.ObservedValue.Ping;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @Test
  void lowestScoreWins() {
    assertThat(Score.lowest(Score.SUCCESS, Score.WARNING)).isEqualTo(Score.WARNING);
    assertThat(Score.lowest(Score.WARNING, Score.SUCCESS, Score.FAILURE)).isEqualTo(Score.FAILURE);
    assertThat(Score.lowest(List.of(Score.SUCCESS))).isEqualTo(Score.SUCCESS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Score.lowest(List.of()))
        .withMessageContaining("there are none");
  }

  @Test
  void idsAreOrderedAsInTheTables() {
    assertThat(TestId.of("2.3.a")).isLessThan(TestId.of("2.3.b")).isGreaterThan(TestId.of("2.2.c"));
    assertThat(TestId.of("2.5.z")).isLessThan(TestId.of("2.5.aa"));
    assertThat(TestId.of("1.1.a")).isEqualTo(TestCatalog.LAUNCH).hasToString("1.1.a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2", "2.3", "2.3.", ".3.a", "2..a", "2.3.A", "2.3.abc", "0.1.a", "4.1.a"})
  void rejectsMalformedId(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestId.of(text))
        .withMessageContaining("expected set.group.letter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"02.3.a", "2.064.a", "2.64.a", "2.3.a ", "2.3.1", "2.3.a.b", "2.03.a"})
  void rejectsSecondSpellings(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TestId.of(text));
  }

  @Test
  void catalogHasTablesTwoAndThree() {
    assertThat(TestCatalog.tests()).hasSize(38).isSorted().doesNotHaveDuplicates();
    assertThat(TestCatalog.tests()).filteredOn(id -> id.set() == 1).hasSize(18);
    assertThat(TestCatalog.nameOf(TestId.of("1.1.g"))).isEqualTo("terminate");
    assertThat(TestCatalog.nameOf(TestId.of("3.3.a"))).isEqualTo("overall");
    assertThat(TestCatalog.isKnown(TestId.of("2.5.zz"))).isTrue();
    assertThat(TestCatalog.isKnown(TestId.of("2.6.a"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"10,10", "0,0", "33.30,33.3", "0.0001,0.0001", "1000,1000", "34.0,34"})
  void readsPercentages(String text, String written) {
    assertThat(Percent.of(text)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1e2", "1000.1", "0.00001", "10%", "NaN", " 1", "99999"})
  void rejectsOtherPercentages(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Percent.of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "1,10,0",
    "1,11,-1",
    "1,9,1",
    "922337203685477580,9223372036854775800,0",
    "922337203685477581,9223372036854775800,1",
    "922337203685477580,9223372036854775807,-1"
  })
  void comparesSharesExactly(long part, long whole, int sign) {
    assertThat(Integer.signum(Percent.of(10).compareShare(part, whole))).isEqualTo(sign);
  }

  @Test
  void observedValuesRejectWhatNobodyCanSee() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Cpu(0, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new Cpu(1, 0L));
    assertThatIllegalArgumentException().isThrownBy(() -> new Memory(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Ping(3, 4, 1L));
    assertThatIllegalArgumentException().isThrownBy(() -> new Mount(" ", 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Observation(Outcome.NOT_PERFORMED, null, new Memory(1)));
  }

  @Test
  void observationsRejectForeignTests() {
    Observations.Builder builder = Observations.on("KVM", "web-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.successful(TestId.of("3.1.a")))
        .withMessageContaining("unknown test 3.1.a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.observed(TestCatalog.CPU, new Memory(1)))
        .withMessage("test 2.2.a sees Cpu, not Memory");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.observed(TestCatalog.LAUNCH, new Memory(1)))
        .withMessage("test 1.1.a sees no value, not Memory");
  }

  @Test
  void absentTestWasNotPerformed() {
    assertThat(Observations.on("KVM", "web-1").build().of(TestCatalog.CPU).outcome())
        .isEqualTo(Outcome.NOT_PERFORMED);
  }

  @ParameterizedTest
  @CsvSource({
    "5.10.0-28-amd64, 5.10.0, -28-amd64",
    "2.6.32-279.el6.x86_64, 2.6.32, -279.el6.x86_64",
    "6.1.7601, 6.1, .7601",
    "10.0.19045.3803, 10.0, .19045.3803",
    "5.10.209, 5.10.209, ''",
    "13.2-RELEASE-p4, 13.2, -RELEASE-p4",
    "22.6.0, 22.6.0, ''",
    "6.1.0-rc3+, 6.1.0, -rc3+",
    "6., 6, .",
    "Plan 9, Plan 9, ''"
  })
  void splitsKernelReleases(String release, String version, String revision) {
    assertThat(KernelVersion.of(release)).isEqualTo(new KernelVersion(version, revision));
  }
}
