package io.intermodal.migrate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.evaluate.FirewallRule;
import io.intermodal.evaluate.InterfaceAddress;
import io.intermodal.evaluate.Mount;
import io.intermodal.evaluate.NetworkInterface;
import io.intermodal.evaluate.ObservedValue;
import io.intermodal.evaluate.Route;
import io.intermodal.evaluate.Score;
import io.intermodal.evaluate.TestCatalog;
import io.intermodal.evaluate.TestId;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads and writes what a test saw; the form follows from the test. */
final class ObservedValueJson {

  private ObservedValueJson() {}

  static ObservedValue read(TestId id, JsonReading value) {
    Class<? extends ObservedValue> type =
        TestCatalog.valueType(id).orElseThrow(() -> value.error("test " + id + " sees no value"));
    if (type == ObservedValue.Kernel.class) {
      value.allow("release", "architecture");
      return new ObservedValue.Kernel(value.text("release"), value.text("architecture"));
    }
    if (type == ObservedValue.Cpu.class) {
      value.allow("cores", "mhz");
      return new ObservedValue.Cpu(value.smallNumber("cores"), value.numberOrNull("mhz"));
    }
    if (type == ObservedValue.Memory.class) {
      value.allow("bytes");
      return new ObservedValue.Memory(value.number("bytes"));
    }
    if (type == ObservedValue.Mounts.class) {
      value.allow("mounts");
      return new ObservedValue.Mounts(
          value.items("mounts").stream()
              .map(item -> new Mount(item.text("path"), item.number("bytes")))
              .toList());
    }
    if (type == ObservedValue.Ping.class) {
      value.allow("sent", "lost", "totalMillis");
      return new ObservedValue.Ping(
          value.smallNumber("sent"), value.smallNumber("lost"), value.numberOrNull("totalMillis"));
    }
    if (type == ObservedValue.ReverseLookup.class) {
      value.allow("address", "name");
      return new ObservedValue.ReverseLookup(value.text("address"), value.textOrNull("name"));
    }
    if (type == ObservedValue.ShellProcess.class) {
      value.allow("running");
      return new ObservedValue.ShellProcess(value.flag("running"));
    }
    if (type == ObservedValue.ShellPort.class) {
      value.allow("port", "open");
      return new ObservedValue.ShellPort(value.smallNumber("port"), value.flag("open"));
    }
    if (type == ObservedValue.ApplicationCheck.class) {
      value.allow("score");
      return new ObservedValue.ApplicationCheck(score(value));
    }
    return readNetwork(type, value);
  }

  private static Score score(JsonReading value) {
    String text = value.text("score");
    return Arrays.stream(Score.values())
        .filter(score -> score.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                value.error(
                    "\""
                        + text
                        + "\" is not a score; known are "
                        + Arrays.toString(Score.values())));
  }

  private static ObservedValue readNetwork(Class<? extends ObservedValue> type, JsonReading value) {
    if (type == ObservedValue.Interfaces.class) {
      value.allow("interfaces");
      return new ObservedValue.Interfaces(
          value.items("interfaces").stream()
              .map(item -> new NetworkInterface(item.text("name"), item.textOrNull("mac")))
              .toList());
    }
    if (type == ObservedValue.Addresses.class) {
      value.allow("addresses");
      return new ObservedValue.Addresses(
          value.items("addresses").stream()
              .map(item -> new InterfaceAddress(item.text("interface"), item.text("address")))
              .toList());
    }
    if (type == ObservedValue.FirewallRules.class) {
      value.allow("rules");
      return new ObservedValue.FirewallRules(
          value.items("rules").stream()
              .map(
                  item ->
                      new FirewallRule(item.text("chain"), item.text("match"), item.text("action")))
              .toList());
    }
    if (type == ObservedValue.Routes.class) {
      value.allow("routes");
      return new ObservedValue.Routes(
          value.items("routes").stream()
              .map(
                  item ->
                      new Route(
                          item.text("destination"),
                          item.textOrNull("via"),
                          item.textOrNull("interface")))
              .toList());
    }
    throw new IllegalStateException("no form for " + type);
  }

  static ObjectNode write(ObservedValue value) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (value instanceof ObservedValue.Kernel kernel) {
      node.put("release", kernel.release()).put("architecture", kernel.architecture());
    } else if (value instanceof ObservedValue.Cpu cpu) {
      node.put("cores", cpu.cores());
      putUnlessNull(node, "mhz", cpu.mhz());
    } else if (value instanceof ObservedValue.Memory memory) {
      node.put("bytes", memory.bytes());
    } else if (value instanceof ObservedValue.Mounts mounts) {
      list(
          node,
          "mounts",
          mounts.mounts(),
          (item, mount) -> item.put("path", mount.path()).put("bytes", mount.bytes()));
    } else if (value instanceof ObservedValue.Interfaces interfaces) {
      list(
          node,
          "interfaces",
          interfaces.interfaces(),
          (item, one) -> item.put("name", one.name()).put("mac", one.mac()));
    } else if (value instanceof ObservedValue.Addresses addresses) {
      list(
          node,
          "addresses",
          addresses.addresses(),
          (item, one) -> item.put("interface", one.interfaceName()).put("address", one.address()));
    } else if (value instanceof ObservedValue.FirewallRules rules) {
      list(
          node,
          "rules",
          rules.rules(),
          (item, rule) ->
              item.put("chain", rule.chain())
                  .put("match", rule.match())
                  .put("action", rule.action()));
    } else if (value instanceof ObservedValue.Routes routes) {
      list(
          node,
          "routes",
          routes.routes(),
          (item, route) ->
              item.put("destination", route.destination())
                  .put("via", route.via())
                  .put("interface", route.interfaceName()));
    } else if (value instanceof ObservedValue.Ping ping) {
      node.put("sent", ping.sent()).put("lost", ping.lost());
      putUnlessNull(node, "totalMillis", ping.totalMillis());
    } else if (value instanceof ObservedValue.ReverseLookup lookup) {
      node.put("address", lookup.address()).put("name", lookup.name());
    } else if (value instanceof ObservedValue.ShellProcess shell) {
      node.put("running", shell.running());
    } else if (value instanceof ObservedValue.ShellPort port) {
      node.put("port", port.port()).put("open", port.open());
    } else if (value instanceof ObservedValue.ApplicationCheck check) {
      node.put("score", check.score().name());
    }
    return node;
  }

  private static void putUnlessNull(ObjectNode node, String name, @Nullable Long value) {
    if (value != null) {
      node.put(name, value);
    }
  }

  private static <T> void list(
      ObjectNode node, String name, List<T> values, BiConsumer<ObjectNode, T> writer) {
    ArrayNode items = node.putArray(name);
    values.forEach(value -> writer.accept(items.addObject(), value));
  }
}
