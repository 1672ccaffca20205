package io.intermodal.disk;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Says what a check of an image found.
 *
 * @param format what it is
 * @param virtualSizeBytes the size that a guest sees
 * @param storedBytes the length of what holds it
 * @param dataBytes how many of the guest's bytes are not zeros, in blocks of 64 KiB; empty when
 *     damage kept the check from reading all
 * @param problems what is wrong or odd, in the order found; empty for a sound image
 */
public record CheckReport(
    DiskFormat format,
    long virtualSizeBytes,
    long storedBytes,
    OptionalLong dataBytes,
    List<Problem> problems) {

  /** Says what a problem means for the guest's data. */
  public enum Severity {
    /** Odd, or against the letter of the format; every byte of the guest is there. */
    NOTE,
    /** Space that nothing refers to; every byte of the guest is there. */
    LEAK,
    /** Some of the guest's bytes are wrong, missing or in doubt. */
    DAMAGE
  }

  /**
   * Is one thing that was found.
   *
   * @param severity what it means
   * @param message what is wrong and where: file, byte, structure
   */
  public record Problem(Severity severity, String message) {

    /** Validates. */
    public Problem {
      Objects.requireNonNull(severity, "severity");
      Objects.requireNonNull(message, "message");
    }
  }

  /** Copies the list. */
  public CheckReport {
    Objects.requireNonNull(format, "format");
    problems = List.copyOf(problems);
  }

  /** Tells whether all of the guest's bytes are there, as far as the format lets one see. */
  public boolean isSound() {
    return problems.stream().noneMatch(p -> p.severity() == Severity.DAMAGE);
  }
}
