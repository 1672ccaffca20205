package io.intermodal.disk.internal.xva;

import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of XML-RPC. Texts may be typed or bare, and so may numbers: all that is not a struct or
 * an array is its text.
 *
 * @param text the characters of a plain value; empty otherwise
 * @param members the members of a struct; empty otherwise
 * @param items the values of an array; empty otherwise
 */
record RpcValue(String text, Map<String, RpcValue> members, List<RpcValue> items) {

  private static final RpcValue NOTHING = new RpcValue("", Map.of(), List.of());

  /** Reads a {@code <value>}, or what stands in one. */
  static RpcValue of(XmlElement element) {
    return switch (element.localName()) {
      case "value" ->
          element.childElements().isEmpty()
              ? plain(element.text())
              : of(element.childElements().get(0));
      case "struct" -> struct(element);
      case "array" -> array(element);
      default -> plain(element.text());
    };
  }

  private static RpcValue plain(String text) {
    return new RpcValue(text, Map.of(), List.of());
  }

  private static RpcValue struct(XmlElement element) {
    Map<String, RpcValue> members = new LinkedHashMap<>();
    for (XmlElement member : element.childElements()) {
      String name = member.element("", "name").map(XmlElement::text).orElse("");
      member.element("", "value").ifPresent(value -> members.put(name.strip(), of(value)));
    }
    return new RpcValue("", members, List.of());
  }

  private static RpcValue array(XmlElement element) {
    List<RpcValue> items = new ArrayList<>();
    for (XmlElement data : element.childElements()) {
      for (XmlElement value : data.childElements()) {
        items.add(of(value));
      }
    }
    return new RpcValue("", Map.of(), items);
  }

  /** Returns a member of a struct; a value of nothing when there is none. */
  RpcValue member(String name) {
    return members.getOrDefault(name, NOTHING);
  }

  /** Returns the text of a member; empty when there is none. */
  String textOf(String name) {
    return member(name).text().strip();
  }
}
