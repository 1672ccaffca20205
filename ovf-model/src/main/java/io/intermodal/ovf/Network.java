package io.intermodal.ovf;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names a network that NICs connect to (DSP0243 "NetworkSection").
 *
 * @param description null when absent
 * @param portProfiles what its ports must be like (2.x); empty in most files
 */
public record Network(
    String name, @Nullable String description, List<NetworkPortProfile> portProfiles) {

  /** Validates the name, copies the list. */
  public Network {
    Objects.requireNonNull(name, "name");
    portProfiles = List.copyOf(portProfiles);
  }
}
