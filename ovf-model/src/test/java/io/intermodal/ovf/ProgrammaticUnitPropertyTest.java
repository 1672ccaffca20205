package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Checks the grammar of DSP0004 and the words before it with units made by rule. */
class ProgrammaticUnitPropertyTest {

  private static final String BLANKS = " \t\n\r";

  /**
   * Is one factor of a unit.
   *
   * @param times whether it is written with an asterisk; a negative exponent turns it round
   */
  record Factor(boolean times, int number, Optional<Integer> exponent) {

    boolean up() {
      return times == (exponent.orElse(1) >= 0);
    }

    BigInteger value() {
      return BigInteger.valueOf(number).pow(Math.abs(exponent.orElse(1)));
    }

    List<String> tokens(boolean plus) {
      String sign = times ? "*" : "/";
      return exponent
          .map(e -> List.of(sign, "" + number, "^", (plus && e >= 0 ? "+" : "") + e))
          .orElse(List.of(sign, "" + number));
    }
  }

  @Provide
  Arbitrary<List<Factor>> factors() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.integers().between(1, 2000),
            Arbitraries.integers().between(-40, 40).optional())
        .as(Factor::new)
        .list()
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> blanks() {
    return Arbitraries.strings().withChars(BLANKS).ofMaxLength(3);
  }

  @Property
  void readsEveryUnitExactly(
      @ForAll("factors") List<Factor> factors,
      @ForAll("blanks") String blank,
      @ForAll boolean plus,
      @ForAll boolean upper) {
    StringBuilder text = new StringBuilder(blank).append(upper ? "BYTE" : "byte").append(blank);
    BigInteger numerator = BigInteger.ONE;
    BigInteger denominator = BigInteger.ONE;
    for (Factor factor : factors) {
      factor.tokens(plus).forEach(t -> text.append(t).append(blank));
      numerator = factor.up() ? numerator.multiply(factor.value()) : numerator;
      denominator = factor.up() ? denominator : denominator.multiply(factor.value());
    }
    ProgrammaticUnit unit = ProgrammaticUnit.parse(text.toString()).orElseThrow();
    assertThat(unit.base()).isEqualTo("byte");
    // Compared crosswise: the unit may hold the fraction in lower terms.
    assertThat(unit.numerator().multiply(denominator))
        .isEqualTo(unit.denominator().multiply(numerator));
    assertThat(unit.inBase(denominator)).isEqualTo(whole(numerator));
    assertThat(ProgrammaticUnit.parse(unit.toString())).isEqualTo(reparsable(unit));
  }

  /** A factor written out may be longer than a number may be; it is then refused, not cut. */
  private static Optional<ProgrammaticUnit> reparsable(ProgrammaticUnit unit) {
    boolean fits =
        unit.numerator().toString().length() <= 30 && unit.denominator().toString().length() <= 30;
    return fits ? Optional.of(unit) : Optional.empty();
  }

  private static OptionalLong whole(BigInteger number) {
    return number.bitLength() < Long.SIZE
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  @Property
  void refusesAUnitWithOneTokenTooManyOrTooFew(
      @ForAll("factors") List<Factor> factors,
      @ForAll("blanks") String blank,
      @ForAll("wrong") String wrong) {
    StringBuilder text = new StringBuilder("byte");
    factors.forEach(f -> f.tokens(false).forEach(t -> text.append(blank).append(t)));
    assertThat(ProgrammaticUnit.parse(text + blank + wrong)).isEmpty();
    assertThat(ProgrammaticUnit.parse(wrong + blank + text)).isEmpty();
  }

  @Provide
  Arbitrary<String> wrong() {
    return Arbitraries.of(
        "*",
        "/",
        "^",
        "* ^ 2",
        "* 2 ^",
        "* 2 ^ ^ 2",
        "* -2",
        "* 2.5",
        "* 2 ^ 2.5",
        "* byte",
        "()",
        "* 0",
        "/ 0",
        "* 2 ^ 1000",
        "% 2",
        "*+2",
        "* 2 3",
        "\u00b2",
        "* 2 ^ - 3",
        "\u0000",
        ", byte");
  }

  @Property
  void readsTheWordsOfOlderTools(
      @ForAll("words") Tuple.Tuple2<String, Integer> word, @ForAll("blanks") String blank) {
    for (String text :
        List.of(word.get1(), word.get1().toUpperCase(Locale.ROOT), blank + word.get1() + blank)) {
      assertThat(ProgrammaticUnit.parse(text))
          .as(text)
          .contains(new ProgrammaticUnit("byte", BigInteger.TWO.pow(word.get2()), BigInteger.ONE));
    }
  }

  @Provide
  Arbitrary<Tuple.Tuple2<String, Integer>> words() {
    List<List<String>> prefixes =
        List.of(
            List.of("k", "kilo", "ki", "kibi"),
            List.of("m", "mega", "mi", "mebi"),
            List.of("g", "giga", "gi", "gibi"),
            List.of("t", "tera", "ti", "tebi"));
    return Combinators.combine(
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of("b", "byte", "bytes"))
        .as((power, form, end) -> Tuple.of(prefixes.get(power).get(form) + end, 10 * (power + 1)));
  }
}
