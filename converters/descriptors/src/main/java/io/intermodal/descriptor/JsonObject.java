package io.intermodal.descriptor;

import com.fasterxml.jackson.databind.JsonNode;
import io.intermodal.IntermodalException;
import io.intermodal.convert.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one JSON object by name and type and knows its place in the document. A
 * member that is absent or null is not stated; one that nobody asked for is a loss.
 */
final class JsonObject {

  private final String source;
  private final String path;
  private final JsonNode node;
  private final List<Loss> losses;
  private final Set<String> asked = new HashSet<>();

  private JsonObject(String source, String path, JsonNode node, List<Loss> losses) {
    this.source = source;
    this.path = path;
    this.node = node;
    this.losses = losses;
  }

  static JsonObject of(String source, String path, JsonNode node, List<Loss> losses) {
    if (!node.isObject()) {
      throw wrong(source, path, "an object is expected, " + kind(node) + " is there");
    }
    return new JsonObject(source, path, node, losses);
  }

  /**
   * Makes a value of the members; what its constructor refuses is an error at this place. Members
   * that were not asked for until then are lost.
   */
  <T> T build(Supplier<T> maker) {
    T made;
    try {
      made = maker.get();
    } catch (IllegalArgumentException e) {
      throw wrong(source, path, String.valueOf(e.getMessage()));
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String name = member.getKey();
      if (!asked.contains(name)) {
        // Without the value: nobody knows whether it is a secret.
        losses.add(
            new Loss(
                LocalMachineFormat.RULE_UNKNOWN_MEMBER,
                Loss.Severity.WARNING,
                path.isEmpty() ? name : path + "." + name,
                null,
                "the schema " + LocalMachineFormat.SCHEMA + " has no such member; it was left out",
                "correct its name, or keep product settings as extras"));
      }
    }
    return made;
  }

  String text(String name) {
    return required(name, optionalText(name));
  }

  int integer(String name) {
    return required(name, optionalInt(name));
  }

  long number(String name) {
    return required(name, optionalLong(name));
  }

  <E extends Enum<E>> E enumeration(String name, Class<E> type) {
    return required(name, optionalEnum(name, type));
  }

  @Nullable String optionalText(String name) {
    JsonNode member = member(name);
    if (member == null) {
      return null;
    }
    if (!member.isTextual()) {
      throw wrong(name, "a text is expected, " + kind(member) + " is there");
    }
    return member.textValue();
  }

  @Nullable Boolean optionalBoolean(String name) {
    JsonNode member = member(name);
    if (member == null) {
      return null;
    }
    if (!member.isBoolean()) {
      throw wrong(name, "true or false is expected, " + kind(member) + " is there");
    }
    return member.booleanValue();
  }

  @Nullable Integer optionalInt(String name) {
    Long value = optionalLong(name);
    if (value == null) {
      return null;
    }
    if (value != value.intValue()) {
      throw wrong(name, value + " is too large");
    }
    return value.intValue();
  }

  @Nullable Long optionalLong(String name) {
    JsonNode member = member(name);
    if (member == null) {
      return null;
    }
    if (!member.isIntegralNumber()) {
      throw wrong(name, "a whole number is expected, " + kind(member) + " is there");
    }
    if (!member.canConvertToLong()) {
      throw wrong(name, "the number is too large");
    }
    return member.longValue();
  }

  <E extends Enum<E>> @Nullable E optionalEnum(String name, Class<E> type) {
    String value = optionalText(name);
    if (value == null) {
      return null;
    }
    E[] constants = type.getEnumConstants();
    for (E constant : constants) {
      if (constant.name().equals(value)) {
        return constant;
      }
    }
    throw wrong(name, "\"" + value + "\" is none of " + Arrays.toString(constants));
  }

  @Nullable JsonObject optionalObject(String name) {
    JsonNode member = member(name);
    return member == null ? null : of(source, child(name), member, losses);
  }

  List<JsonObject> objects(String name) {
    List<JsonObject> objects = new ArrayList<>();
    List<JsonNode> elements = elements(name);
    for (int i = 0; i < elements.size(); i++) {
      objects.add(of(source, child(name) + "[" + i + "]", elements.get(i), losses));
    }
    return objects;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : elements(name)) {
      if (!element.isTextual()) {
        throw wrong(name, "a list of texts is expected, it holds " + kind(element));
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  IntermodalException wrong(String name, String reason) {
    return wrong(source, child(name), reason);
  }

  private static IntermodalException wrong(String source, String path, String reason) {
    String place = path.isEmpty() ? source : source + ": " + path;
    return LocalMachineFormat.unreadable(place, place, reason, null);
  }

  private List<JsonNode> elements(String name) {
    JsonNode member = member(name);
    if (member == null) {
      return List.of();
    }
    if (!member.isArray()) {
      throw wrong(name, "a list is expected, " + kind(member) + " is there");
    }
    List<JsonNode> elements = new ArrayList<>();
    member.forEach(elements::add);
    return elements;
  }

  private @Nullable JsonNode member(String name) {
    asked.add(name);
    JsonNode member = node.get(name);
    return member == null || member.isNull() ? null : member;
  }

  private <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw wrong(name, "it is not there");
    }
    return value;
  }

  private String child(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case BOOLEAN -> "true or false";
      case NUMBER -> "a number";
      case OBJECT -> "an object";
      case STRING -> "a text";
      case NULL -> "null";
      default -> "nothing";
    };
  }
}
