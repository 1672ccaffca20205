package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.convert.Converters;
import io.intermodal.descriptor.OvfPackageWriting;
import io.intermodal.descriptor.OvfPackageWriting.Written;
import io.intermodal.descriptor.OvfPackageWriting.WrittenDisk;
import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.migrate.JsonReport;
import io.intermodal.ovf.packaging.PackageOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a machine at a hypervisor as an OVF package. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a stopped machine as an OVF 1.1 package: an archive when the output ends in .ova, else a folder.",
      "Disks go to streamOptimized VMDK in one pass; every one is read back and compared with the source. The machine is"
          + " not changed.",
      "",
      "  intermodal export local:/vms/kvm --machine web -o web.ova",
      "  intermodal export qemu:///system#web -o web --sign key.pem --cert cert.pem",
      ""
    })
final class ExportCommand implements Runnable {

  @Parameters(
      paramLabel = "URI",
      description = "The hypervisor, and the machine there: qemu:///system#web.")
  private String uri = "";

  @Option(
      names = "--machine",
      paramLabel = "NAME",
      description = "Name or id of the machine; needed when there are several.")
  private @Nullable String machine;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "PACKAGE",
      description = "The archive or folder to write.")
  private Path target = Path.of("");

  @Option(names = "--force", description = "Replace the package if it exists.")
  private boolean force;

  @Mixin private final SigningOptions signing = new SigningOptions();
  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  ExportCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    PackageOptions options = signing.read(force);
    MachinePlace place = MachinePlace.of(uri, machine);
    try (Hypervisor hypervisor = Drivers.load().connect(place.uri())) {
      Machine source = Transfer.machineAt(hypervisor, place.machine());
      Written written;
      try (ProgressBar progress = new ProgressBar(context.console());
          MachineExport contents = hypervisor.exportMachine(source)) {
        written =
            OvfPackageWriting.of(contents, Converters.load())
                .options(options)
                .progress(progress)
                .cancellation(context.cancellation())
                .write(target);
      }
      if (json.json) {
        context.console().out().println(Json.text(json(source.name(), written)));
      } else {
        print(source.name(), written);
      }
    }
  }

  private void print(String name, Written written) {
    Console console = context.console();
    console
        .out()
        .println(
            "Wrote "
                + target
                + ": "
                + written.descriptor()
                + " and "
                + Console.count(written.disks().size(), "disk")
                + " of "
                + name
                + ", read back and equal.");
    console.out().println();
    TextTable table = new TextTable(console, "Disk", "File", "Size", "Stored", "Content", "How");
    for (WrittenDisk disk : written.disks()) {
      table.row(
          disk.key(),
          disk.file(),
          Sizes.text(disk.capacityBytes()),
          Sizes.text(disk.storedBytes()),
          disk.contentDigest(),
          disk.note());
    }
    table.print();
    TransferText.losses(console, written.losses());
  }

  private ObjectNode json(String name, Written written) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.export/1")
        .put("machine", name)
        .put("target", target.toString())
        .put("descriptor", written.descriptor());
    ArrayNode disks = root.putArray("disks");
    for (WrittenDisk disk : written.disks()) {
      disks
          .addObject()
          .put("key", disk.key())
          .put("file", disk.file())
          .put("capacityBytes", disk.capacityBytes())
          .put("storedBytes", disk.storedBytes())
          .put("contentDigest", disk.contentDigest())
          .put("note", disk.note());
    }
    root.set("losses", JsonReport.losses(written.losses()));
    return root;
  }
}
