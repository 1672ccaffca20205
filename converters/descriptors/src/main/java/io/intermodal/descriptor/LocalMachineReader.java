package io.intermodal.descriptor;

import com.fasterxml.jackson.databind.JsonNode;
import io.intermodal.convert.Conversion;
import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.CpuSpec;
import io.intermodal.hypervisor.DiskBus;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Extra;
import io.intermodal.hypervisor.Firmware;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.RemovableDrive;
import java.util.ArrayList;
import java.util.List;

/** Builds a machine from the tree of one document. Used once. */
final class LocalMachineReader {

  private final String source;
  private final List<Loss> losses = new ArrayList<>();

  LocalMachineReader(String source) {
    this.source = source;
  }

  Conversion<MachineSpec> read(JsonNode root) {
    JsonObject object = JsonObject.of(source, "", root, losses);
    requireSchema(object);
    MachineSpec.Builder builder =
        MachineSpec.named(object.text("name"))
            .uuid(object.optionalText("uuid"))
            .memoryBytes(object.optionalLong("memoryBytes"))
            .firmware(object.optionalEnum("firmware", Firmware.class))
            .secureBoot(object.optionalBoolean("secureBoot"));
    JsonObject cpu = object.optionalObject("cpu");
    if (cpu != null) {
      builder.cpu(
          cpu.build(() -> new CpuSpec(cpu.integer("count"), cpu.optionalInt("coresPerSocket"))));
    }
    JsonObject guestOs = object.optionalObject("guestOs");
    if (guestOs != null) {
      builder.guestOs(
          guestOs.build(
              () ->
                  new GuestOs(
                      guestOs.optionalInt("cimOsType"),
                      guestOs.optionalText("version"),
                      guestOs.optionalText("vendorType"),
                      guestOs.optionalText("description"))));
    }
    object.objects("disks").forEach(disk -> builder.addDisk(disk.build(() -> disk(disk))));
    object.objects("nics").forEach(nic -> builder.addNic(nic.build(() -> nic(nic))));
    object.objects("drives").forEach(drive -> builder.addDrive(drive.build(() -> drive(drive))));
    builder.bootOrder(object.texts("bootOrder"));
    object.objects("extras").forEach(extra -> builder.addExtra(extra.build(() -> extra(extra))));
    return new Conversion<>(object.build(builder::build), losses);
  }

  private static DiskSpec disk(JsonObject disk) {
    return new DiskSpec(
        disk.text("key"),
        disk.number("capacityBytes"),
        disk.optionalEnum("bus", DiskBus.class),
        disk.optionalInt("unit"));
  }

  private static NicSpec nic(JsonObject nic) {
    return new NicSpec(
        nic.text("key"),
        nic.optionalText("model"),
        nic.optionalText("network"),
        nic.optionalText("mac"));
  }

  private static RemovableDrive drive(JsonObject drive) {
    return new RemovableDrive(
        drive.text("key"), drive.enumeration("kind", RemovableDrive.Kind.class));
  }

  private static Extra extra(JsonObject extra) {
    return new Extra(extra.text("namespace"), extra.text("name"), extra.text("value"));
  }

  private static void requireSchema(JsonObject object) {
    String schema = object.text("schema");
    if (!schema.equals(LocalMachineFormat.SCHEMA)) {
      throw object.wrong(
          "schema", "it is " + schema + "; this version reads " + LocalMachineFormat.SCHEMA);
    }
  }
}
