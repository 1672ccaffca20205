package io.intermodal.ovf;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what a careful reader objects to. It holds no value of a property or element that is a
 * secret.
 *
 * @param line the line in the descriptor, from 1; null when it is not about a place in it
 * @param column the column in the descriptor, from 1; null as {@code line}
 * @param path the place: elements from the root, or the name of a file in the package; null when it
 *     is about the whole
 * @param message what is wrong and, where there is one, the remedy
 */
public record Finding(
    FindingCode code,
    Severity severity,
    @Nullable Integer line,
    @Nullable Integer column,
    @Nullable String path,
    String message) {

  /** Validates the parts. */
  public Finding {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(message, "message");
  }

  static Finding of(FindingCode code, @Nullable String path, String message) {
    return new Finding(code, code.severity(), null, null, path, message);
  }
}
