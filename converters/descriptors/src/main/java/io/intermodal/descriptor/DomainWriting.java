package io.intermodal.descriptor;

import io.intermodal.convert.Conversion;
import io.intermodal.convert.Loss;
import io.intermodal.convert.Loss.Severity;
import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.RemovableDrive;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a libvirt domain of a neutral machine. What it cannot express is a loss. Used once. */
final class DomainWriting {

  private static final long DEFAULT_MEMORY_BYTES = 512L << 20;

  private static final Set<String> WRITTEN_APART =
      Set.of("memory", "vcpu", "os", "cpu", "features", "clock", "bootloader", "bootloader_args");

  private final DomainTarget target;
  private final DomainKind kind;
  private final List<Loss> losses = new ArrayList<>();
  private final DomainText text = new DomainText(losses);

  private DomainWriting(DomainTarget target) {
    this.target = target;
    kind = target.kind();
  }

  static Conversion<byte[]> write(MachineSpec machine, DomainTarget target) {
    DomainWriting writing = new DomainWriting(target);
    XmlElement domain = writing.domain(writing.keysSafe(machine));
    return new Conversion<>(XmlWriter.indented().toBytes(XmlDocument.of(domain)), writing.losses);
  }

  private XmlElement domain(MachineSpec machine) {
    DomainSettings settings = DomainSettings.of(machine, target, losses);
    XmlElement.Builder domain = DomainXml.start("domain", "type", kind.domainType());
    String name = text.name(machine);
    domain.add(DomainXml.holding("name", name));
    String uuid = text.uuid(machine);
    if (uuid != null) {
      domain.add(DomainXml.holding("uuid", uuid));
    }
    DomainOsXml os = new DomainOsXml(machine, target, settings, losses);
    DomainDiskTargets targets =
        new DomainDiskTargets(kind, os.isQ35(), settings, losses).assign(machine);
    List<NicSpec> cards = new ArrayList<>();
    List<XmlElement> cardXml = new ArrayList<>();
    Set<String> there = new HashSet<>();
    machine.nics().stream()
        .filter(nic -> DomainNicXml.isConnected(nic) || !kind.isXen() || settings.exact())
        .forEach(nic -> there.add(nic.key()));
    DomainBoot boot =
        DomainBoot.of(
            machine, kind, key -> there.contains(key) || targets.of(key).isPresent(), losses);
    DomainNicXml nicXml = new DomainNicXml(kind, settings, boot.devices(), losses);
    for (NicSpec nic : machine.nics()) {
      nicXml
          .write(nic)
          .ifPresent(
              element -> {
                cards.add(nic);
                cardXml.add(element);
              });
    }
    domain.add(metadata(machine, targets, cards, cardXml, settings));
    int processors = memoryAndProcessors(machine, settings, domain);
    bootLoader(settings, domain);
    domain.add(os.write(boot.words()));
    features(settings, os.needsSmm(), domain);
    XmlElement cpu = cpu(machine.cpu(), processors, settings);
    if (cpu != null) {
      domain.add(cpu);
    }
    XmlElement clock = settings.element("clock");
    boolean windows = machine.guestOs() != null && machine.guestOs().isWindows();
    domain.add(
        clock == null ? DomainXml.of("clock", "offset", windows ? "localtime" : "utc") : clock);
    settings.ofDomain(WRITTEN_APART).forEach(domain::add);
    XmlElement.Builder devices = DomainXml.start("devices");
    if (target.emulator() != null) {
      devices.add(DomainXml.holding("emulator", target.emulator()));
    }
    new DomainDiskXml(name, target, targets, settings, boot.devices(), losses)
        .write(machine)
        .forEach(devices::add);
    cardXml.forEach(devices::add);
    otherDevices(machine, settings, devices);
    return domain.add(devices.build()).build();
  }

