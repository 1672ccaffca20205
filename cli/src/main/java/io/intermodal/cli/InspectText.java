package io.intermodal.cli;

import io.intermodal.ovf.DeploymentOption;
import io.intermodal.ovf.Disk;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.GuestOs;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.ProductProperty;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.Severity;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.PackageFile;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prints a package for people: what it is, what is in each machine, and what is odd about it. */
final class InspectText {

  private final Console console;
  private final OvfPackage opened;
  private final Envelope envelope;
  private final @Nullable String configuration;

  /**
   * Creates a printer.
   *
   * @param configuration the option that machines are shown in; null without options
   */
  InspectText(Console console, OvfPackage opened, @Nullable String configuration) {
    this.console = console;
    this.opened = opened;
    this.envelope = opened.envelope();
    this.configuration = configuration;
  }

  void print(List<Machine> machines) {
    head();
    options();
    networks();
    machines.forEach(this::machine);
    otherFiles(machines);
    findings();
  }

  private void head() {
    console
        .out()
        .println(
            console.bold(opened.path().toString())
                + "  "
                + opened.kind()
                + ", "
                + envelope.version().map(v -> "OVF " + v.text()).orElse("unknown version of OVF")
                + envelope.language().map(l -> ", " + l).orElse(""));
    for (Section.Product product : envelope.products()) {
      String name =
          joined(
              " ",
              product.product(),
              product.version() == null ? product.fullVersion() : product.version());
      if (!name.isEmpty()) {
        line("product", name + (product.vendor() == null ? "" : ", by " + product.vendor()));
      }
    }
    long stored =
        opened.files().stream()
            .map(PackageFile::storedBytes)
            .filter(OptionalLong::isPresent)
            .mapToLong(OptionalLong::getAsLong)
            .sum();
    long missing = opened.files().stream().filter(f -> !f.complete()).count();
    line(
        "files",
        envelope.files().size()
            + ", "
            + Sizes.text(stored)
            + (missing == 0 ? "" : "; " + missing + " not in the package"));
    line(
        "manifest",
        opened
                .manifest()
                .map(m -> m.algorithm().map(a -> a + ", not checked here").orElse("empty"))
                .orElse("none")
            + (opened.certificate().isPresent() ? "; signed, not checked here" : ""));
    if (!envelope.eulas().isEmpty()) {
      line("licences", envelope.eulas().size() + " to accept");
    }
  }

  private void options() {
    List<DeploymentOption> options = envelope.deploymentOptions();
    if (options.isEmpty()) {
      return;
    }
    heading("Deployment options");
    TextTable table =
        new TextTable(console, "", "Option", "CPUs", "Memory", "Disks", "NICs", "Label");
    for (DeploymentOption option : options) {
      List<Machine> machines = envelope.machines(option.id());
      Machine only = machines.size() == 1 ? machines.get(0) : null;
      table.row(
          option.id().equals(configuration) ? "*" : "",
          option.id(),
          only == null ? null : only.cpus(),
          only == null || only.memoryBytes() == null ? null : Sizes.text(only.memoryBytes()),
          only == null ? null : only.disks().size(),
          only == null ? null : only.nics().size(),
          option.label() == null ? "" : option.label());
    }
    table.print();
  }

  private void networks() {
    if (!envelope.networks().isEmpty()) {
      heading("Networks");
      TextTable table = new TextTable(console, "Network", "Description");
      envelope
          .networks()
          .forEach(n -> table.row(n.name(), n.description() == null ? "" : n.description()));
      table.print();
    }
  }

  private void machine(Machine machine) {
    String name = machine.name() == null ? "without a name" : machine.name();
    heading("Machine " + joined(" / ", String.join(" / ", machine.collectionPath()), name));
    if (machine.id() != null && !machine.id().equals(name)) {
      line("id", machine.id());
    }
    line("guest", guest(machine.guestOs()));
    line(
        "cpus",
        machine.cpus() == null
            ? "not stated"
            : machine.cpus()
                + (machine.coresPerSocket() == null
                    ? ""
                    : ", " + machine.coresPerSocket() + " to a socket"));
    line(
        "memory", machine.memoryBytes() == null ? "not stated" : Sizes.text(machine.memoryBytes()));
    line(
        "firmware",
        machine.firmware() == null
            ? "not stated: the platform chooses"
            : machine.firmware().toString());
    if (!machine.virtualSystemTypes().isEmpty()) {
      line("hardware", String.join(" or ", machine.virtualSystemTypes()));
    }
    machine.disks().forEach(disk -> line("disk", disk(disk, machine)));
    machine.nics().forEach(nic -> line("nic", nic(nic)));
    machine
        .drives()
        .forEach(drive -> line("drive", drive == Machine.Drive.FLOPPY ? "floppy" : "CD"));
    if (!machine.transports().isEmpty()) {
      line("settings", "reach the guest by " + String.join(", ", machine.transports()));
    }
    properties(machine);
  }

  private static String guest(@Nullable GuestOs os) {
    if (os == null) {
      return "not stated";
    }
    String words =
        os.description() != null
            ? os.description()
            : joined(" ", os.vendorType() == null ? "number " + os.id() : null, os.version());
    return words
        + (os.vendorType() == null
            ? ""
            : words.isEmpty() ? os.vendorType() : " (" + os.vendorType() + ")");
  }

