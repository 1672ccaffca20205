package io.intermodal.hypervisor;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Declares what a hypervisor can do, so that a plan can be refused before anything is changed.
 * Immutable.
 *
 * @param operations how each operation is carried out; an operation that is absent is unsupported
 * @param exportFormats ids of the disk formats it gives, preferred first
 * @param importFormats ids of the disk formats it takes, preferred first
 * @param firmware what may start a boot loader
 * @param secureBoot whether it offers secure boot with EFI; null when it does not say
 * @param diskBuses buses it offers, preferred first
 * @param bootBuses buses it boots from
 * @param nicModels adapter models it offers in lower case, preferred first
 * @param optical whether it offers CD drives
 * @param floppy whether it offers floppy drives
 * @param limits the most it gives one machine
 * @param maxNameLength longest name it takes, in characters
 */
public record Capabilities(
    Map<Operation, Support> operations,
    List<String> exportFormats,
    List<String> importFormats,
    Set<Firmware> firmware,
    @Nullable Boolean secureBoot,
    List<DiskBus> diskBuses,
    Set<DiskBus> bootBuses,
    List<String> nicModels,
    boolean optical,
    boolean floppy,
    Limits limits,
    int maxNameLength) {

  private static final Support UNSUPPORTED = new Support(Support.Effect.UNSUPPORTED, null);

  /** Copies the collections. */
  public Capabilities {
    operations = Map.copyOf(operations);
    exportFormats = List.copyOf(exportFormats);
    importFormats = List.copyOf(importFormats);
    firmware = Set.copyOf(firmware);
    diskBuses = List.copyOf(diskBuses);
    bootBuses = Set.copyOf(bootBuses);
    nicModels = List.copyOf(nicModels);
    Objects.requireNonNull(limits, "limits");
    if (maxNameLength < 1) {
      throw new IllegalArgumentException("maxNameLength must be at least 1: " + maxNameLength);
    }
  }

  /** Returns how an operation is carried out; unsupported when nothing is declared. */
  public Support support(Operation operation) {
    return operations.getOrDefault(operation, UNSUPPORTED);
  }

  /** Tells whether an operation exists. */
  public boolean supports(Operation operation) {
    return support(operation).isSupported();
  }

  /** Returns the names of all supported operations in their natural order, for messages. */
  public String supportedOperations() {
    return Arrays.stream(Operation.values())
        .filter(this::supports)
        .map(Operation::displayName)
        .collect(Collectors.joining(", "));
  }
}
