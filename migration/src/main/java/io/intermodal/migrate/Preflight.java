package io.intermodal.migrate;

import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Limits;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks before the first byte moves whether a machine, as it was mapped, fits a target. Each rule
 * has an id that reports and scripts rely on.
 */
final class Preflight {

  private static final long SECTOR_BYTES = 512;

  private final MachineSpec source;
  private final MachineSpec mapped;
  private final List<DiskPlan> disks;
  private final Capabilities capabilities;
  private final Limits limits;
  private final Resources resources;
  private final Hypervisor target;
  private final MachineState state;
  private final MigrationOptions options;
  private final List<Finding> findings = new ArrayList<>();

  private Preflight(
      MachineSpec source,
      MachineState state,
      MachineSpec mapped,
      List<DiskPlan> disks,
      Hypervisor target,
      MigrationOptions options) {
    this.source = source;
    this.state = state;
    this.mapped = mapped;
    this.disks = disks;
    this.target = target;
    this.capabilities = target.capabilities();
    this.limits = capabilities.limits();
    this.resources = target.resources();
    this.options = options;
  }

  /** Runs every rule; the result is ordered gravest first, then by rule. */
  static List<Finding> check(
      MachineSpec source,
      MachineState state,
      MachineSpec mapped,
      List<DiskPlan> disks,
      List<Loss> losses,
      Hypervisor target,
      MigrationOptions options) {
    Preflight preflight = new Preflight(source, state, mapped, disks, target, options);
    preflight.checkDescriptor(losses);
    preflight.checkFirmware();
    preflight.checkProcessorsAndMemory();
    preflight.checkBootDisk(losses);
    preflight.checkDisks();
    preflight.checkNetworks();
    preflight.checkMacs();
    preflight.checkGuestNetwork();
    preflight.checkName();
    preflight.checkSpace();
    preflight.checkState();
    return preflight.findings.stream()
        .sorted(
            Comparator.comparing(Finding::severity)
                .reversed()
                .thenComparing(finding -> ruleNumber(finding.rule()))
                .thenComparing(Finding::object))
        .toList();
  }

  private static int ruleNumber(String rule) {
    return Integer.parseInt(rule.substring(rule.indexOf('-') + 1));
  }

  /** PF-15: something the descriptor requires is not understood. */
  private void checkDescriptor(List<Loss> losses) {
    for (Loss loss : losses) {
      if (loss.severity() == Loss.Severity.ERROR && loss.rule().startsWith("ovf.")) {
        critical("PF-15", loss.path(), loss.reason(), loss.remedy());
      }
    }
  }

  /** PF-1: the guest's firmware must exist at the target. */
  private void checkFirmware() {
    Firmware firmware = mapped.firmware();
    if (firmware != null && !capabilities.firmware().contains(firmware)) {
      critical(
          "PF-1",
          "machine",
          product() + " does not offer " + firmware + " firmware, so the guest would not boot",
          "choose a target that offers it");
    }
    if (Boolean.TRUE.equals(mapped.secureBoot())
        && !Boolean.TRUE.equals(capabilities.secureBoot())) {
      warning(
          "PF-1",
          "machine",
          product() + " does not say that it offers secure boot; the guest may boot without it",
          null);
    }
  }

  /** PF-20 and PF-21: processors and memory must be stated and within the limits. */
  private void checkProcessorsAndMemory() {
    CpuSpec cpu = mapped.cpu();
    if (cpu == null) {
      critical("PF-20", "cpu", "the source states no processors", "say how many: --cpus 1");
    } else if (exceeds(cpu.count(), limits.maxCpus())) {
      critical(
          "PF-20",
          "cpu",
          cpu.count() + " processors are more than the " + limits.maxCpus() + " of " + limitsOf(),
          "give the machine fewer processors at the source");
    }
    Long memory = mapped.memoryBytes();
    if (memory == null) {
      critical("PF-21", "memory", "the source states no memory", "say how much: --memory 1GiB");
    } else if (exceeds(memory, limits.maxMemoryBytes())) {
      critical(
          "PF-21",
          "memory",
          memory
              + " bytes of memory are more than the "
              + limits.maxMemoryBytes()
              + " of "
              + limitsOf(),
          "give the machine less memory at the source");
    }
  }

