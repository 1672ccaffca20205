package io.intermodal.hypervisor;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what a hypervisor has to give at this moment. Null is "it does not say".
 *
 * @param freeStorageBytes space left for the disks of one machine, in bytes; with several pools
 *     that of the roomiest
 * @param freeMemoryBytes memory left for machines, in bytes
 * @param hostCpus logical processors of the host
 * @param networks names of the networks a machine may connect to
 * @param pools places for disks; empty when the hypervisor has no such parts
 */
public record Resources(
    @Nullable Long freeStorageBytes,
    @Nullable Long freeMemoryBytes,
    @Nullable Integer hostCpus,
    List<String> networks,
    List<Pool> pools) {

  /**
   * Describes a place for disks. Two pools may share one file system, and then its space too.
   *
   * @param name name at the hypervisor
   * @param capacityBytes size in bytes
   * @param freeBytes space left in bytes
   */
  public record Pool(String name, long capacityBytes, long freeBytes) {
    /** Validates that the name is there. */
    public Pool {
      Objects.requireNonNull(name, "name");
    }
  }

  /** Copies the lists. */
  public Resources {
    networks = List.copyOf(networks);
    pools = List.copyOf(pools);
  }

  /** Creates the answer of a hypervisor without pools. */
  public Resources(
      @Nullable Long freeStorageBytes,
      @Nullable Long freeMemoryBytes,
      @Nullable Integer hostCpus,
      List<String> networks) {
    this(freeStorageBytes, freeMemoryBytes, hostCpus, networks, List.of());
  }
}
