package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Extension;
import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.Portability;
import io.intermodal.ovf.StartupPlan;
import io.intermodal.ovf.packaging.OvfPackage;
import java.util.List;
import java.util.Locale;

/** Writes {@code io.intermodal.inspect/1}; what is not known is null. */
final class InspectJson {

  private InspectJson() {}

  static ObjectNode of(OvfPackage opened, Envelope envelope, List<Machine> machines) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.inspect/1");
    root.putObject("source")
        .put("file", opened.path().toString())
        .put("kind", opened.kind().name().toLowerCase(Locale.ROOT));
    root.putObject("envelope")
        .put("namespace", envelope.namespace())
        .put("version", envelope.version().map(version -> version.text()).orElse(null))
        .put("language", envelope.language().orElse(null))
        .set("languages", texts(envelope.languages()));
    root.set("portability", portability(envelope.portability()));
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
                    .put("parent", disk.parentRef())
                    .put("populatedBytes", disk.populatedBytes())
                    .put("shared", disk.shared()));
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
    machines.forEach(machine -> list.add(InspectMachineJson.of(machine)));
    root.set("startup", startup(envelope.startupPlan()));
    root.set("findings", findings(opened.findings()));
    return root;
  }

  private static ObjectNode portability(Portability portability) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("level", portability.level());
    ArrayNode extensions = node.putArray("extensions");
    for (Extension one : portability.reasons()) {
      extensions
          .addObject()
          .put("kind", one.kind().name())
          .put("path", one.path())
          .put("namespace", one.namespace())
          .put("required", one.required());
    }
    node.put("complete", portability.complete());
    return node;
  }

  /** The groups in the order they start in; a collection has groups of its own. */
  private static ArrayNode startup(StartupPlan plan) {
    ArrayNode groups = JsonNodeFactory.instance.arrayNode();
    for (StartupPlan.Group group : plan.groups()) {
      ObjectNode node = groups.addObject();
      node.put("order", group.order());
      node.put("startDelaySeconds", group.startDelay().toSeconds());
      node.put("stopDelaySeconds", group.stopDelay().toSeconds());
      ArrayNode members = node.putArray("members");
      for (StartupPlan.Step step : group.steps()) {
        ObjectNode member =
            members
                .addObject()
                .put("id", step.member().id())
                .put("start", step.start())
                .put("stop", step.stop().name())
                .put("waitingForGuest", step.waitingForGuest());
        member.set("groups", step.inner() == null ? null : startup(step.inner()));
      }
    }
    return groups;
  }

  static ArrayNode texts(List<String> texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    texts.forEach(array::add);
    return array;
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
