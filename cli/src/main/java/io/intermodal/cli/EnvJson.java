package io.intermodal.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.intermodal.ovf.ProductProperty;
import io.intermodal.ovf.PropertyEntry;
import io.intermodal.ovf.PropertySheet;
import io.intermodal.ovf.PropertyType;
import io.intermodal.ovf.environment.OvfEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code io.intermodal.env/1} and {@code io.intermodal.env-document/1}; the value of a
 * secret is null.
 */
final class EnvJson {

  private EnvJson() {}

  static ObjectNode of(
      Path pack,
      PropertySheet sheet,
      @Nullable String machine,
      List<PropertyEntry> entries,
      @Nullable Path output,
      @Nullable Path iso) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.env/1");
    root.put("file", pack.toString());
    root.put("configuration", sheet.configuration().orElse(null));
    root.put("machine", machine);
    root.put("ready", entries.stream().noneMatch(EnvText::isOpen));
    ArrayNode properties = root.putArray("properties");
    entries.forEach(entry -> properties.add(property(entry)));
    ArrayNode missing = root.putArray("missing");
    entries.stream()
        .filter(entry -> entry.state() == PropertyEntry.State.MISSING)
        .forEach(entry -> missing.add(entry.path()));
    ObjectNode written = root.putObject("written");
    written.put("document", output == null ? null : output.toString());
    written.put("image", iso == null ? null : iso.toString());
    return root;
  }

  private static ObjectNode property(PropertyEntry entry) {
    ProductProperty property = entry.property();
    PropertyType type = property.type();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("entity", entry.entityId());
    node.put("key", property.fullKey());
    node.put("type", type == null ? null : type.text());
    node.put(
        "qualifiers", property.qualifiers().text().isEmpty() ? null : property.qualifiers().text());
    node.put("value", entry.secret() ? null : entry.value());
    node.put("password", entry.secret());
    node.put("origin", entry.origin().name().toLowerCase(Locale.ROOT));
    node.put("state", entry.state().name());
    node.put("userConfigurable", property.userConfigurable());
    node.put("category", property.category());
    node.put("label", property.label());
    node.put("description", property.description());
    texts(node, "problems", EnvText.isOpen(entry) ? entry.problems() : List.of());
    texts(node, "unresolved", entry.unresolved());
    return node;
  }

  static ObjectNode of(Path file, OvfEnvironment environment) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.env-document/1");
    root.put("file", file.toString());
    root.put("id", environment.id());
    OvfEnvironment.Platform platform = environment.platform().orElse(null);
    if (platform == null) {
      root.putNull("platform");
    } else {
      root.putObject("platform")
          .put("kind", platform.kind())
          .put("version", platform.version())
          .put("vendor", platform.vendor())
          .put("locale", platform.locale())
          .put("timezoneMinutes", platform.timezoneMinutes());
    }
    root.set("properties", properties(environment.properties()));
    ArrayNode entities = root.putArray("entities");
    environment
        .entities()
        .forEach(
            entity ->
                entities
                    .addObject()
                    .put("id", entity.id())
                    .set("properties", properties(entity.properties())));
    ArrayNode sections = root.putArray("foreignSections");
    environment
        .foreignSections()
        .forEach(
            section ->
                sections
                    .addObject()
                    .put("name", section.localName())
                    .put("namespace", section.namespace()));
    return root;
  }

  private static ArrayNode properties(List<OvfEnvironment.Property> properties) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (OvfEnvironment.Property property : properties) {
      array
          .addObject()
          .put("key", property.key())
          .put("value", property.secret() ? null : property.value())
          .put("password", property.secret());
    }
    return array;
  }

  private static void texts(ObjectNode node, String name, List<String> texts) {
    ArrayNode array = node.putArray(name);
    texts.forEach(array::add);
  }
}
