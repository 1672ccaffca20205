package io.intermodal.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RulesTextPropertiesTest {
  private static final String ALPHABET = " \n\r\t()=,.*\"\\#123abczASFW\u0000\u00e4\ud800:-_";
  private static final String[] PARTS = {
    "not ",
    "and ",
    "or ",
    "(",
    ")",
    "score(",
    "all(",
    "any(",
    " is ",
    "at least ",
    "SUCCESS",
    "3.1.a is FAILURE when ",
    "relax ",
    "2.3.b",
    "1.*",
    "2.5.a..2.5.zz",
    "\"",
    "\n",
    "preset TIOSA",
    "set ping.packets = ",
    "99999999999999999999",
    "because ",
    "agreed by ",
    "including FAILURE"
  };

  @Provide
  Arbitrary<Rules> rules() {
    return AnyRules.rules();
  }

  @Property(tries = 300)
  void textIsReadBack(@ForAll("rules") Rules rules) {
    String text = rules.toText();
    assertThat(Rules.parse(text)).isEqualTo(rules);
    assertThat(Rules.parse(text).toText()).isEqualTo(text);
  }

  /**
   * Whatever is done to a text, it is read or refused with a place; and what is read is written.
   */
  @Property(tries = 400, seed = "20121112")
  void mutatedTextIsReadOrRefused(@ForAll("rules") Rules rules, @ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(rules.toText());
    for (int i = 0; i < 20; i++) {
      mutate(text, random);
      try {
        Rules read = Rules.parse(text.toString());
        assertThat(Rules.parse(read.toText())).isEqualTo(read);
      } catch (RuleSyntaxException e) {
        assertThat(e.line()).isPositive();
        assertThat(e.column()).isPositive();
        assertThat(e.getMessage()).hasSizeLessThan(600);
      }
    }
  }

  private static void mutate(StringBuilder text, Random random) {
    int at = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), at + random.nextInt(12));
    switch (random.nextInt(5)) {
      case 0 -> text.delete(at, to);
      case 1 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      case 2 -> text.insert(at, PARTS[random.nextInt(PARTS.length)]);
      case 3 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, to));
      default -> text.insert(at, PARTS[random.nextInt(PARTS.length)].repeat(random.nextInt(60)));
    }
  }
}
