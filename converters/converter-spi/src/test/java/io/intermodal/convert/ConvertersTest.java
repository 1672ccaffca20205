package io.intermodal.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.intermodal.IntermodalException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvertersTest {

  @Test
  void saysWhatThereIsWhenAFormatIsUnknown() {
    Converters none = Converters.of(List.of(), List.of());
    for (Runnable search :
        List.<Runnable>of(
            () -> none.descriptor("ovf"), () -> none.disk("x"), () -> none.readerOf("qcow2"))) {
      assertThatExceptionOfType(IntermodalException.class)
          .isThrownBy(search::run)
          .withMessageContaining("known are")
          .satisfies(e -> assertThat(e.code()).isEqualTo(ConvertError.UNKNOWN_FORMAT));
    }
    assertThat(none.planner().routes(List.of("a"), List.of("b"))).isEmpty();
    assertThat(Converters.load().problems()).isEmpty();
  }

  @Test
  void addsUpLosses() {
    Loss first = loss("first");
    Loss second = loss("second");
    Conversion<String> conversion =
        new Conversion<>(1, List.of(first))
            .then(number -> new Conversion<>("n" + number, List.of(second)));

    assertThat(conversion).isEqualTo(new Conversion<>("n1", List.of(first, second)));
  }

  @Test
  void refusesEdgesThatDoNotJoin() {
    FormatEdge edge = new FormatEdge("x", "a", "b", 1, Fidelity.EXACT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Route("b", List.of(edge)))
        .withMessageContaining("does not start at b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FormatEdge("x", "a", "a", 1, Fidelity.EXACT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FormatEdge("x", "a", "b", 0, Fidelity.EXACT));
  }

  private static Loss loss(String rule) {
    return new Loss(rule, Loss.Severity.INFO, "path", null, "reason", null);
  }
}
