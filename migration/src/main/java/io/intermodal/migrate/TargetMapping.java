package io.intermodal.migrate;

import io.intermodal.convert.Conversion;
import io.intermodal.convert.Loss;
import io.intermodal.convert.Loss.Severity;
import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Extra;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.RemovableDrive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fits a machine to what a target declares, and tells each change as a loss. It changes only what
 * the target does not offer; what has no counterpart at all is left for preflight to refuse.
 */
final class TargetMapping {

  private final MachineSpec source;
  private final Capabilities capabilities;
  private final String product;
  private final List<String> targetNetworks;
  private final MigrationOptions options;
  private final List<Loss> losses = new ArrayList<>();

  private TargetMapping(MachineSpec source, Hypervisor target, MigrationOptions options) {
    this.source = source;
    this.capabilities = target.capabilities();
    this.product = target.info().product();
    this.targetNetworks = target.resources().networks();
    this.options = options;
  }

  static Conversion<MachineSpec> map(
      MachineSpec source, Hypervisor target, MigrationOptions options) {
    TargetMapping mapping = new TargetMapping(source, target, options);
    return new Conversion<>(mapping.mapped(), mapping.losses);
  }

  private MachineSpec mapped() {
    List<RemovableDrive> drives = drives();
    MachineSpec.Builder builder = source.toBuilder();
    if (options.targetName() != null) {
      builder.name(options.targetName());
    }
    if (options.mode() == MigrationOptions.Mode.COPY && source.uuid() != null) {
      builder.uuid(null);
      lose(
          "uuid.new",
          Severity.INFO,
          "uuid",
          source.uuid(),
          "a copy gets an identity of its own",
          null);
    }
    builder
        .cpu(cpu())
        .memoryBytes(memoryBytes())
        .disks(disks())
        .nics(nics())
        .drives(drives)
        .bootOrder(bootOrder(drives));
    tellExtras();
    return builder.build();
  }

  private @Nullable CpuSpec cpu() {
    if (source.cpu() != null || options.cpus() == null) {
      return source.cpu();
    }
    lose(
        "cpu.given",
        Severity.INFO,
        "cpu",
        null,
        "the source states no processors; " + options.cpus() + " were asked for",
        null);
    return CpuSpec.of(options.cpus());
  }

  private @Nullable Long memoryBytes() {
    if (source.memoryBytes() != null || options.memoryBytes() == null) {
      return source.memoryBytes();
    }
    lose(
        "memory.given",
        Severity.INFO,
        "memoryBytes",
        null,
        "the source states no memory; " + options.memoryBytes() + " bytes were asked for",
        null);
    return options.memoryBytes();
  }

  private List<DiskSpec> disks() {
    if (capabilities.diskBuses().isEmpty()) {
      return source.disks();
    }
    String bootKey = source.bootDisk().map(DiskSpec::key).orElse("");
    Map<DiskBus, Set<Integer>> taken = new HashMap<>();
    List<DiskSpec> result = new ArrayList<>();
    for (DiskSpec disk : source.disks()) {
      boolean boots = disk.key().equals(bootKey);
      DiskBus bus = disk.bus();
      DiskBus chosen = bus != null && offered(bus, boots) ? bus : preferred(boots);
      Integer unit = disk.unit();
      Set<Integer> units = taken.computeIfAbsent(chosen, any -> new LinkedHashSet<>());
      if (chosen != bus || unit == null || !units.add(unit)) {
        unit = firstFree(units);
      }
      if (chosen != bus) {
        tellBus(disk, bus, chosen, boots);
      }
      result.add(disk.withBus(chosen, unit));
    }
    return result;
  }

  private boolean offered(DiskBus bus, boolean boots) {
    return capabilities.diskBuses().contains(bus)
        && (!boots || capabilities.bootBuses().contains(bus));
  }

  private DiskBus preferred(boolean boots) {
    return capabilities.diskBuses().stream()
        .filter(bus -> !boots || capabilities.bootBuses().contains(bus))
        .findFirst()
        .orElse(capabilities.diskBuses().get(0));
  }

  private static Integer firstFree(Set<Integer> units) {
    int unit = 0;
    while (!units.add(unit)) {
      unit++;
    }
    return unit;
  }

