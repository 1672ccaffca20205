package io.intermodal.disk;

import java.time.Duration;
import java.util.Objects;

/**
 * Bounds how long a source on the network is waited for.
 *
 * @param silence how long one request may take, and how long a stream may stay silent; positive
 * @param deadline how long a read is tried again before it fails; not negative
 */
public record HttpLimits(Duration silence, Duration deadline) {

  /** Validates. */
  public HttpLimits {
    Objects.requireNonNull(silence, "silence");
    Objects.requireNonNull(deadline, "deadline");
    if (silence.isNegative() || silence.isZero()) {
      throw new IllegalArgumentException("silence must be positive: " + silence);
    }
    if (deadline.isNegative()) {
      throw new IllegalArgumentException("deadline must not be negative: " + deadline);
    }
  }

  /** Returns 30 seconds for each request and two minutes for all tries of a read. */
  public static HttpLimits defaults() {
    return new HttpLimits(Duration.ofSeconds(30), Duration.ofMinutes(2));
  }
}
