package io.intermodal.migrate;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells what preflight found. Rules run on the neutral machine and on what the target declares;
 * they change nothing.
 *
 * @param rule stable id of the rule: {@code PF-4}
 * @param severity what follows from it
 * @param object what it is about: {@code machine}, {@code disks[disk0]}
 * @param message what is the matter and what follows from it
 * @param remedy what the user can do; null when there is nothing to do
 */
public record Finding(
    String rule, Severity severity, String object, String message, @Nullable String remedy) {

  /** Names what follows from a finding; the order is from harmless to grave. */
  public enum Severity {
    /** Good to know. */
    INFORMATION,
    /** The machine can be migrated with a loss, or needs care afterwards. */
    WARNING,
    /** The machine cannot be migrated like this. */
    CRITICAL
  }

  /** Validates that the parts are there. */
  public Finding {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(object, "object");
    Objects.requireNonNull(message, "message");
  }
}
