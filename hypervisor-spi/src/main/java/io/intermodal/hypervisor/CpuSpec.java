package io.intermodal.hypervisor;

import org.jspecify.annotations.Nullable;

/**
 * States a machine's processors.
 *
 * @param count virtual processors the guest sees, at least 1
 * @param coresPerSocket cores of one socket, at least 1, a divisor of {@code count}; null when the
 *     topology is not stated
 */
public record CpuSpec(int count, @Nullable Integer coresPerSocket) {

  /** Validates the counts. */
  public CpuSpec {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1: " + count);
    }
    if (coresPerSocket != null && (coresPerSocket < 1 || count % coresPerSocket != 0)) {
      throw new IllegalArgumentException(
          "coresPerSocket must divide count " + count + ": " + coresPerSocket);
    }
  }

  /** Creates one without a stated topology. */
  public static CpuSpec of(int count) {
    return new CpuSpec(count, null);
  }
}
