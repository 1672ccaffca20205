package io.intermodal.ovf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the properties an entity sees, its own before those of the collections around it, with the
 * values of one configuration. A property that the configuration does not have is left out.
 */
final class PropertyScope {

  private final List<ProductProperty> properties;
  private final @Nullable String configuration;
  private final GivenValues given;
  private final PropertyRoom room;
  private final Map<String, ProductProperty> named = new HashMap<>();

  PropertyScope(
      List<ProductProperty> properties,
      @Nullable String configuration,
      GivenValues given,
      PropertyRoom room) {
    this.properties = properties.stream().filter(p -> p.existsIn(configuration)).toList();
    this.configuration = configuration;
    this.given = given;
    this.room = room;
    // The first with a value counts, as it is the entity's own or of the nearest collection.
    for (ProductProperty property : this.properties) {
      if (given.valueIn(property, configuration) != null) {
        named.putIfAbsent(property.fullKey(), property);
      }
    }
  }

  /** Makes the scope of everything in the envelope, for what stands outside of machines. */
  static PropertyScope whole(List<Section.Product> products, @Nullable String configuration) {
    List<ProductProperty> all = new ArrayList<>();
    products.forEach(p -> all.addAll(p.properties()));
    return new PropertyScope(all, configuration, GivenValues.none(), new PropertyRoom());
  }

  /** Puts values in the place of references; an unknown one stays as it is. */
  String resolve(String text) {
    return resolved(text).text();
  }

  private PropertyReferences.Resolved resolved(String text) {
    return PropertyReferences.resolve(text, this::find, room);
  }

  private PropertyReferences.@Nullable Named find(String fullKey) {
    ProductProperty property = named.get(fullKey);
    String value = property == null ? null : given.valueIn(property, configuration);
    return property == null || value == null
        ? null
        : new PropertyReferences.Named(value, property.password());
  }

  /** Returns each property with its value; one that took in a secret is a secret itself. */
  List<Machine.EffectiveProperty> effective() {
    List<Machine.EffectiveProperty> list = new ArrayList<>();
    for (ProductProperty property : properties) {
      String value = given.valueIn(property, configuration);
      if (value == null || given.has(property)) {
        list.add(new Machine.EffectiveProperty(property, value));
      } else {
        PropertyReferences.Resolved resolved = resolved(value);
        list.add(
            new Machine.EffectiveProperty(
                resolved.secret() ? property.hidden() : property, resolved.text()));
      }
    }
    return list;
  }
}
