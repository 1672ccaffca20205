package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.ovf.PropertyType.Kind;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyTypeTest {

  @ParameterizedTest
  @CsvSource({
    "string, STRING",
    "String, STRING",
    "BOOLEAN, BOOLEAN",
    "uint8, UINT8",
    "sint64, SINT64",
    "real32, REAL32",
    "int, INT",
    "int(1..9), INT",
    "real(0.5..), REAL",
    "ip, IP",
    "ip:VM Network, IP",
    "password, PASSWORD",
    "password(8..), PASSWORD",
    "expression, EXPRESSION",
    "string(1..8), STRING",
    "'string[dhcp,static]', STRING",
    "nosuchtype, UNKNOWN",
    "uint7, UNKNOWN",
    "string(, UNKNOWN",
    "string(x..y), UNKNOWN",
    "string(..), UNKNOWN",
    "string[], UNKNOWN",
    "boolean(1..2), UNKNOWN",
    "ip:, UNKNOWN",
    "string:x, UNKNOWN",
    "string(1..8) more, UNKNOWN",
    "'', UNKNOWN"
  })
  void readsTypes(String text, Kind kind) {
    PropertyType type = PropertyType.parse(text);
    assertThat(type.kind()).isEqualTo(kind);
    assertThat(type.text()).isEqualTo(text);
  }

  @Test
  void readsWhatIsInBrackets() {
    assertThat(PropertyType.parse("string[\"a, b\", 'c]', d]").choices())
        .containsExactly("a, b", "c]", "d");
    assertThat(PropertyType.parse("ip:\"Net, (1)\"").network()).isEqualTo("Net, (1)");
    assertThat(PropertyType.parse("ip:My Net").network()).isEqualTo("My Net");
    PropertyType range = PropertyType.parse("string( 2 .. 5 )");
    assertThat(range.minimum()).isEqualByComparingTo("2");
    assertThat(range.maximum()).isEqualByComparingTo("5");
  }

  @ParameterizedTest
  @CsvSource({
    "uint8, 0",
    "uint8, 255",
    "uint8, +7",
    "uint8, ' 7 '",
    "uint64, 18446744073709551615",
    "sint8, -128",
    "sint64, -9223372036854775808",
    "int, -5",
    "int(1..9), 9",
    "boolean, True",
    "boolean, FALSE",
    "real32, 4.5",
    "real32, -.5e-3",
    "real64, 1e300",
    "real(0.5..2), 2",
    "ip, 192.0.2.1",
    "ip, 2001:db8::1",
    "ip, ::",
    "ip, ::ffff:192.0.2.1",
    "ip, 1:2:3:4:5:6:7:8",
    "string(1..3), äöü",
    "string[a], a",
    "nosuchtype, anything",
    "string, ''"
  })
  void takesValues(String type, String value) {
    assertThat(PropertyType.parse(type).check(value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uint8 | 256 | must be a whole number from 0 to 255",
        "uint8 | -1 | must be a whole number from 0 to 255",
        "uint8 | 1.0 | must be a whole number from 0 to 255",
        "uint8 | '' | must be a whole number from 0 to 255",
        "uint16 | 1 1 | must be a whole number from 0 to 65535",
        "uint64 | 18446744073709551616 | must be a whole number from 0 to 18446744073709551615",
        "sint8 | 128 | must be a whole number from -128 to 127",
        "int(1..9) | 10 | must be at most 9",
        "int(1..9) | 0 | must be at least 1",
        "boolean | yes | must be true or false",
        "boolean | 1 | must be true or false",
        "real32 | 1e39 | must be a number as 4.5 or 1.5e3 that fits 32 bits",
        "real64 | 1e309 | must be a number as 4.5 or 1.5e3 that fits 64 bits",
        "real64 | 1e99999 | must be a number as 4.5 or 1.5e3 that fits 64 bits",
        "real64 | . | must be a number as 4.5 or 1.5e3 that fits 64 bits",
        "string(2..3) | x | must have at least 2 characters",
        "password(..1) | xy | must have at most 1 character",
        "string[dhcp,static] | auto | must be one of dhcp, static",
        "ip | localhost | must be an IPv4 or IPv6 address, as 192.0.2.1 or 2001:db8::1",
        "ip | 192.0.2 | must be an IPv4 or IPv6 address, as 192.0.2.1 or 2001:db8::1",
        "ip | 192.0.2.256 | must be an IPv4 or IPv6 address, as 192.0.2.1 or 2001:db8::1",
        "ip | 192.0.02.1 | must be an IPv4 or IPv6 address, as 192.0.2.1 or 2001:db8::1",
        "ip | 1:2:3:4:5:6:7:8:9 | must be an IPv4 or IPv6 address, as 192.0.2.1 or 2001:db8::1",
        "ip | 1::2::3 | must be an IPv4 or IPv6 address, as 192.0.2.1 or 2001:db8::1",
        "ip | fe80::1%eth0 | must be an IPv4 or IPv6 address, as 192.0.2.1 or 2001:db8::1"
      })
  void refusesValues(String type, String value, String problem) {
    assertThat(PropertyType.parse(type).check(value)).containsExactly(problem);
  }

  @Property
  void wholeNumbersHaveTheRangeOfTheirBits(@ForAll BigInteger number) {
    for (int bits : new int[] {8, 16, 32, 64}) {
      boolean signed = number.bitLength() < bits;
      boolean unsigned = number.signum() >= 0 && number.bitLength() <= bits;
      String text = number.toString();
      assertThat(PropertyType.parse("sint" + bits).check(text).isEmpty()).isEqualTo(signed);
      assertThat(PropertyType.parse("uint" + bits).check(text).isEmpty()).isEqualTo(unsigned);
    }
  }

  @Property
  void anyTextIsATypeOrUnknown(
      @ForAll
          @CharRange(from = 'a', to = 'z')
          @Chars({'(', ')', '[', ']', '"', '\'', '\\', ',', '.', ':', ' ', '1', '9'})
          String text,
      @ForAll String value) {
    for (String prefix : List.of("", "string", "ip:", "int(", "string[")) {
      PropertyType type = PropertyType.parse(prefix + text);
      assertThat(type.text()).isEqualTo(prefix + text);
      assertThat(type.check(value)).allMatch(problem -> problem.startsWith("must "));
    }
  }

  @Test
  void longTextsTakeLittleTime() {
    String choices = "string[" + "\"a\\\",\",".repeat(500_000) + "b]";
    String open = "string[" + "[(".repeat(1_000_000);
    String digits = "9".repeat(2_000_000);
    org.junit.jupiter.api.Assertions.assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          assertThat(PropertyType.parse(choices).choices()).hasSize(500_001);
          assertThat(PropertyType.parse(open).kind()).isEqualTo(Kind.UNKNOWN);
          assertThat(PropertyType.parse("uint64").check(digits)).isNotEmpty();
          assertThat(PropertyType.parse("real64").check(digits)).isNotEmpty();
          assertThat(PropertyType.parse("ip").check(digits)).isNotEmpty();
          assertThat(PropertyType.parse("int(" + digits + "..)").kind()).isEqualTo(Kind.UNKNOWN);
        });
  }
}