  /** PF-2: the boot disk must be on a bus the target boots from. PF-3: the guest needs drivers. */
  private void checkBootDisk(List<Loss> losses) {
    mapped
        .bootDisk()
        .ifPresent(
            disk -> {
              DiskBus bus = disk.bus();
              if (bus != null
                  && !capabilities.bootBuses().isEmpty()
                  && !capabilities.bootBuses().contains(bus)) {
                critical(
                    "PF-2",
                    object(disk),
                    product() + " does not boot from " + bus,
                    "put the boot disk on one of " + capabilities.bootBuses());
              }
            });
    for (Loss loss : losses) {
      if (loss.rule().equals("disk.bus.mapped")) {
        add(
            "PF-3",
            loss.severity() == Loss.Severity.ERROR
                ? Finding.Severity.CRITICAL
                : Finding.Severity.WARNING,
            loss.path(),
            "the guest is not known to have the driver: " + loss.reason(),
            loss.remedy());
      }
    }
  }

  /** PF-4, PF-5, PF-22, PF-24: sizes, their rounding, their number, a way to carry them. */
  private void checkDisks() {
    if (exceeds(mapped.disks().size(), limits.maxDisks())) {
      critical(
          "PF-22",
          "disks",
          mapped.disks().size()
              + " disks are more than the "
              + limits.maxDisks()
              + " of "
              + limitsOf(),
          null);
    }
    for (DiskSpec disk : mapped.disks()) {
      if (exceeds(disk.capacityBytes(), limits.maxDiskBytes())) {
        critical(
            "PF-4",
            object(disk),
            disk.capacityBytes()
                + " bytes are more than the "
                + limits.maxDiskBytes()
                + " of "
                + limitsOf(),
            "split the disk, or choose a target without that limit");
      }
      if (disk.capacityBytes() % SECTOR_BYTES != 0) {
        information(
            "PF-5",
            object(disk),
            "the size is not a multiple of " + SECTOR_BYTES + " bytes and will be rounded up",
            null);
      }
    }
    for (DiskPlan disk : disks) {
      if (!disk.blank() && disk.routes().isEmpty()) {
        critical(
            "PF-24",
            "disks[" + disk.key() + "]",
            "no route leads from the source's disk format to one of "
                + capabilities.importFormats(),
            "add a converter to the class path; see what there is: routes");
      }
      if (disk.blank()) {
        information(
            "PF-26",
            "disks[" + disk.key() + "]",
            "it has no content at the source and is made blank",
            null);
      }
    }
  }

  /** PF-6: every card needs a network. PF-23: not too many cards. */
  private void checkNetworks() {
    if (exceeds(mapped.nics().size(), limits.maxNics())) {
      critical(
          "PF-23",
          "nics",
          mapped.nics().size()
              + " cards are more than the "
              + limits.maxNics()
              + " of "
              + limitsOf(),
          null);
    }
    List<String> networks =
        source.nics().stream().map(NicSpec::network).filter(Objects::nonNull).distinct().toList();
    for (String asked : options.networks().keySet()) {
      if (!networks.contains(asked)) {
        warning(
            "PF-6",
            "nics",
            "no card of the source is on a network " + asked + ", so that --network has no effect",
            "its networks are " + networks);
      }
    }
    for (NicSpec nic : mapped.nics()) {
      if (nic.network() == null) {
        information("PF-6", object(nic), "the card is not connected to a network", null);
      } else if (!resources.networks().contains(nic.network())) {
        critical(
            "PF-6",
            object(nic),
            product() + " has no network " + nic.network(),
            "map it to one of "
                + resources.networks()
                + ": --network \""
                + nic.network()
                + "=NAME\"");
      }
    }
  }

  /** PF-7: an address must be one card's only. */
  private void checkMacs() {
    Set<String> taken = new HashSet<>();
    for (Machine machine : target.machines()) {
      machine.spec().nics().stream().map(NicSpec::mac).filter(Objects::nonNull).forEach(taken::add);
    }
    Set<String> own = new HashSet<>();
    for (NicSpec nic : mapped.nics()) {
      String mac = nic.mac();
      if (mac == null) {
        continue;
      }
      if (!own.add(mac)) {
        critical("PF-7", object(nic), "two cards of the machine have the address " + mac, null);
      } else if (taken.contains(mac)) {
        critical(
            "PF-7",
            object(nic),
            "another machine at the target has the address " + mac,
            "let the card have a new one: --new-mac");
      }
    }
  }

