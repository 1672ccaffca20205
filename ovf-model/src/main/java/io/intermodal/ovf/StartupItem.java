package io.intermodal.ovf;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Orders one member of a collection (DSP0243 "StartupSection"). What is not stated is null.
 *
 * @param order the place in the order, 0 for none
 * @param startDelaySeconds how long to wait before the next
 * @param waitingForGuest whether the guest says when it is up; false where nothing is said
 * @param startAction {@code powerOn} or {@code none}, as written
 * @param stopAction {@code powerOff}, {@code guestShutdown} or {@code none}, as written
 */
public record StartupItem(
    String id,
    @Nullable Integer order,
    @Nullable Integer startDelaySeconds,
    boolean waitingForGuest,
    @Nullable Integer stopDelaySeconds,
    @Nullable String startAction,
    @Nullable String stopAction) {

  /** Validates the id. */
  public StartupItem {
    Objects.requireNonNull(id, "id");
  }
}
