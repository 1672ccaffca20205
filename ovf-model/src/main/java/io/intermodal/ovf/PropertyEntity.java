package io.intermodal.ovf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is a system, a collection or the envelope itself, with the properties that it declares and that
 * one configuration has. Properties of the entities around it are found through {@code parent}.
 */
final class PropertyEntity {

  final @Nullable String id;
  final @Nullable PropertyEntity parent;
  final boolean machine;
  final List<ProductProperty> own;
  final List<PropertyEntity> members = new ArrayList<>();
  private final Map<String, ProductProperty> byKey = new HashMap<>();
  private final Map<String, ProductProperty> valued = new HashMap<>();

  private PropertyEntity(
      @Nullable String id,
      @Nullable PropertyEntity parent,
      boolean machine,
      List<Section> sections,
      @Nullable String configuration) {
    this.id = id;
    this.parent = parent;
    this.machine = machine;
    own =
        sections.stream()
            .filter(Section.Product.class::isInstance)
            .flatMap(s -> ((Section.Product) s).properties().stream())
            .filter(p -> p.existsIn(configuration))
            .toList();
    for (ProductProperty property : own) {
      byKey.putIfAbsent(property.fullKey(), property);
      if (property.valueIn(configuration) != null) {
        valued.putIfAbsent(property.fullKey(), property);
      }
    }
  }

  /** Makes the tree of an envelope. */
  static PropertyEntity of(Envelope envelope, @Nullable String configuration) {
    PropertyEntity root = new PropertyEntity(null, null, false, envelope.sections(), configuration);
    root.add(envelope.contents(), configuration);
    return root;
  }

  private void add(List<Content> contents, @Nullable String configuration) {
    for (Content content : contents) {
      boolean system = content instanceof Content.VirtualSystem;
      PropertyEntity entity =
          new PropertyEntity(content.id(), this, system, content.sections(), configuration);
      members.add(entity);
      if (content instanceof Content.VirtualSystemCollection group) {
        entity.add(group.members(), configuration);
      }
    }
  }

  /** Adds this entity and all in it, in order of the document. */
  void addTo(List<PropertyEntity> all) {
    all.add(this);
    members.forEach(member -> member.addTo(all));
  }

  /** Finds what this entity declares; the first of two with one key. */
  @Nullable ProductProperty own(String fullKey) {
    return byKey.get(fullKey);
  }

  /**
   * Finds what a reference in this entity names: its own before those around it. Of two with one
   * key the first with a value counts, as for {@link PropertyScope}.
   */
  PropertyReferences.@Nullable Named find(
      String fullKey, GivenValues given, @Nullable String configuration) {
    for (PropertyEntity at = this; at != null; at = at.parent) {
      PropertyReferences.Named named = named(at.byKey, fullKey, given, configuration);
      if (named == null) {
        named = named(at.valued, fullKey, given, configuration);
      }
      if (named != null) {
        return named;
      }
    }
    return null;
  }

  private static PropertyReferences.@Nullable Named named(
      Map<String, ProductProperty> in,
      String fullKey,
      GivenValues given,
      @Nullable String configuration) {
    ProductProperty property = in.get(fullKey);
    String value = property == null ? null : given.valueIn(property, configuration);
    return property == null || value == null
        ? null
        : new PropertyReferences.Named(value, property.password());
  }
}
