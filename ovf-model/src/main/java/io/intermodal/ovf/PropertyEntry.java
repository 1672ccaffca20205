package io.intermodal.ovf;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Is a property with the value it would be deployed with.
 *
 * @param entityId the system or collection that declares it; null when that has no id
 * @param value the value with references put in; null when there is none
 * @param origin where the value is from
 * @param state whether it can be deployed so
 * @param secret whether the value is a secret: the property is one, or a reference put one in
 * @param problems what is wrong with the value, each as the end of a sentence; a missing value's
 *     tell what is asked for
 * @param unresolved names in references that stand for nothing
 */
public record PropertyEntry(
    @Nullable String entityId,
    ProductProperty property,
    @Nullable String value,
    Origin origin,
    State state,
    boolean secret,
    List<String> problems,
    List<String> unresolved) {

  /** Tells where a value is from. */
  public enum Origin {
    /** A deployer gave it. */
    USER,
    /** The chosen configuration has it. */
    CONFIGURATION,
    /** All configurations have it. */
    DEFAULT,
    /** There is none. */
    NONE
  }

  /** Tells whether a property can be deployed. */
  public enum State {
    /** It has a value it can have. */
    READY,
    /** A deployer must give a value first. */
    MISSING,
    /** The platform gives a value. */
    PLATFORM,
    /** It has no value, and a deployer may not give one. */
    EMPTY,
    /** It has a value it cannot have. */
    INVALID
  }

  /** Copies the lists. */
  public PropertyEntry {
    Objects.requireNonNull(property, "property");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(state, "state");
    problems = List.copyOf(problems);
    unresolved = List.copyOf(unresolved);
  }

  /**
   * Returns the key in the environment, after the entity's id where that is known: {@code vm/key}.
   */
  public String path() {
    return entityId == null ? property.fullKey() : entityId + "/" + property.fullKey();
  }

  /** Names the property; the value only when it is no secret. */
  @Override
  public String toString() {
    return path() + "=" + (secret ? "***" : value) + " " + state;
  }
}
