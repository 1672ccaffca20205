package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.convert.Converters;
import io.intermodal.convert.FormatEdge;
import io.intermodal.convert.spi.DescriptorFormat;
import io.intermodal.convert.spi.DiskConverter;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists formats. */
@Command(
    name = "formats",
    mixinStandardHelpOptions = true,
    description = "Lists the disk and descriptor formats at hand and who reads and writes them.")
final class FormatsCommand implements Runnable {

  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  FormatsCommand(Context context) {
    this.context = context;
  }

  /** Who reads and who writes a disk format. */
  private record Users(TreeSet<String> readers, TreeSet<String> writers) {}

  @Override
  public void run() {
    Converters converters = Converters.load();
    Map<String, Users> disks = new TreeMap<>();
    for (DiskConverter converter : converters.disks()) {
      converter.readableFormats().forEach(id -> users(disks, id).readers().add(converter.id()));
      for (FormatEdge edge : converter.edges()) {
        users(disks, edge.to()).writers().add(converter.id());
      }
    }
    if (json.json) {
      context.console().out().println(Json.text(json(disks, converters)));
    } else {
      print(disks, converters);
    }
  }

  private static Users users(Map<String, Users> disks, String format) {
    return disks.computeIfAbsent(format, id -> new Users(new TreeSet<>(), new TreeSet<>()));
  }

  private void print(Map<String, Users> disks, Converters converters) {
    Console console = context.console();
    TextTable table = new TextTable(console, "Disk format", "Read by", "Written by");
    disks.forEach(
        (id, users) ->
            table.row(id, String.join(", ", users.readers()), String.join(", ", users.writers())));
    table.print();
    console.out().println();
    TextTable descriptors = new TextTable(console, "Descriptor format", "Version", "What it is");
    for (DescriptorFormat format : converters.descriptors()) {
      descriptors.row(format.id(), format.version(), format.description());
    }
    descriptors.print();
    converters.problems().forEach(problem -> console.err().println("warning: " + problem));
  }

  private static ObjectNode json(Map<String, Users> disks, Converters converters) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.formats/1");
    ArrayNode diskList = root.putArray("disks");
    disks.forEach(
        (id, users) -> {
          ObjectNode one = diskList.addObject().put("id", id);
          ArrayNode readers = one.putArray("readBy");
          users.readers().forEach(readers::add);
          ArrayNode writers = one.putArray("writtenBy");
          users.writers().forEach(writers::add);
        });
    ArrayNode descriptorList = root.putArray("descriptors");
    for (DescriptorFormat format : converters.descriptors()) {
      descriptorList
          .addObject()
          .put("id", format.id())
          .put("version", format.version())
          .put("description", format.description());
    }
    ArrayNode problems = root.putArray("problems");
    converters.problems().forEach(problems::add);
    return root;
  }
}
