package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.GuestOs;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.packaging.OvfPackage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes {@code io.intermodal.inspect/1}; what is not known is null. */
final class InspectJson {

  private InspectJson() {}

  static ObjectNode of(Path file, OvfPackage opened, List<Machine> machines) {
    Envelope envelope = opened.envelope();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.inspect/1");
    root.putObject("source")
        .put("file", file.toString())
        .put("kind", opened.kind().name().toLowerCase(Locale.ROOT));
    root.putObject("envelope")
        .put("namespace", envelope.namespace())
        .put("version", envelope.version().map(version -> version.text()).orElse(null))
        .put("language", envelope.language().orElse(null));
    ArrayNode files = root.putArray("files");
    for (FileReference reference : envelope.files()) {
      files
          .addObject()
          .put("id", reference.id())
          .put("href", reference.href())
          .put("sizeBytes", reference.sizeBytes())
          .put("compression", reference.compression())
          .put("chunkSizeBytes", reference.chunkSizeBytes());
    }
    ArrayNode disks = root.putArray("disks");
    envelope
        .disks()
        .forEach(
            disk ->
                disks
                    .addObject()
                    .put("id", disk.id())
                    .put("capacityBytes", disk.capacityBytes())
                    .put("format", disk.format())
                    .put("file", envelope.fileOf(disk).map(FileReference::href).orElse(null))
                    .put("parent", disk.parentRef()));
    ArrayNode networks = root.putArray("networks");
    envelope.networks().forEach(network -> networks.add(network.name()));
    ArrayNode options = root.putArray("deploymentOptions");
    envelope.deploymentOptions().forEach(option -> options.add(option.id()));
    root.put("defaultDeploymentOption", envelope.defaultDeploymentOption().orElse(null));
    ArrayNode products = root.putArray("products");
    envelope
        .products()
        .forEach(
            product ->
                products
                    .addObject()
                    .put("class", product.productClass())
                    .put("instance", product.instance())
                    .put("product", product.product())
                    .put("vendor", product.vendor())
                    .put("version", product.version()));
    root.put("propertyCount", envelope.propertyCount());
    root.put("eulaCount", envelope.eulas().size());
    ArrayNode sections = root.putArray("sections");
    envelope.sectionNames().forEach(sections::add);
    ArrayNode list = root.putArray("machines");
    machines.forEach(machine -> list.add(machine(machine)));
    root.set("findings", findings(opened.findings()));
    return root;
  }

  private static ObjectNode machine(Machine machine) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", machine.id());
    node.put("name", machine.name());
    texts(node, "collectionPath", machine.collectionPath());
    node.put("cpus", machine.cpus());
    node.put("coresPerSocket", machine.coresPerSocket());
    node.put("memoryBytes", machine.memoryBytes());
    node.put(
        "firmware",
        machine.firmware() == null ? null : machine.firmware().name().toLowerCase(Locale.ROOT));
    node.set("guestOs", guestOs(machine.guestOs()));
    texts(node, "virtualSystemTypes", machine.virtualSystemTypes());
    texts(node, "transports", machine.transports());
    ArrayNode disks = node.putArray("disks");
    machine
        .disks()
        .forEach(
            disk ->
                disks
                    .addObject()
                    .put("disk", disk.diskId())
                    .put("capacityBytes", disk.capacityBytes())
                    .put("bus", disk.bus()));
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
    return node;
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

  private static void texts(ObjectNode node, String name, List<String> texts) {
    ArrayNode array = node.putArray(name);
    texts.forEach(array::add);
  }

  static ArrayNode findings(List<Finding> findings) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Finding finding : findings) {
      array
          .addObject()
          .put("code", finding.code().name())
          .put("severity", finding.severity().name())
          .put("line", finding.line())
          .put("column", finding.column())
          .put("path", finding.path())
          .put("message", finding.message())
          .put("remedy", finding.remedy());
    }
    return array;
  }
}
