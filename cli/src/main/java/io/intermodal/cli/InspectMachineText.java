package io.intermodal.cli;

import io.intermodal.ovf.BootSource;
import io.intermodal.ovf.DeviceAddress;
import io.intermodal.ovf.Disk;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.GuestOs;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.ProductProperty;
import io.intermodal.ovf.ResourceRange;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.PackageFile;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints one machine of a package for people. */
final class InspectMachineText {

  private static final int PROCESSOR = 3;
  private static final int MEMORY = 4;

  private final Console console;
  private final OvfPackage opened;
  private final Envelope envelope;

  InspectMachineText(Console console, OvfPackage opened, Envelope envelope) {
    this.console = console;
    this.opened = opened;
    this.envelope = envelope;
  }

  void print(Machine machine) {
    String name = machine.name() == null ? "without a name" : machine.name();
    console.out().println();
    console
        .out()
        .println(
            console.bold(
                "Machine "
                    + InspectText.joined(
                        " / ", String.join(" / ", machine.collectionPath()), name)));
    if (machine.id() != null && !machine.id().equals(name)) {
      line("id", machine.id());
    }
    line("guest", guest(machine.guestOs()));
    line(
        "cpus",
        machine.cpus() == null
            ? "not stated"
            : machine.cpus()
                + range(machine, PROCESSOR, Object::toString)
                + (machine.coresPerSocket() == null
                    ? ""
                    : ", " + machine.coresPerSocket() + " to a socket"));
    line(
        "memory",
        machine.memoryBytes() == null
            ? "not stated"
            : Sizes.text(machine.memoryBytes()) + range(machine, MEMORY, Sizes::text));
    line("firmware", firmware(machine));
    if (!machine.bootOrder().isEmpty()) {
      line(
          "boots",
          machine.bootOrder().stream()
              .map(BootSource::text)
              .collect(Collectors.joining(", then ")));
    }
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

  private static String firmware(Machine machine) {
    String firmware =
        machine.firmware() == null
            ? "not stated: the platform chooses"
            : machine.firmware().toString();
    return firmware
        + (Boolean.TRUE.equals(machine.secureBoot()) ? ", secure boot" : "")
        + (machine.tpm() ? ", with a TPM" : "");
  }

  /** Says what the descriptor allows, as {@code (1 to 16)}; nothing where it does not say. */
  private static String range(Machine machine, int resourceType, Function<Long, String> text) {
    return machine.ranges().stream()
        .filter(r -> r.property() == ResourceRange.Property.QUANTITY)
        .filter(r -> Objects.equals(r.resourceType(), resourceType))
        .findFirst()
        .map(
            r ->
                " ("
                    + (r.min() == null ? "" : "from " + text.apply(r.min()))
                    + (r.min() == null || r.max() == null ? "" : " ")
                    + (r.max() == null ? "" : "up to " + text.apply(r.max()))
                    + ")")
        .orElse("");
  }

  private static String guest(@Nullable GuestOs os) {
    if (os == null) {
      return "not stated";
    }
    String words =
        os.description() != null
            ? os.description()
            : InspectText.joined(
                " ", os.vendorType() == null ? "number " + os.id() : null, os.version());
    return words
        + (os.vendorType() == null
            ? ""
            : words.isEmpty() ? os.vendorType() : " (" + os.vendorType() + ")");
  }

  private String disk(Machine.AttachedDisk attached, Machine machine) {
    Disk disk = attached.diskId() == null ? null : envelope.disk(attached.diskId()).orElse(null);
    return InspectText.joined(
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
    DeviceAddress address = machine.addressOf(attached);
    String bus = address.busNumber() == null ? "" : address.busNumber() + ":";
    String model = machine.controllerOf(attached).map(Machine.Controller::subtype).orElse(null);
    return attached.bus()
        + (address.unit() == null ? "" : " " + bus + address.unit())
        + (model == null ? "" : " (" + model + ")");
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
    return InspectText.joined(
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
      String stated = one.value();
      boolean hidden = property.password() && stated != null && !stated.isEmpty();
      String value = hidden ? "***" : stated;
      table.row(
          property.fullKey(),
          property.type(),
          (value == null || value.isEmpty() ? "" : InspectText.shortened(value, 40))
              + (property.userConfigurable() ? "" : " (fixed)"),
          property.label() == null ? "" : InspectText.shortened(property.label(), 60));
    }
    table.print();
  }

  private void line(String what, String value) {
    InspectText.line(console, what, value);
  }
}
