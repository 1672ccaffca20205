package io.intermodal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class CancellationTest {

  @Test
  void stopsWorkOnceItIsAskedFor() {
    Cancellation cancellation = Cancellation.create();
    cancellation.check("copy disk0");
    cancellation.cancel();
    cancellation.cancel();

    assertThat(cancellation.isCancelled()).isTrue();
    assertThatExceptionOfType(CancelledException.class)
        .isThrownBy(() -> cancellation.check("copy disk0"))
        .withMessage("cancelled: copy disk0")
        .satisfies(e -> assertThat(e.code()).isEqualTo(CommonError.CANCELLED));
  }

  @Test
  void cannotCancelWhatEverybodyShares() {
    assertThatIllegalStateException().isThrownBy(Cancellation.none()::cancel);
    assertThat(Cancellation.none().isCancelled()).isFalse();
  }
}
