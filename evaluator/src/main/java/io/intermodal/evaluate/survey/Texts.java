package io.intermodal.evaluate.survey;

import java.util.Objects;

/** What the values of this package refuse. */
final class Texts {
  private Texts() {}

  static void require(String value, String component) {
    if (Objects.requireNonNull(value, component).isBlank()) {
      throw new IllegalArgumentException(component + " must not be blank");
    }
  }
}
