package io.intermodal.ovf;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Is one configuration a deployer may choose (DSP0243 "DeploymentOptionSection").
 *
 * @param markedDefault whether it is marked as the default; where none is, the first one is
 * @param label null when absent
 * @param description null when absent
 */
public record DeploymentOption(
    String id, boolean markedDefault, @Nullable String label, @Nullable String description) {

  /** Validates the id. */
  public DeploymentOption {
    Objects.requireNonNull(id, "id");
  }
}