  /** Keys become attributes; one that XML cannot hold gets a name of its own. */
  private MachineSpec keysSafe(MachineSpec machine) {
    Map<String, String> changed = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    List<String> all = new ArrayList<>();
    machine.disks().forEach(disk -> all.add(disk.key()));
    machine.nics().forEach(nic -> all.add(nic.key()));
    machine.drives().forEach(drive -> all.add(drive.key()));
    all.stream().filter(DomainText::holds).forEach(taken::add);
    for (String key : all) {
      if (!DomainText.holds(key)) {
        String safe = DomainText.plain(key).isBlank() ? "device" : DomainText.plain(key);
        String free = safe;
        for (int i = 2; !taken.add(free); i++) {
          free = safe + "-" + i;
        }
        changed.put(key, free);
        lose(
            "libvirt.key.changed",
            Severity.INFO,
            "devices[" + free + "].key",
            null,
            "XML cannot hold some of its characters");
      }
    }
    if (changed.isEmpty()) {
      return machine;
    }
    return machine.toBuilder()
        .bootOrder(List.of())
        .disks(
            machine.disks().stream()
                .map(
                    d ->
                        new DiskSpec(
                            changed.getOrDefault(d.key(), d.key()),
                            d.capacityBytes(),
                            d.bus(),
                            d.unit()))
                .toList())
        .nics(
            machine.nics().stream()
                .map(
                    n ->
                        new NicSpec(
                            changed.getOrDefault(n.key(), n.key()),
                            n.model(),
                            n.network(),
                            n.mac()))
                .toList())
        .drives(
            machine.drives().stream()
                .map(d -> new RemovableDrive(changed.getOrDefault(d.key(), d.key()), d.kind()))
                .toList())
        .bootOrder(machine.bootOrder().stream().map(key -> changed.getOrDefault(key, key)).toList())
        .build();
  }

  private XmlElement metadata(
      MachineSpec machine,
      DomainDiskTargets targets,
      List<NicSpec> cards,
      List<XmlElement> cardXml,
      DomainSettings settings) {
    Map<String, DomainNotes.DiskNote> disks = new LinkedHashMap<>();
    for (DiskSpec disk : machine.disks()) {
      targets
          .of(disk.key())
          .ifPresent(
              place ->
                  disks.put(
                      place.name(),
                      new DomainNotes.DiskNote(
                          disk.key(), disk.capacityBytes(), place.bus(), targets.unit(disk))));
    }
    Map<String, String> drives = new LinkedHashMap<>();
    for (RemovableDrive drive : machine.drives()) {
      targets.of(drive.key()).ifPresent(place -> drives.put(place.name(), drive.key()));
    }
    List<DomainNotes.NicNote> nics = new ArrayList<>();
    for (int i = 0; i < cards.size(); i++) {
      String mac = DomainXml.attribute(cardXml.get(i), "mac", "address");
      nics.add(new DomainNotes.NicNote(cards.get(i).key(), mac));
    }
    DomainNotes notes =
        new DomainNotes(
            !machine.bootOrder().isEmpty(),
            disks,
            drives,
            nics,
            text.guestOs(machine.guestOs()),
            settings.others().stream().map(text::extra).toList());
    XmlElement.Builder metadata = DomainXml.start("metadata");
    metadata.add(notes.toXml());
    settings.startingWith("metadata/").stream()
        .filter(element -> !element.namespace().equals(DomainNotes.NAMESPACE))
        .forEach(metadata::add);
    return metadata.build();
  }

