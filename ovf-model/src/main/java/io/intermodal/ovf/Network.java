package io.intermodal.ovf;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names a network that NICs connect to (DSP0243 "NetworkSection").
 *
 * @param description null when absent
 */
public record Network(String name, @Nullable String description) {

  /** Validates the name. */
  public Network {
    Objects.requireNonNull(name, "name");
  }
}
