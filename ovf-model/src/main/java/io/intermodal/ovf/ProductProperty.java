package io.intermodal.ovf;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Is a property that a deployer may set (DSP0243 "ProductSection"). Its values are kept out of
 * {@link #toString()} when it is a password.
 *
 * @param key the key as written
 * @param fullKey the key in the environment: {@code [class.]key[.instance]}
 * @param type the type as written; null when absent
 * @param qualifiers as written; null when absent
 * @param value the value for every configuration; null when absent
 * @param configurationValues the values for single configurations, by id
 * @param userConfigurable whether a deployer may change it; false where nothing is said
 * @param password whether the value is a secret: marked so, or of a type or key that says so
 * @param label null when absent
 * @param description null when absent
 * @param category the heading above it; null when absent
 */
public record ProductProperty(
    String key,
    String fullKey,
    @Nullable String type,
    @Nullable String qualifiers,
    @Nullable String value,
    Map<String, String> configurationValues,
    boolean userConfigurable,
    boolean password,
    @Nullable String label,
    @Nullable String description,
    @Nullable String category) {

  /** Copies the map. */
  public ProductProperty {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(fullKey, "fullKey");
    configurationValues = Map.copyOf(configurationValues);
  }

  /** Returns the value in a configuration; null when neither it nor all have one. */
  public @Nullable String valueIn(@Nullable String configuration) {
    String special = configuration == null ? null : configurationValues.get(configuration);
    return special != null ? special : value;
  }

  /** Names the property; the value only when it is no secret. */
  @Override
  public String toString() {
    return fullKey + "=" + (password ? "***" : value);
  }
}
