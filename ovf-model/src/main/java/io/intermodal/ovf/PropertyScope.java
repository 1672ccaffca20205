package io.intermodal.ovf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds the properties an entity sees, its own before those of the collections around it, with the
 * values of one configuration. References are put in once; what comes in is not looked at again, so
 * no circle can form.
 */
final class PropertyScope {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}]{1,200})}");

  private final List<ProductProperty> properties;
  private final Map<String, String> values = new LinkedHashMap<>();

  private final PropertyRoom room;

  PropertyScope(
      List<ProductProperty> properties, @Nullable String configuration, PropertyRoom room) {
    this.room = room;
    this.properties = List.copyOf(properties);
    for (ProductProperty property : properties) {
      String value = property.valueIn(configuration);
      if (value != null) {
        values.putIfAbsent(property.fullKey(), value);
      }
    }
  }

  /** Makes the scope of everything in the envelope, for what stands outside of machines. */
  static PropertyScope whole(List<Section.Product> products, @Nullable String configuration) {
    List<ProductProperty> all = new ArrayList<>();
    products.forEach(p -> all.addAll(p.properties()));
    return new PropertyScope(all, configuration, new PropertyRoom());
  }

  /** Puts values in the place of references; an unknown one stays as it is. */
  String resolve(String text) {
    if (!text.contains("${")) {
      return text;
    }
    StringBuilder resolved = new StringBuilder();
    Matcher reference = REFERENCE.matcher(text);
    int end = 0;
    while (reference.find()) {
      String value = values.getOrDefault(reference.group(1), reference.group());
      room.takeCharacters(reference.start() - end + value.length());
      resolved.append(text, end, reference.start()).append(value);
      end = reference.end();
    }
    return resolved.append(text, end, text.length()).toString();
  }

  List<Machine.EffectiveProperty> effective() {
    List<Machine.EffectiveProperty> list = new ArrayList<>();
    for (ProductProperty property : properties) {
      String value = values.get(property.fullKey());
      list.add(new Machine.EffectiveProperty(property, value == null ? null : resolve(value)));
    }
    return list;
  }
}
