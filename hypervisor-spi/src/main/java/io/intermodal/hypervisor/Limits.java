package io.intermodal.hypervisor;

import org.jspecify.annotations.Nullable;

/**
 * States the most that a hypervisor gives one machine. Null is "no limit known", never "none".
 *
 * @param maxCpus virtual processors
 * @param maxMemoryBytes memory in bytes
 * @param maxDisks fixed disks
 * @param maxDiskBytes capacity of one disk in bytes
 * @param maxNics network cards
 * @param source where the figures come from, with the version they hold for
 */
public record Limits(
    @Nullable Integer maxCpus,
    @Nullable Long maxMemoryBytes,
    @Nullable Integer maxDisks,
    @Nullable Long maxDiskBytes,
    @Nullable Integer maxNics,
    String source) {

  /** Returns limits of which nothing is known. */
  public static Limits unknown() {
    return new Limits(null, null, null, null, null, "not stated by the hypervisor");
  }
}
