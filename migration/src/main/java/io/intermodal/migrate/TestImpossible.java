package io.intermodal.migrate;

import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import java.io.Serial;

/** Signals within a test set that a test cannot be performed, with the reason. */
final class TestImpossible extends IntermodalException {

  @Serial private static final long serialVersionUID = 1L;

  TestImpossible(String reason) {
    super(CommonError.INTERNAL, reason);
  }
}
