package io.intermodal.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScoreObservationsSampleTest {

  @Test
  void explainsWhatDiffersAndWhatWasAgreed() throws Exception {
    List<String> printed = Output.of(() -> ScoreObservations.main(new String[0])).lines().toList();

    assertThat(printed).hasSize(4);
    assertThat(printed.get(0)).isEqualTo("FAILURE");
    assertThat(printed.get(1)).startsWith("2.3.b ").contains("10.0.0.5/24", "10.0.0.77/24");
    assertThat(printed.get(2)).startsWith("2.3.f ").contains("the new network has no way out");
    assertThat(printed.get(3))
        .contains(" is SUCCESS")
        .endsWith("Without relaxations it is FAILURE.");
  }
}
