package io.intermodal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.intermodal.ErrorCode;
import io.intermodal.IntermodalException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts why something failed. */
final class Failures {

  private Failures() {}

  static void assertThatFails(ThrowingCallable call, ErrorCode code, String reason) {
    IntermodalException e = catchThrowableOfType(IntermodalException.class, call);
    assertThat(e).as("it must fail").isNotNull();
    assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
    assertThat(e).hasMessageContaining(reason);
  }
}
