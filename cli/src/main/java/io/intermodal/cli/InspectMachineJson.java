package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.ovf.GuestOs;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.ProductProperty;
import io.intermodal.ovf.ResourceRange;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a machine of {@code io.intermodal.inspect/1}; what is not known is null. */
final class InspectMachineJson {

  private InspectMachineJson() {}

  static ObjectNode of(Machine machine) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", machine.id());
    node.put("name", machine.name());
    node.set("collectionPath", InspectJson.texts(machine.collectionPath()));
    node.put("cpus", machine.cpus());
    node.put("coresPerSocket", machine.coresPerSocket());
    node.put("memoryBytes", machine.memoryBytes());
    node.put(
        "firmware",
        machine.firmware() == null ? null : machine.firmware().name().toLowerCase(Locale.ROOT));
    node.put("secureBoot", machine.secureBoot());
    node.put("tpm", machine.tpm());
    node.put("nvram", machine.nvram() == null ? null : machine.nvram().href());
    node.set("guestOs", guestOs(machine.guestOs()));
    node.set("virtualSystemTypes", InspectJson.texts(machine.virtualSystemTypes()));
    node.set("transports", InspectJson.texts(machine.transports()));
    ArrayNode disks = node.putArray("disks");
    machine
        .disks()
        .forEach(
            disk ->
                disks
                    .addObject()
                    .put("disk", disk.diskId())
                    .put("capacityBytes", disk.capacityBytes())
                    .put("bus", disk.bus())
                    .put("busNumber", machine.addressOf(disk).busNumber())
                    .put("unit", disk.unit()));
    ArrayNode nics = node.putArray("nics");
    machine
        .nics()
        .forEach(
            nic ->
                nics.addObject()
                    .put("model", nic.model())
                    .put("network", nic.network())
                    .put("mac", nic.mac()));
    ArrayNode controllers = node.putArray("controllers");
    machine
        .controllers()
        .forEach(
            controller ->
                controllers
                    .addObject()
                    .put("resourceType", controller.resourceType())
                    .put("subtype", controller.subtype()));
    node.put("removableDrives", machine.removableDrives());
    ArrayNode boot = node.putArray("bootOrder");
    machine.bootOrder().forEach(source -> boot.add(source.text()));
    ranges(node.putArray("ranges"), machine);
    properties(node.putArray("properties"), machine);
    return node;
  }

  private static void ranges(ArrayNode to, Machine machine) {
    for (ResourceRange range : machine.ranges()) {
      to.addObject()
          .put("device", range.instanceId())
          .put("resourceType", range.resourceType())
          .put("of", range.property().name())
          .put("min", range.min())
          .put("normal", range.normal())
          .put("max", range.max());
    }
  }

  private static void properties(ArrayNode to, Machine machine) {
    for (Machine.EffectiveProperty one : machine.properties()) {
      ProductProperty property = one.property();
      to.addObject()
          .put("key", property.fullKey())
          .put("type", property.type() == null ? null : property.type().text())
          .put("value", property.password() ? null : one.value())
          .put("password", property.password())
          .put("userConfigurable", property.userConfigurable());
    }
  }

  private static @Nullable ObjectNode guestOs(@Nullable GuestOs os) {
    if (os == null) {
      return null;
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", os.id())
        .put("version", os.version())
        .put("description", os.description())
        .put("vendorType", os.vendorType());
  }
}
