package io.intermodal.hypervisor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what a hypervisor has to give at this moment. Null is "it does not say".
 *
 * @param freeStorageBytes space left for disks, in bytes
 * @param freeMemoryBytes memory left for machines, in bytes
 * @param hostCpus logical processors of the host
 * @param networks names of the networks a machine may connect to
 */
public record Resources(
    @Nullable Long freeStorageBytes,
    @Nullable Long freeMemoryBytes,
    @Nullable Integer hostCpus,
    List<String> networks) {

  /** Copies the list. */
  public Resources {
    networks = List.copyOf(networks);
  }
}
