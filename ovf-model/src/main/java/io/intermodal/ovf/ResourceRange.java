package io.intermodal.ovf;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says how much of a resource a consumer may give, in one configuration (DSP0243 "Ranges on
 * elements"): bytes of memory, processors, the VirtualQuantity of others. What is not stated or is
 * no number is null.
 *
 * @param instanceId the InstanceID of the device and its markers
 * @param resourceType the CIM number of the device
 * @param min the least; null for no bound
 * @param normal what the author wants
 * @param max the most; null for no bound
 */
public record ResourceRange(
    String instanceId,
    @Nullable Integer resourceType,
    @Nullable Long min,
    @Nullable Long normal,
    @Nullable Long max) {

  static final int MEMORY = 4;

  /** Validates the id. */
  public ResourceRange {
    Objects.requireNonNull(instanceId, "instanceId");
  }

  /** Tells whether an amount is within the bounds. */
  public boolean allows(long amount) {
    return (min == null || amount >= min) && (max == null || amount <= max);
  }
}
