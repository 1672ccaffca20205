package io.intermodal.ovf;

import static org.assertj.core.api.Assertions.assertThat;

import io.intermodal.ovf.PropertyQualifiers.Filling;
import io.intermodal.ovf.PropertyQualifiers.PlatformValue;
import io.intermodal.ovf.PropertyQualifiers.Qualifier;
import io.intermodal.ovf.PropertyType.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyQualifiersTest {

  @Test
  void readsBounds() {
    for (String text :
        List.of("MinLen(1),MaxLen(253)", "minlen(1) MAXLEN ( 253 )", "MinLen{1};MaxLen[253]")) {
      PropertyQualifiers both = PropertyQualifiers.parse(text);
      assertThat(both.minLength()).as(text).contains(1);
      assertThat(both.maxLength()).as(text).contains(253);
      assertThat(both.notUnderstood()).as(text).isEmpty();
    }
    PropertyQualifiers values = PropertyQualifiers.parse("MinValue(1.0) MaxValue(10.67)");
    assertThat(values.minValue()).contains(new BigDecimal("1.0"));
    assertThat(values.maxValue()).contains(new BigDecimal("10.67"));
  }

  @Test
  void readsChoices() {
    assertThat(PropertyQualifiers.parse("ValueMap{1,2,3}").choices())
        .containsExactly("1", "2", "3");
    assertThat(
            PropertyQualifiers.parse(
                    "ValueMap{\"a\", \"\", \"q\\\"q\", \"c,c\", \"s\\\\s\", \"}\"}")
                .choices())
        .containsExactly("a", "", "q\"q", "c,c", "s\\s", "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ip | IP |",
        "Ip() | IP |",
        "ip(Management) | IP | Management",
        "Ip(VM Network) | IP | VM Network",
        "Ip(\"Network, (1)\") | IP | Network, (1)",
        "VimIp | VIMIP |",
        "AutoIp(\"n\") | AUTOIP | n",
        "Net(\"n\") | NET | n",
        "Netmask(\"n\") | NETMASK | n",
        "Gateway(\"n\") | GATEWAY | n",
        "DomainName | DOMAINNAME |",
        "HostPrefix | HOSTPREFIX |",
        "Dns | DNS |",
        "Subnet | SUBNET |",
        "SearchPath | SEARCHPATH |",
        "HttpProxy | HTTPPROXY |"
      })
  void readsWhatThePlatformIsAskedFor(String text, Filling filling, String network) {
    assertThat(PropertyQualifiers.parse(text).platformValue())
        .contains(new PlatformValue(filling, network));
    assertThat(PropertyQualifiers.parse("MaxLen(9), " + text).notUnderstood()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Foo(1)",
        "MinLen",
        "MinLen()",
        "MinLen(x)",
        "MinLen(-1)",
        "MinLen(1,2)",
        "MinLen(1",
        "ValueMap{\"a}",
        "ValueMap{}",
        "Ip(a,b)",
        "%",
        "MinValue(1e99999)",
        "ValueMap{\"a\" b}"
      })
  void namesWhatItDoesNotUnderstand(String text) {
    PropertyQualifiers qualifiers = PropertyQualifiers.parse(text);
    assertThat(qualifiers.notUnderstood()).isNotEmpty();
    assertThat(qualifiers.check(Kind.STRING, "value")).isEmpty();
    assertThat(qualifiers.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MinLen(3) | STRING | ab | must have at least 3 characters",
        "MaxLen(1) | STRING | ab | must have at most 1 character",
        "MinValue(10) | UINT8 | 9 | must be at least 10",
        "MaxValue(10) | REAL32 | 10.5 | must be at most 10",
        "ValueMap{\"a\",\"\"} | STRING | b | must be one of a, \"\""
      })
  void refusesValues(String text, Kind kind, String value, String problem) {
    assertThat(PropertyQualifiers.parse(text).check(kind, value)).containsExactly(problem);
  }

  @Test
  void countsCharactersAndNotTheirHalves() {
    assertThat(PropertyQualifiers.parse("MaxLen(1)").check(Kind.STRING, "\uD83D\uDE00")).isEmpty();
  }

  @Property
  void anyTextIsRead(
      @ForAll
          @Chars({
            'M', 'i', 'n', 'L', 'e', '(', ')', '{', '}', '[', ']', '"', '\'', '\\', ',', ' ', '1'
          })
          String text,
      @ForAll String value) {
    PropertyQualifiers qualifiers = PropertyQualifiers.parse(text);
    assertThat(qualifiers.check(Kind.UINT8, value)).allMatch(p -> p.startsWith("must "));
    qualifiers.platformValue();
    assertThat(PropertyQualifiers.parse(value).text()).isEqualTo(value);
  }

  @Property
  void whatIsQuotedComesBack(
      @ForAll @Size(min = 1, max = 5) List<@StringLength(max = 20) String> values) {
    String text =
        values.stream()
            .map(v -> "\"" + v.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
            .collect(Collectors.joining(", ", "ValueMap{", "} MinLen(1)"));
    PropertyQualifiers qualifiers = PropertyQualifiers.parse(text);
    assertThat(qualifiers.choices()).isEqualTo(values);
    assertThat(qualifiers.list()).last().isEqualTo(new Qualifier("MinLen", List.of("1"), true));
  }

  @Test
  void longTextsTakeLittleTime() {
    Assertions.assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          assertThat(PropertyQualifiers.parse("MinLen(".repeat(300_000)).list()).hasSize(1);
          assertThat(PropertyQualifiers.parse("\"".repeat(2_000_000)).list()).isNotEmpty();
          assertThat(PropertyQualifiers.parse("% ".repeat(1_000_000)).notUnderstood())
              .hasSize(1_000_000);
          assertThat(PropertyQualifiers.parse("Ip{".repeat(500_000)).platformValue()).isEmpty();
        });
  }
}
