package io.intermodal.ovf;

import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the values a deployer gave. They belong to one declaration: two machines may declare equal
 * properties and be given different values. Immutable.
 */
final class GivenValues {

  private static final GivenValues NONE = new GivenValues(new IdentityHashMap<>());

  private final IdentityHashMap<ProductProperty, String> values;

  private GivenValues(IdentityHashMap<ProductProperty, String> values) {
    this.values = values;
  }

  static GivenValues none() {
    return NONE;
  }

  GivenValues with(ProductProperty property, String value) {
    IdentityHashMap<ProductProperty, String> more = new IdentityHashMap<>(values);
    more.put(property, value);
    return new GivenValues(more);
  }

  boolean has(ProductProperty property) {
    return values.containsKey(property);
  }

  /** Returns what was given, else what the configuration has, else what all have; null for none. */
  @Nullable String valueIn(ProductProperty property, @Nullable String configuration) {
    String own = values.get(property);
    return own != null ? own : property.valueIn(configuration);
  }
}
