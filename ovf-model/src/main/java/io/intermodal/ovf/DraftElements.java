package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes elements of a draft in the namespace of its version. */
final class DraftElements {

  private final String namespace;

  DraftElements(String namespace) {
    this.namespace = namespace;
  }

  XmlElement.Builder section(String name, String info) {
    return ovf(name).add(text("Info", info));
  }

  XmlElement.Builder ovf(String name) {
    return XmlElement.builder(new XmlName(namespace, name, ""));
  }

  XmlName attribute(String name) {
    return new XmlName(namespace, name, "ovf");
  }

  XmlElement text(String name, String text) {
    return ovf(name).text(text).build();
  }

  /** Adds an attribute that may be absent. */
  void attribute(XmlElement.Builder to, String name, @Nullable Object value) {
    if (value != null) {
      to.attribute(attribute(name), value.toString());
    }
  }

  static XmlName vmware(String name) {
    return new XmlName(Dialect.VMW, name, "vmw");
  }

  static XmlElement vssd(String name, String text) {
    return XmlElement.builder(new XmlName(Dialect.VSSD, name, "vssd")).text(text).build();
  }

  /** Collects the children of an item, sorted: the schema's sequence is alphabetical. */
  static Map<String, String> fields(@Nullable String... pairs) {
    Map<String, String> fields = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      String key = pairs[i];
      String value = pairs[i + 1];
      if (key != null && value != null) {
        fields.put(key, value);
      }
    }
    return fields;
  }

  XmlElement.Builder item(String id, String name, int type, Map<String, String> fields) {
    return item(ovf("Item"), id, name, type, fields);
  }

  /** Fills an item whose attributes are there. */
  XmlElement.Builder item(
      XmlElement.Builder item, String id, String name, int type, Map<String, String> fields) {
    fields.put("InstanceID", id);
    fields.put("ElementName", name);
    fields.put("ResourceType", String.valueOf(type));
    fields.forEach(
        (k, v) ->
            item.add(XmlElement.builder(new XmlName(Dialect.RASD, k, "rasd")).text(v).build()));
    return item;
  }
}