  private String disk(Machine.AttachedDisk attached, Machine machine) {
    Disk disk = attached.diskId() == null ? null : envelope.disk(attached.diskId()).orElse(null);
    return joined(
        ", ",
        disk == null ? "its content is not in the package" : String.valueOf(disk.id()),
        attached.capacityBytes() == null ? "size not stated" : Sizes.text(attached.capacityBytes()),
        place(attached, machine),
        disk == null ? null : content(disk),
        disk == null || disk.parentRef() == null ? null : "changes to " + disk.parentRef());
  }

  /** Says where a disk is plugged in, as {@code scsi 0:1 (lsilogic)}. */
  private static @Nullable String place(Machine.AttachedDisk attached, Machine machine) {
    if (attached.bus() == null) {
      return null;
    }
    Machine.Controller controller =
        machine.controllers().stream()
            .filter(c -> attached.controller() != null)
            .filter(c -> Objects.equals(c.instanceId(), attached.controller()))
            .findFirst()
            .orElse(null);
    StringBuilder place = new StringBuilder(attached.bus());
    if (attached.unit() != null) {
      place.append(' ');
      if (controller != null && controller.busNumber() != null) {
        place.append(controller.busNumber()).append(':');
      }
      place.append(attached.unit());
    }
    if (controller != null && controller.subtype() != null) {
      place.append(" (").append(controller.subtype()).append(')');
    }
    return place.toString();
  }

  private String content(Disk disk) {
    FileReference reference = envelope.fileOf(disk).orElse(null);
    if (reference == null) {
      return disk.fileRef() == null ? "blank" : "its file is not listed";
    }
    OptionalLong stored =
        opened.fileOf(disk).map(PackageFile::storedBytes).orElse(OptionalLong.empty());
    return reference.href()
        + (disk.format() == null ? "" : " [" + shortFormat(disk.format()) + "]")
        + (stored.isPresent() ? ", " + Sizes.text(stored.getAsLong()) + " stored" : ", not there");
  }

  /** The last word of a format's URI says it all: {@code streamOptimized}, {@code vhdspec.mspx}. */
  private static String shortFormat(String uri) {
    return uri.substring(Math.max(uri.lastIndexOf('#'), uri.lastIndexOf('/')) + 1);
  }

  private static String nic(Machine.Nic nic) {
    return joined(
        ", ",
        nic.model() == null ? "any model" : nic.model(),
        nic.network() == null ? "no network" : "on " + nic.network(),
        nic.mac());
  }

  private void properties(Machine machine) {
    if (machine.properties().isEmpty()) {
      return;
    }
    console.out().println();
    TextTable table = new TextTable(console, "Property", "Type", "Value", "Meaning");
    for (Machine.EffectiveProperty one : machine.properties()) {
      ProductProperty property = one.property();
      String value = property.password() ? "***" : one.value();
      table.row(
          property.fullKey(),
          property.type(),
          (value == null || value.isEmpty() ? "" : shortened(value, 40))
              + (property.userConfigurable() ? "" : " (fixed)"),
          property.label() == null ? "" : shortened(property.label(), 60));
    }
    table.print();
  }

  /** Names the files that are no disk of a machine that was shown: images, icons, texts. */
  private void otherFiles(List<Machine> machines) {
    List<FileReference> ofDisks =
        machines.stream()
            .flatMap(m -> m.disks().stream())
            .map(Machine.AttachedDisk::diskId)
            .filter(Objects::nonNull)
            .flatMap(id -> envelope.disk(String.valueOf(id)).stream())
            .flatMap(d -> envelope.fileOf(d).stream())
            .toList();
    List<PackageFile> others =
        opened.files().stream().filter(f -> !ofDisks.contains(f.reference())).toList();
    if (others.isEmpty()) {
      return;
    }
    heading("Other files");
    TextTable table = new TextTable(console, "File", "Size");
    for (PackageFile file : others) {
      OptionalLong size = file.storedBytes();
      table.row(
          file.reference().href(),
          size.isPresent() ? Sizes.text(size.getAsLong()) : "not in the package");
    }
    table.print();
  }

  private void findings() {
    List<Finding> odd =
        opened.findings().stream().filter(f -> f.severity() != Severity.INFO).toList();
    console.out().println();
    if (odd.isEmpty()) {
      console.out().println("Nothing is odd about it.");
      return;
    }
    for (Finding finding : odd) {
      FindingText.print(console, finding);
    }
  }

  private void heading(String text) {
    console.out().println();
    console.out().println(console.bold(text));
  }

  private void line(String what, String value) {
    console.out().printf("  %-9s %s%n", what, value.replaceAll("\\p{Cntrl}+", " "));
  }

  private static String joined(String separator, @Nullable String... parts) {
    return Arrays.stream(parts)
        .flatMap(Stream::ofNullable)
        .filter(p -> !p.isEmpty())
        .collect(Collectors.joining(separator));
  }

  private static String shortened(String text, int most) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > most ? line.substring(0, most - 1) + "…" : line;
  }
}
