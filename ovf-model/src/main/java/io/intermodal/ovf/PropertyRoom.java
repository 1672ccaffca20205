package io.intermodal.ovf;

import io.intermodal.IntermodalException;

/**
 * Bounds what properties may grow to. Every machine sees those of the collections around it, and a
 * value may hold another one many times, so a small descriptor could ask for any amount of memory.
 */
final class PropertyRoom {

  private static final int MOST_PROPERTIES = 1_000_000;
  private static final int MOST_CHARACTERS = 16 << 20;

  private long properties;
  private long characters;

  /** Counts what one system or collection sees. */
  void takeProperties(int number) {
    properties += number;
    check(properties, MOST_PROPERTIES, "properties, counted for each system that sees them,");
  }

  /** Counts what was put in the place of references. */
  void takeCharacters(int number) {
    characters += number;
    check(characters, MOST_CHARACTERS, "characters of properties with references put in");
  }

  private static void check(long used, long most, String what) {
    if (used > most) {
      throw new IntermodalException(
          OvfError.PACKAGE_LIMIT,
          "cannot work out the properties: the " + what + " are over the bound of " + most);
    }
  }
}
