package io.intermodal.ovf;

import io.intermodal.ovf.internal.Texts;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Computes capacities; exact, or absent. */
final class Capacities {

  private Capacities() {}

  /** Returns the capacity with the values of a scope put in; null when it cannot be known. */
  static @Nullable Long of(Disk disk, PropertyScope scope) {
    String text = disk.capacityText();
    return text == null ? null : bytes(scope.resolve(text).strip(), disk.capacityUnits());
  }

  static @Nullable Long bytes(String quantity, @Nullable String units) {
    return Texts.areDigits(quantity, 60) ? bytes(new BigInteger(quantity), units) : null;
  }

  static @Nullable Long bytes(BigInteger quantity, @Nullable String units) {
    Optional<ProgrammaticUnit> unit =
        units == null ? Optional.of(ProgrammaticUnit.BYTE) : ProgrammaticUnit.parse(units);
    if (unit.isEmpty() || !unit.get().base().equals("byte")) {
      return null;
    }
    OptionalLong bytes = unit.get().inBase(quantity);
    return bytes.isPresent() ? bytes.getAsLong() : null;
  }
}
