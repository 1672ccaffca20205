package io.intermodal.hypervisor;

import java.util.Objects;

/**
 * Keeps one setting that only one product knows, so that the format it came from can write it back.
 *
 * @param namespace whose setting it is: a URI, or the id of a descriptor format
 * @param name name within the namespace
 * @param value value as text
 */
public record Extra(String namespace, String name, String value) {

  /** Validates that all parts are there. */
  public Extra {
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }
}
