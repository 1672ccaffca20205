package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgrammaticUnitTest {

  @ParameterizedTest
  @CsvSource({
    "byte,1",
    "byte * 2^20,1048576",
    "byte*2^30,1073741824",
    "byte * 2 ^ 20,1048576",
    "byte*1024*1024,1048576",
    "byte * 10^9,1000000000",
    "MegaBytes,1048576",
    "megabyte,1048576",
    "KB,1024",
    "GB,1073741824",
    "TeraBytes,1099511627776",
    "GigaBytes,1073741824",
    "bytes,1",
    "MiB,1048576",
    "byte * 2^40 / 2^10,1073741824",
    "byte / 2 ^ -20,1048576",
    "bit * 8,1"
  })
  void readsBytes(String text, long bytes) {
    ProgrammaticUnit unit = ProgrammaticUnit.parse(text).orElseThrow();
    assertThat(unit.base()).isEqualTo("byte");
    assertThat(unit.inBase(BigInteger.ONE)).hasValue(bytes);
  }

  @ParameterizedTest
  @CsvSource({"hertz * 10^6,1000000", "MHz,1000000", "MegaHertz,1000000", "Hertz*10^9,1000000000"})
  void readsHertz(String text, long hertz) {
    ProgrammaticUnit unit = ProgrammaticUnit.parse(text).orElseThrow();
    assertThat(unit.base()).isEqualTo("hertz");
    assertThat(unit.inBase(BigInteger.ONE)).hasValue(hertz);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "byte *",
        "byte 2",
        "byte ^ 2",
        "byte * 0",
        "byte * 2^999",
        "2^20",
        "{u}"
      })
  void refusesOthers(String text) {
    assertThat(ProgrammaticUnit.parse(text)).isEmpty();
  }

  @Test
  void saysNothingRatherThanSomethingInexact() {
    ProgrammaticUnit bit = ProgrammaticUnit.parse("bit").orElseThrow();
    assertThat(bit.inBase(BigInteger.ONE)).isEmpty();
    ProgrammaticUnit huge = ProgrammaticUnit.parse("byte * 2^63").orElseThrow();
    assertThat(huge.inBase(BigInteger.ONE)).isEmpty();
  }

  @Property
  void roundTrips(
      @ForAll @LongRange(min = 0, max = 1L << 20) long quantity,
      @ForAll @IntRange(max = 42) int power) {
    ProgrammaticUnit unit = ProgrammaticUnit.parse("byte * 2^" + power).orElseThrow();
    assertThat(unit.inBase(BigInteger.valueOf(quantity))).hasValue(quantity << power);
    assertThat(ProgrammaticUnit.parse(unit.toString())).contains(unit);
  }
}