  /** Returns how many processors there is room for. */
  private int memoryAndProcessors(
      MachineSpec machine, DomainSettings settings, XmlElement.Builder domain) {
    if (machine.memoryBytes() == null) {
      lose(
          "libvirt.memory.chosen",
          Severity.WARNING,
          "memoryBytes",
          null,
          "it was not stated; the domain gets " + (DEFAULT_MEMORY_BYTES >> 20) + " MiB");
    }
    long bytes = machine.memoryBytes() == null ? DEFAULT_MEMORY_BYTES : machine.memoryBytes();
    if (bytes % 1024 != 0) {
      lose(
          "libvirt.memory.rounded",
          Severity.INFO,
          "memoryBytes",
          Long.toString(bytes),
          "libvirt counts in KiB; it is rounded to a whole number of them");
    }
    long kib = Math.min((bytes - 1) / 1024 + 1, Long.MAX_VALUE / 1024);
    XmlElement memory = settings.element("memory");
    OptionalLong most = memory == null ? OptionalLong.empty() : DomainNumbers.bytes(memory);
    long maximum = most.isPresent() ? Math.max(kib, most.getAsLong() / 1024) : kib;
    domain.add(
        DomainXml.holding(
            "memory",
            Long.toString(maximum),
            "unit",
            "KiB",
            "dumpCore",
            DomainXml.attribute(memory, "dumpCore")));
    domain.add(DomainXml.holding("currentMemory", Long.toString(kib), "unit", "KiB"));
    return processors(machine, settings, domain);
  }

  private int processors(MachineSpec machine, DomainSettings settings, XmlElement.Builder domain) {
    if (machine.cpu() == null) {
      lose("libvirt.cpu.chosen", Severity.WARNING, "cpu", null, "it was not stated; 1 is written");
    }
    CpuSpec cpu = machine.cpu() == null ? CpuSpec.of(1) : machine.cpu();
    XmlElement before = settings.element("vcpu");
    OptionalInt most = before == null ? OptionalInt.empty() : DomainNumbers.count(before.text());
    int maximum = most.isPresent() ? Math.max(cpu.count(), most.getAsInt()) : cpu.count();
    if (cpu.coresPerSocket() != null && maximum % cpu.coresPerSocket() != 0) {
      maximum = cpu.count();
    }
    XmlElement.Builder vcpu =
        DomainXml.start(
            "vcpu",
            "placement",
            settings.exact() ? DomainXml.attribute(before, "placement") : null,
            "cpuset",
            settings.exact() ? DomainXml.attribute(before, "cpuset") : null,
            "current",
            maximum == cpu.count() ? null : Integer.toString(cpu.count()));
    domain.add(vcpu.text(Integer.toString(maximum)).build());
    return maximum;
  }

  private void bootLoader(DomainSettings settings, XmlElement.Builder domain) {
    XmlElement before = settings.element("bootloader");
    if (kind.isParavirtual() && target.kernel() == null) {
      if (target.bootLoader() != null) {
        domain.add(DomainXml.holding("bootloader", target.bootLoader()));
      } else if (before != null) {
        domain.add(before);
        XmlElement arguments = settings.element("bootloader_args");
        if (arguments != null) {
          domain.add(arguments);
        }
      } else if (!settings.exact()) {
        domain.add(DomainXml.holding("bootloader", "pygrub"));
      }
    } else if (before != null) {
      domain.add(before);
    }
  }

  private void features(DomainSettings settings, boolean smm, XmlElement.Builder domain) {
    XmlElement before = settings.element("features");
    boolean none = kind.isParavirtual() || kind == DomainKind.TEST;
    if (before == null && (none || settings.exact())) {
      return;
    }
    XmlElement.Builder features = DomainXml.start("features");
    if (before != null) {
      before.elements().filter(child -> !(smm && child.is("", "smm"))).forEach(features::add);
    } else {
      features.add(DomainXml.of("acpi")).add(DomainXml.of("apic"));
      if (kind == DomainKind.XEN_HVM) {
        features.add(DomainXml.of("pae"));
      }
    }
    if (smm) {
      features.add(DomainXml.of("smm", "state", "on"));
    }
    domain.add(features.build());
  }

