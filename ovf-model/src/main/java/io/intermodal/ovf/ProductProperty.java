package io.intermodal.ovf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Is a property that a deployer may set (DSP0243 "ProductSection"). Its values are kept out of
 * {@link #toString()} when it is a password.
 *
 * @param key the key as written
 * @param fullKey the key in the environment: {@code [class.]key[.instance]}
 * @param type the type; null when absent
 * @param qualifiers OVF's and after them VMware's; none when absent
 * @param value the value for every configuration: that of the property or, where that is empty, of
 *     a {@code Value} for no single one; null when absent
 * @param configurationValues the values for single configurations, by id
 * @param configurations the configurations it exists in (2.x); empty for all
 * @param userConfigurable whether a deployer may change it; false where nothing is said
 * @param password whether the value is a secret: marked so, or of a type or key that says so
 * @param label null when absent
 * @param description null when absent
 * @param category the heading above it; null when absent
 */
public record ProductProperty(
    String key,
    String fullKey,
    @Nullable PropertyType type,
    PropertyQualifiers qualifiers,
    @Nullable String value,
    Map<String, String> configurationValues,
    List<String> configurations,
    boolean userConfigurable,
    boolean password,
    @Nullable String label,
    @Nullable String description,
    @Nullable String category) {

  /** Copies the collections. */
  public ProductProperty {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(fullKey, "fullKey");
    Objects.requireNonNull(qualifiers, "qualifiers");
    configurationValues = Map.copyOf(configurationValues);
    configurations = List.copyOf(configurations);
  }

  /** Returns the value in a configuration; null when neither it nor all have one. */
  public @Nullable String valueIn(@Nullable String configuration) {
    String special = configuration == null ? null : configurationValues.get(configuration);
    return special != null ? special : value;
  }

  /**
   * Tells whether the property exists in a configuration (2.x, DSP8023 {@code
   * Property@configuration}).
   *
   * @param configuration null when the envelope has no options
   */
  public boolean existsIn(@Nullable String configuration) {
    return configurations.isEmpty()
        || (configuration != null && configurations.contains(configuration));
  }

  /** Returns what the values are; {@code UNKNOWN} when no type is stated. */
  public PropertyType.Kind kind() {
    return type == null ? PropertyType.Kind.UNKNOWN : type.kind();
  }

  /** Tells whether the platform gives a value when the deployer gives none. */
  public boolean filledByPlatform() {
    return (type != null && type.filledByPlatform()) || qualifiers.platformValue().isPresent();
  }

  /**
   * Says what is wrong with a value by type and qualifiers, each as the end of a sentence: "must
   * have at least 8 characters". The value is not repeated: it may be a secret.
   *
   * @return nothing when the value can be given
   */
  public List<String> check(String value) {
    List<String> problems = new ArrayList<>();
    if (type != null) {
      problems.addAll(type.check(value));
    }
    qualifiers.check(kind(), value).stream()
        .filter(problem -> !problems.contains(problem))
        .forEach(problems::add);
    return List.copyOf(problems);
  }

  /**
   * Says what is wrong with a value that an author gives, as {@link #check} does. An empty one asks
   * the deployer for a value, and of one with <code>${name}</code> it is not known before the
   * deployment.
   */
  public List<String> checkDefault(String value) {
    return value.isEmpty() || value.contains("${") ? List.of() : check(value);
  }

  /**
   * Tells by its key and type whether a property is taken for a secret where nothing marks it as
   * one: {@code client_secret}, {@code admin-password}.
   *
   * @param type as written; null when there is none
   */
  public static boolean isSecretBy(String key, @Nullable String type) {
    return Secrets.named(key, type);
  }

  /** Returns the same property as a secret. */
  ProductProperty hidden() {
    return new ProductProperty(
        key,
        fullKey,
        type,
        qualifiers,
        value,
        configurationValues,
        configurations,
        userConfigurable,
        true,
        label,
        description,
        category);
  }

  /** Names the property; the value only when it is no secret. */
  @Override
  public String toString() {
    return fullKey + "=" + (password ? "***" : value);
  }
}
