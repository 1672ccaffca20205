package io.intermodal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;

/** Is a group of tests that share the bench of one driver. */
interface ContractPart {

  /** Returns what the tests share. */
  Bench bench();

  /** Asserts a typed error that says who refuses and what cannot be done. */
  default ThrowableAssertAlternative<HypervisorException> assertRefused(
      HypervisorError code, ThrowingCallable action) {
    String driver = bench().hypervisor().info().driver();
    return assertThatExceptionOfType(HypervisorException.class)
        .isThrownBy(action)
        .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
        .satisfies(e -> assertThat(e.driver()).as("driver named by the error").isEqualTo(driver));
  }
}