  private void tellBus(DiskSpec disk, @Nullable DiskBus from, DiskBus to, boolean boots) {
    String path = "disks[" + disk.key() + "].bus";
    if (from == null) {
      lose(
          "disk.bus.chosen",
          Severity.INFO,
          path,
          null,
          "the source states no bus; " + to + " is the first that " + product + " offers",
          null);
      return;
    }
    boolean windowsBoot = boots && isWindows() && GuestDrivers.windowsLacks(to);
    lose(
        "disk.bus.mapped",
        windowsBoot ? Severity.ERROR : Severity.WARNING,
        path,
        from.name(),
        product
            + " does not offer "
            + from
            + (boots ? " to boot from" : "")
            + "; the disk is on "
            + to
            + " there",
        windowsBoot
            ? "install the driver for " + to + " in the guest before the move"
            : "see that the guest mounts by UUID or label and has the driver for " + to);
  }

  private List<NicSpec> nics() {
    List<NicSpec> result = new ArrayList<>();
    for (NicSpec nic : source.nics()) {
      NicSpec mapped = nic;
      String model = nic.model();
      if (!capabilities.nicModels().isEmpty()
          && (model == null || !capabilities.nicModels().contains(model))) {
        String chosen = capabilities.nicModels().get(0);
        mapped = mapped.withModel(chosen);
        lose(
            model == null ? "nic.model.chosen" : "nic.model.mapped",
            model == null ? Severity.INFO : Severity.WARNING,
            "nics[" + nic.key() + "].model",
            model,
            model == null
                ? "the source states no adapter model; " + chosen + " is the first offered"
                : product + " does not offer " + model + "; the card is a " + chosen + " there",
            model == null
                ? null
                : "see that the guest has the driver, and expect another interface name");
      }
      mapped = mapped.withNetwork(network(nic));
      if (!options.keepMac() && nic.mac() != null) {
        mapped = mapped.withMac(null);
        lose(
            "nic.mac.new",
            Severity.WARNING,
            "nics[" + nic.key() + "].mac",
            nic.mac(),
            "the card gets a new address, so that it does not collide with the source",
            "ask to keep addresses when the source will not run on the same network");
      }
      result.add(mapped);
    }
    return result;
  }

  private @Nullable String network(NicSpec nic) {
    String name = nic.network();
    if (name == null) {
      return null;
    }
    String asked = options.networks().get(name);
    if (asked != null) {
      return asked;
    }
    if (targetNetworks.contains(name)) {
      return name;
    }
    if (targetNetworks.size() != 1) {
      return name;
    }
    String only = targetNetworks.get(0);
    lose(
        "nic.network.mapped",
        Severity.WARNING,
        "nics[" + nic.key() + "].network",
        name,
        product + " has no network " + name + "; the card is on " + only + ", its only one",
        "map networks yourself: --network \"" + name + "=" + only + "\"");
    return only;
  }

  private List<RemovableDrive> drives() {
    List<RemovableDrive> kept = new ArrayList<>();
    for (RemovableDrive drive : source.drives()) {
      boolean offered =
          drive.kind() == RemovableDrive.Kind.OPTICAL
              ? capabilities.optical()
              : capabilities.floppy();
      if (offered) {
        kept.add(drive);
      } else {
        lose(
            "drive.dropped",
            Severity.WARNING,
            "drives[" + drive.key() + "]",
            drive.kind().name(),
            product + " offers no such drive; it is left out",
            null);
      }
    }
    return kept;
  }

  private List<String> bootOrder(List<RemovableDrive> kept) {
    Set<String> keys = new LinkedHashSet<>(source.bootOrder());
    source.drives().stream()
        .filter(drive -> !kept.contains(drive))
        .forEach(drive -> keys.remove(drive.key()));
    return List.copyOf(keys);
  }

  /** Extras travel with the definition; what the target makes of them nobody can promise. */
  private void tellExtras() {
    Map<String, Integer> perNamespace = new LinkedHashMap<>();
    for (Extra extra : source.extras()) {
      perNamespace.merge(extra.namespace(), 1, Integer::sum);
    }
    perNamespace.forEach(
        (namespace, count) ->
            lose(
                "extras.unapplied",
                Severity.INFO,
                "extras[" + namespace + "]",
                count + (count == 1 ? " setting" : " settings"),
                "kept with the machine's definition; " + product + " gives them no effect",
                null));
  }

  private boolean isWindows() {
    GuestOs os = source.guestOs();
    return os != null && os.isWindows();
  }

  private void lose(
      String rule,
      Severity severity,
      String path,
      @Nullable String value,
      String reason,
      @Nullable String remedy) {
    losses.add(new Loss(rule, severity, path, value, reason, remedy));
  }
}
