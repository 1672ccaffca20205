package io.intermodal.migrate;

import java.io.Serial;

/** Signals within a test set that a test cannot be performed, with the reason. */
final class TestImpossible extends io.intermodal.IntermodalException {

  @Serial private static final long serialVersionUID = 1L;

  TestImpossible(String reason) {
    super(io.intermodal.CommonError.INTERNAL, reason);
  }
}
