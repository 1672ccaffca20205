package io.intermodal.hypervisor;

import org.jspecify.annotations.Nullable;

/**
 * Says what an operation did; every platform answers with the same message form (ODCA Usage
 * Scenario 3: "one command, every platform completes it and returns a message").
 *
 * @param machine name of the machine
 * @param operation what was done
 * @param before state before
 * @param after state after
 * @param rebooted whether the guest restarted; null when the driver cannot tell
 * @param message what happened, in a sentence
 */
public record OperationResult(
    String machine,
    Operation operation,
    MachineState before,
    MachineState after,
    @Nullable Boolean rebooted,
    String message) {}
