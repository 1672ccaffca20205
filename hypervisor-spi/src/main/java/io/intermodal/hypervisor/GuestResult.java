package io.intermodal.hypervisor;

import java.util.Objects;

/**
 * Says how a command in a guest ended.
 *
 * @param exitStatus its exit status; 128 and the number of the signal when one ended it
 * @param output what it wrote to its standard output, as UTF-8 with malformed bytes replaced
 * @param errors what it wrote to its standard error; empty where the way does not tell the two
 *     apart
 * @param truncated whether more was written than is kept
 */
public record GuestResult(int exitStatus, String output, String errors, boolean truncated) {

  /** Validates that both outputs are there. */
  public GuestResult {
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(errors, "errors");
  }

  /** Tells whether the command ended with status 0. */
  public boolean isSuccessful() {
    return exitStatus == 0;
  }
}