  private @Nullable XmlElement cpu(@Nullable CpuSpec cpu, int processors, DomainSettings settings) {
    Integer cores = cpu == null ? null : cpu.coresPerSocket();
    XmlElement before = settings.element("cpu");
    if (kind.isXen()) {
      if (cores != null) {
        lose(
            "libvirt.cpu.topology",
            Severity.INFO,
            "cpu.coresPerSocket",
            cores.toString(),
            "Xen has no topology; each processor is a socket");
      }
      return before;
    }
    if (before != null) {
      return cpuAsBefore(before, cores, processors);
    }
    String mode =
        switch (kind) {
          case QEMU -> "maximum";
          case KVM -> "host-model";
          default -> null;
        };
    if (settings.exact() && cores == null) {
      return null;
    }
    XmlElement.Builder element = DomainXml.start("cpu", "mode", settings.exact() ? null : mode);
    if (cores != null) {
      element.add(topology(cores, processors));
    }
    return element.build();
  }

  private XmlElement cpuAsBefore(XmlElement before, @Nullable Integer cores, int processors) {
    XmlElement topology = DomainXml.child(before, "topology").orElse(null);
    boolean holds =
        topology != null
            && DomainTopology.holds(topology, processors)
            && (cores == null
                || DomainTopology.coresPerSocket(topology).equals(OptionalInt.of(cores)));
    if (holds || (topology == null && cores == null)) {
      return before;
    }
    // Cells of memory name processors one by one, which are others now.
    XmlElement rest = DomainXml.without(before, Set.of("topology", "numa"));
    if (DomainXml.child(before, "numa").isPresent()) {
      lose(
          "libvirt.cpu.numa",
          Severity.INFO,
          DomainExtras.path("cpu/numa"),
          null,
          "the cells were made for other processors");
    }
    if (cores == null) {
      return rest;
    }
    XmlElement.Builder element = XmlElement.builder(rest.name()).add(topology(cores, processors));
    rest.attributes().forEach(a -> element.attribute(a.name(), a.value()));
    rest.childElements().forEach(element::add);
    return element.build();
  }

  private static XmlElement topology(int cores, int processors) {
    return DomainXml.of(
        "topology",
        "sockets",
        Integer.toString(processors / cores),
        "cores",
        Integer.toString(cores),
        "threads",
        "1");
  }

  private void otherDevices(
      MachineSpec machine, DomainSettings settings, XmlElement.Builder devices) {
    List<XmlElement> kept = settings.devices();
    Set<String> names = new HashSet<>();
    for (XmlElement device : kept) {
      if (!(device.is("", "emulator") && target.emulator() != null)) {
        devices.add(device);
        names.add(device.localName());
      }
    }
    if (settings.exact()) {
      return;
    }
    boolean scsi = machine.disks().stream().anyMatch(disk -> disk.bus() == DiskBus.SCSI);
    if (kind.isQemu() && scsi && !names.contains("controller")) {
      // libvirt's own choice is a controller that guests of today have no driver for.
      devices.add(DomainXml.of("controller", "type", "scsi", "index", "0", "model", "virtio-scsi"));
    }
    if (kind.isParavirtual()) {
      devices.add(console("xen"));
    } else if (kind != DomainKind.TEST) {
      devices.add(DomainXml.of("serial", "type", "pty"));
      devices.add(console("serial"));
    }
    if (kind.isQemu()) {
      ofQemu(names, devices);
    }
  }

  private static XmlElement console(String type) {
    return DomainXml.start("console", "type", "pty")
        .add(DomainXml.of("target", "type", type, "port", "0"))
        .build();
  }

  private static void ofQemu(Set<String> names, XmlElement.Builder devices) {
    devices.add(
        DomainXml.start("channel", "type", "unix")
            .add(DomainXml.of("target", "type", "virtio", "name", "org.qemu.guest_agent.0"))
            .build());
    if (!names.contains("memballoon")) {
      devices.add(DomainXml.of("memballoon", "model", "virtio"));
    }
    devices.add(
        DomainXml.start("rng", "model", "virtio")
            .add(DomainXml.holding("backend", "/dev/urandom", "model", "random"))
            .build());
    if (!names.contains("video")) {
      devices.add(DomainXml.start("video").add(DomainXml.of("model", "type", "vga")).build());
    }
  }

  private void lose(
      String rule, Severity severity, String path, @Nullable String value, String reason) {
    losses.add(new Loss(rule, severity, path, value, reason, null));
  }
}
