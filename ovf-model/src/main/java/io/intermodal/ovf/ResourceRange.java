package io.intermodal.ovf;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says how much of a resource a consumer may give, in one configuration (DSP0243 "Ranges on
 * elements"). What is not stated or is no number is null.
 *
 * @param instanceId the InstanceID of the device and its markers
 * @param resourceType the CIM number of the device
 * @param property what is bounded
 * @param min the least; null for no bound
 * @param normal what the author wants
 * @param max the most; null for no bound
 */
public record ResourceRange(
    String instanceId,
    @Nullable Integer resourceType,
    Property property,
    @Nullable Long min,
    @Nullable Long normal,
    @Nullable Long max) {

  /** Names what a range is of. */
  public enum Property {
    /**
     * How much there is: bytes of memory, processors, the VirtualQuantity of others. Writers put
     * the bounds of memory into Reservation, as the examples of the specification do; they count.
     */
    QUANTITY,
    /** What is guaranteed: hertz of processors, the unit as stated for others. */
    RESERVATION,
    /** What is the most in use at any time, in units as for the reservation. */
    LIMIT
  }

  /** Validates the parts. */
  public ResourceRange {
    Objects.requireNonNull(instanceId, "instanceId");
    Objects.requireNonNull(property, "property");
  }

  /** Tells whether an amount is within the bounds. */
  public boolean allows(long amount) {
    return (min == null || amount >= min) && (max == null || amount <= max);
  }
}
