package io.intermodal.hypervisor;

import java.util.Objects;

/** Holds a text that must not be seen: it never prints itself. Immutable. */
public final class Secret {

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /** Wraps a text. */
  public static Secret of(String text) {
    return new Secret(Objects.requireNonNull(text, "text"));
  }

  /** Returns the text, for the call that needs it and for nothing else. */
  public String reveal() {
    return text;
  }

  /** Returns three asterisks. */
  @Override
  public String toString() {
    return "***";
  }
}
