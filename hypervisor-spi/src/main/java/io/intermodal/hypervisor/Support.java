package io.intermodal.hypervisor;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Declares how a hypervisor carries out one operation.
 *
 * @param effect what it does to a running machine
 * @param note why, for people; null when there is nothing to say
 */
public record Support(Effect effect, @Nullable String note) {

  /** Names what an operation does to a running machine. */
  public enum Effect {
    /** The hypervisor does not know the operation. */
    UNSUPPORTED,
    /** The guest runs on. */
    LIVE,
    /** Takes effect when the guest restarts, which the operation causes. */
    REBOOTS,
    /** Refused while the machine runs; needs it stopped. */
    NEEDS_STOP,
    /** The driver cannot say; anything that forbids a reboot treats it as one that reboots. */
    UNKNOWN
  }

  /** Validates that the effect is there. */
  public Support {
    Objects.requireNonNull(effect, "effect");
  }

  /** Declares an operation that leaves a running guest alone. */
  public static Support live() {
    return new Support(Effect.LIVE, null);
  }

  /** Declares an operation with an effect worth a word. */
  public static Support of(Effect effect, String note) {
    return new Support(effect, note);
  }

  /** Tells whether the operation exists at all. */
  public boolean isSupported() {
    return effect != Effect.UNSUPPORTED;
  }
}
