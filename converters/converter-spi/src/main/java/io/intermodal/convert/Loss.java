package io.intermodal.convert;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells one thing that a reader did not understand or a writer could not express. The losses of a
 * route are the loss report of a move.
 *
 * @param rule stable id of the rule that lost it: {@code nic.model.mapped}
 * @param severity what it means for the guest
 * @param path where it was, in the words of the neutral machine: {@code nics[net0].model}
 * @param value what it was; null when it has no value worth a word, or it is secret
 * @param reason what happened to it and why, in a sentence
 * @param remedy what the user can do; null when there is nothing to do
 */
public record Loss(
    String rule,
    Severity severity,
    String path,
    @Nullable String value,
    String reason,
    @Nullable String remedy) {

  /** Names what a loss means for the guest; the order is from harmless to grave. */
  public enum Severity {
    /** Changed, and the guest does not mind. */
    INFO,
    /** The guest runs and lacks something or sees something else. */
    WARNING,
    /** The guest will not boot or not work. */
    ERROR
  }

  /** Validates that the parts are there. */
  public Loss {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(reason, "reason");
  }
}
