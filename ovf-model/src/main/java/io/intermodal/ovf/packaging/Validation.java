package io.intermodal.ovf.packaging;

import io.intermodal.ErrorCode;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says whether one kind of reader takes a file: not when it cannot be read or has an error.
 *
 * @param refusal why it cannot be read; null when it was read
 * @param findings as grave as that reader takes them, in the order they were met
 */
public record Validation(Path file, @Nullable Refusal refusal, List<Finding> findings) {

  /** Copies the list. */
  public Validation {
    Objects.requireNonNull(file, "file");
    findings = List.copyOf(findings);
  }

  /** Says why a file cannot be read at all. */
  public record Refusal(ErrorCode code, String message) {

    /** Validates the parts. */
    public Refusal {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(message, "message");
    }
  }

  /** Tells whether the reader takes the file. */
  public boolean accepted() {
    return refusal == null && count(Severity.ERROR) == 0;
  }

  /** Returns the number of findings of a severity; what cannot be read is not among them. */
  public int count(Severity severity) {
    return (int) findings.stream().filter(f -> f.severity() == severity).count();
  }

  /** Finds the first reason not to take the file, for people: a code and a message. */
  public Optional<String> reason() {
    return refusal != null
        ? Optional.of(refusal.code() + ": " + refusal.message())
        : findings.stream()
            .filter(f -> f.severity() == Severity.ERROR)
            .findFirst()
            .map(f -> f.code() + ": " + f.message());
  }
}
