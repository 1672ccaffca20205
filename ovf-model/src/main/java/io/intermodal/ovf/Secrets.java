package io.intermodal.ovf;

import io.intermodal.ovf.internal.SecretNames;
import org.jspecify.annotations.Nullable;

/** Knows which properties to keep to itself. */
final class Secrets {

  private Secrets() {}

  static boolean named(String key, @Nullable String type) {
    return holds(key, type == null ? null : PropertyType.parse(type));
  }

  static boolean holds(String key, @Nullable PropertyType type) {
    return SecretNames.matches(key) || (type != null && type.isSecret());
  }
}
