package io.intermodal.hypervisor;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * States one disk of a machine.
 *
 * @param key stable name of the disk within the machine; it survives conversion, order does not
 *     matter
 * @param capacityBytes size the guest sees, in bytes, at least 1
 * @param bus bus the guest sees it on; null when not stated
 * @param unit address on that bus, from 0; null when not stated
 */
public record DiskSpec(
    String key, long capacityBytes, @Nullable DiskBus bus, @Nullable Integer unit) {

  /** Validates the key, the capacity and the unit. */
  public DiskSpec {
    Objects.requireNonNull(key, "key");
    if (key.isBlank()) {
      throw new IllegalArgumentException("key must not be blank");
    }
    if (capacityBytes < 1) {
      throw new IllegalArgumentException("capacityBytes must be at least 1: " + capacityBytes);
    }
    if (unit != null && unit < 0) {
      throw new IllegalArgumentException("unit must not be negative: " + unit);
    }
  }

  /** Returns this disk on another bus. */
  public DiskSpec withBus(@Nullable DiskBus newBus, @Nullable Integer newUnit) {
    return new DiskSpec(key, capacityBytes, newBus, newUnit);
  }

  /** Returns this disk with another capacity. */
  public DiskSpec withCapacityBytes(long newCapacityBytes) {
    return new DiskSpec(key, newCapacityBytes, bus, unit);
  }
}
