package io.intermodal.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import io.intermodal.IntermodalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one member of a document and knows its path, so that every complaint names the place. */
record JsonReading(String document, String path, JsonNode node, MigrateError code) {

  /** Starts to read a document of observations. */
  JsonReading(String document, String path, JsonNode node) {
    this(document, path, node, MigrateError.INVALID_OBSERVATIONS);
  }

  IntermodalException error(String reason) {
    return new IntermodalException(
        code,
        "cannot read " + document + " at " + path + ": " + reason,
        document + " " + path,
        null);
  }

  void requireSchema(String schema) {
    String found = node.isObject() ? textOrNull("schema") : null;
    if (!schema.equals(found)) {
      throw error(
          "a document with \"schema\":\""
              + schema
              + "\" is needed"
              + (found == null ? "" : ", not \"" + found + "\""));
    }
  }

  /** Refuses members that nobody would read: a misspelt one would be lost silently. */
  void allow(String... names) {
    requireObject();
    Set<String> known = Set.of(names);
    for (String name : names()) {
      if (!known.contains(name)) {
        throw error("\"" + name + "\" is not known here; known are " + String.join(", ", names));
      }
    }
  }

  private void requireObject() {
    if (!node.isObject()) {
      throw error("an object is needed");
    }
  }

  List<String> names() {
    requireObject();
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Nullable JsonReading memberOrNull(String name) {
    requireObject();
    JsonNode member = node.get(name);
    return member == null || member.isNull()
        ? null
        : new JsonReading(document, path + "." + name, member, code);
  }

  JsonReading member(String name) {
    JsonReading member = memberOrNull(name);
    if (member == null) {
      throw error("\"" + name + "\" is missing");
    }
    return member;
  }

  List<JsonReading> items(String name) {
    JsonReading array = member(name);
    if (!array.node.isArray()) {
      throw array.error("a list is needed");
    }
    List<JsonReading> items = new ArrayList<>();
    for (JsonNode item : array.node) {
      items.add(new JsonReading(document, array.path + "[" + items.size() + "]", item, code));
    }
    return items;
  }

  @Nullable String textOrNull(String name) {
    JsonReading member = memberOrNull(name);
    if (member == null) {
      return null;
    }
    if (!member.node.isTextual()) {
      throw member.error("a text is needed");
    }
    return member.node.textValue();
  }

  String text(String name) {
    String text = textOrNull(name);
    if (text == null) {
      throw error("\"" + name + "\" is missing");
    }
    return text;
  }

  /** Reads a whole number; a number with a fraction, such as a measured clock, is rounded. */
  @Nullable Long numberOrNull(String name) {
    JsonReading member = memberOrNull(name);
    if (member == null) {
      return null;
    }
    if (!member.node.isNumber()) {
      throw member.error("a number is needed");
    }
    if (member.node.isFloatingPointNumber()) {
      return Math.round(member.node.doubleValue());
    }
    if (!member.node.canConvertToLong()) {
      throw member.error("the number does not fit 64 bits");
    }
    return member.node.longValue();
  }

  long number(String name) {
    Long number = numberOrNull(name);
    if (number == null) {
      throw error("\"" + name + "\" is missing");
    }
    return number;
  }

  int smallNumber(String name) {
    long number = number(name);
    if (number != (int) number) {
      throw error("\"" + name + "\" is out of range: " + number);
    }
    return (int) number;
  }

  boolean flag(String name) {
    JsonReading member = member(name);
    if (!member.node.isBoolean()) {
      throw member.error("true or false is needed");
    }
    return member.node.booleanValue();
  }

  /** Makes a value; what the value itself refuses is told with this place. */
  <T> T checked(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }
}
