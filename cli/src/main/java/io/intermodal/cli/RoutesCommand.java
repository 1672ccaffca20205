package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.IntermodalException;
import io.intermodal.convert.ConvertError;
import io.intermodal.convert.Converters;
import io.intermodal.convert.Route;
import io.intermodal.convert.spi.DiskConverter;
import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.Hypervisor;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists routes between formats. */
@Command(
    name = "routes",
    mixinStandardHelpOptions = true,
    description = {
      "Lists every way to convert a disk from one format to another, best first.",
      "",
      "  intermodal routes --from vmdk-streamOptimized --to qcow2",
      "  intermodal routes --from local:/vms/esx --to local:/vms/kvm",
      ""
    })
final class RoutesCommand implements Callable<Integer> {

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FORMAT|URI",
      description = "A disk format, or a hypervisor whose export formats are meant.")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORMAT|URI",
      description = "A disk format, or a hypervisor whose import formats are meant.")
  private String to = "";

  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  RoutesCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Converters converters = Converters.load();
    Drivers drivers = Drivers.load();
    List<String> starts = formats(from, true, drivers, converters);
    List<String> ends = formats(to, false, drivers, converters);
    List<Route> routes = converters.planner().routes(starts, ends);
    Console console = context.console();
    if (json.json) {
      console.out().println(Json.text(json(routes)));
    } else if (routes.isEmpty()) {
      console.out().println("no route leads from " + starts + " to " + ends);
    } else {
      TextTable table = new TextTable(console, "Fidelity", "Cost", "Temporary copies", "Route");
      for (Route route : routes) {
        table.row(
            route.fidelity(),
            route.cost(),
            route.temporaryCopies(),
            route.edges().isEmpty() ? route.from() + " (copied as it is)" : route.explain());
      }
      table.print();
      console.out().println("Cost is CPU milliseconds for one gigabyte of data, estimated.");
    }
    return routes.isEmpty() ? ExitCodes.NEGATIVE : ExitCodes.DONE;
  }

  private static List<String> formats(
      String text, boolean export, Drivers drivers, Converters converters) {
    if (drivers.knowsScheme(text)) {
      try (Hypervisor hypervisor = drivers.connect(text)) {
        return export
            ? hypervisor.capabilities().exportFormats()
            : hypervisor.capabilities().importFormats();
      }
    }
    TreeSet<String> known = new TreeSet<>();
    for (DiskConverter converter : converters.disks()) {
      known.addAll(converter.readableFormats());
      converter.edges().forEach(edge -> known.add(edge.to()));
    }
    if (!known.contains(text)) {
      throw new IntermodalException(
          ConvertError.UNKNOWN_FORMAT,
          "cannot find routes: "
              + text
              + " is neither a disk format nor the URI of a hypervisor; formats are "
              + String.join(", ", known));
    }
    return List.of(text);
  }

  private static ObjectNode json(List<Route> routes) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.routes/1");
    ArrayNode list = root.putArray("routes");
    for (Route route : routes) {
      ObjectNode one =
          list.addObject()
              .put("from", route.from())
              .put("to", route.to())
              .put("fidelity", route.fidelity().name())
              .put("cost", route.cost())
              .put("temporaryCopies", route.temporaryCopies());
      ArrayNode edges = one.putArray("edges");
      route
          .edges()
          .forEach(
              edge ->
                  edges
                      .addObject()
                      .put("converter", edge.converter())
                      .put("from", edge.from())
                      .put("to", edge.to())
                      .put("cost", edge.cost())
                      .put("fidelity", edge.fidelity().name()));
    }
    return root;
  }
}
