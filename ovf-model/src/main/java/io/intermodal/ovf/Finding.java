package io.intermodal.ovf;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what a careful reader objects to. It holds no value of a property or element that is a
 * secret.
 *
 * @param severity as {@link Strictness#LENIENT} has it, unless {@link #judged} said otherwise
 * @param line the line in the descriptor, from 1; null when it is not about a place in it
 * @param column the column in the descriptor, from 1; null as {@code line}
 * @param path the place: elements from the root, or the name of a file in the package; null when it
 *     is about the whole
 * @param message what is wrong
 */
public record Finding(
    FindingCode code,
    Severity severity,
    @Nullable Integer line,
    @Nullable Integer column,
    @Nullable String path,
    String message) {

  /** A broken template of a megabyte must not become a report of a gigabyte. */
  public static final int MOST = 1000;

  /** Validates the parts. */
  public Finding {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(message, "message");
  }

  /** Creates a finding that is about no line. */
  public static Finding of(FindingCode code, @Nullable String path, String message) {
    return new Finding(code, code.severity(Strictness.LENIENT), null, null, path, message);
  }

  /** Creates the finding that ends a list of {@link #MOST}. */
  public static Finding tooMany() {
    return of(FindingCode.TOO_MANY, null, "more than " + MOST + " findings");
  }

  /** Returns what to do about it. */
  public String remedy() {
    return code.remedy();
  }

  /** Returns the same finding as another kind of reader grades it. */
  public Finding judged(Strictness strictness) {
    return new Finding(code, code.severity(strictness), line, column, path, message);
  }
}
