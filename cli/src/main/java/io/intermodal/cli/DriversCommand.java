package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.spi.HypervisorDriver;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists drivers. */
@Command(
    name = "drivers",
    mixinStandardHelpOptions = true,
    description = "Lists the hypervisor drivers at hand and the URIs they take.")
final class DriversCommand implements Runnable {

  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  DriversCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    Drivers drivers = Drivers.load();
    Console console = context.console();
    if (json.json) {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      root.put("schema", "io.intermodal.drivers/1");
      ArrayNode list = root.putArray("drivers");
      for (HypervisorDriver driver : drivers.all()) {
        ObjectNode one =
            list.addObject()
                .put("id", driver.id())
                .put("version", driver.version())
                .put("description", driver.description())
                .put("uriForm", driver.uriForm());
        ArrayNode schemes = one.putArray("schemes");
        new TreeSet<>(driver.schemes()).forEach(schemes::add);
      }
      ArrayNode problems = root.putArray("problems");
      drivers.problems().forEach(problems::add);
      console.out().println(Json.text(root));
      return;
    }
    TextTable table = new TextTable(console, "Driver", "Version", "URI", "What it reaches");
    for (HypervisorDriver driver : drivers.all()) {
      table.row(driver.id(), driver.version(), driver.uriForm(), driver.description());
    }
    table.print();
    drivers.problems().forEach(problem -> console.err().println("warning: " + problem));
  }
}