  /** PF-8: a static address in the guest may be bound to what changes. */
  private void checkGuestNetwork() {
    for (NicSpec nic : source.nics()) {
      String after =
          mapped.nics().stream()
              .filter(other -> other.key().equals(nic.key()))
              .map(NicSpec::model)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null);
      if (!Objects.equals(nic.model(), after) && nic.model() != null) {
        warning(
            "PF-8",
            object(nic),
            "the adapter becomes a "
                + after
                + ", so the guest may name the interface otherwise and lose a static address",
            "bind the guest's network configuration to the hardware address, or use DHCP");
      }
    }
  }

  /** PF-13: the name must be valid and free at the target. */
  private void checkName() {
    String name = mapped.name();
    if (name.length() > capabilities.maxNameLength()) {
      critical(
          "PF-13",
          "machine",
          "the name has "
              + name.length()
              + " characters, more than the "
              + capabilities.maxNameLength()
              + " of "
              + product(),
          "give it another one: --name "
              + name.substring(0, Math.min(name.length(), capabilities.maxNameLength())));
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      critical("PF-13", "machine", "the name holds control characters", "give it another: --name");
    }
    if (target.machines().stream().anyMatch(machine -> machine.name().equalsIgnoreCase(name))) {
      critical(
          "PF-13",
          "machine",
          "the target has a machine " + name + " already",
          "give it another name: --name " + name.replace(' ', '-') + "-2");
    }
  }

  /** PF-14: the disks must fit. */
  private void checkSpace() {
    long needed = disks.stream().mapToLong(DiskPlan::storedBytes).sum();
    Long free = resources.freeStorageBytes();
    if (free == null) {
      information("PF-14", "storage", "the target does not say how much space it has", null);
    } else if (needed > free) {
      critical(
          "PF-14",
          "storage",
          "the disks take at least "
              + needed
              + " bytes, and the target has "
              + free
              + " bytes of space left",
          "free space at the target, or choose another");
    }
  }

  /** PF-17: a machine whose memory is kept somewhere cannot be moved cold. */
  private void checkState() {
    switch (state) {
      case STOPPED -> {}
      case STARTED ->
          information(
              "PF-17",
              "machine",
              "the source runs; it will be stopped before its disks are read",
              null);
      default ->
          critical(
              "PF-17",
              "machine",
              "the source is " + state + "; its memory would be lost",
              "let it run on, or stop it, first");
    }
    if (options.testSource() && state == MachineState.STARTED) {
      information(
          "PF-27",
          "machine",
          "the test sets restart the source several times",
          "leave them out with --no-source-tests; the result is then not scored");
    }
    if (!capabilities.supports(Operation.IMPORT)) {
      critical("PF-28", "machine", product() + " takes no machines", null);
    }
  }

  private static boolean exceeds(long value, @Nullable Number limit) {
    return limit != null && value > limit.longValue();
  }

  private String product() {
    return target.info().product();
  }

  private String limitsOf() {
    return product() + " (" + limits.source() + ")";
  }

  private static String object(DiskSpec disk) {
    return "disks[" + disk.key() + "]";
  }

  private static String object(NicSpec nic) {
    return "nics[" + nic.key() + "]";
  }

  private void critical(String rule, String object, String message, @Nullable String remedy) {
    add(rule, Finding.Severity.CRITICAL, object, message, remedy);
  }

  private void warning(String rule, String object, String message, @Nullable String remedy) {
    add(rule, Finding.Severity.WARNING, object, message, remedy);
  }

  private void information(String rule, String object, String message, @Nullable String remedy) {
    add(rule, Finding.Severity.INFORMATION, object, message, remedy);
  }

  private void add(
      String rule,
      Finding.Severity severity,
      String object,
      String message,
      @Nullable String remedy) {
    findings.add(new Finding(rule, severity, object, message, remedy));
  }
}
