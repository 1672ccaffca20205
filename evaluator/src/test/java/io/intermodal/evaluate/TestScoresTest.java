package io.intermodal.evaluate;

import static io.intermodal.evaluate.Score.FAILURE;
import static io.intermodal.evaluate.Score.SUCCESS;
import static io.intermodal.evaluate.Score.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.intermodal.evaluate.ObservedValue.Addresses;
import io.intermodal.evaluate.ObservedValue.ApplicationCheck;
import io.intermodal.evaluate.ObservedValue.Cpu;
import io.intermodal.evaluate.ObservedValue.FirewallRules;
import io.intermodal.evaluate.ObservedValue.Interfaces;
import io.intermodal.evaluate.ObservedValue.Kernel;
import io.intermodal.evaluate.ObservedValue.Memory;
import io.intermodal.evaluate.ObservedValue.Mounts;
import io.intermodal.evaluate.ObservedValue.Ping;
import io.intermodal.evaluate.ObservedValue.ReverseLookup;
import io.intermodal.evaluate.ObservedValue.Routes;
import io.intermodal.evaluate.ObservedValue.ShellPort;
import io.intermodal.evaluate.ObservedValue.ShellProcess;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables II and III, row by row. */
class TestScoresTest {
  private static final RuleParameters DEFAULT = RuleParameters.DEFAULT;

  private static TestResult result(
      TestId id, Observation source, Observation target, RuleParameters parameters) {
    return Evaluator.of(Rules.TIOSA.withParameters(parameters))
        .evaluate(
            Observations.on("A", "m").put(id, source).build(),
            Observations.on("B", "m").put(id, target).build())
        .test(id)
        .orElseThrow();
  }

  private static TestResult result(TestId id, ObservedValue source, ObservedValue target) {
    return result(id, Observation.of(source), Observation.of(target), DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "1.1.a, SUCCESSFUL, SUCCESSFUL, SUCCESS",
    "1.1.a, UNSUCCESSFUL, UNSUCCESSFUL, FAILURE",
    "1.1.g, NOT_PERFORMED, NOT_PERFORMED, FAILURE",
    "1.1.b, SUCCESSFUL, SUCCESSFUL, SUCCESS",
    "1.1.b, UNSUCCESSFUL, SUCCESSFUL, SUCCESS",
    "1.1.b, SUCCESSFUL, UNSUCCESSFUL, FAILURE",
    "1.1.b, SUCCESSFUL, NOT_PERFORMED, FAILURE",
    "1.4.a, UNSUCCESSFUL, UNSUCCESSFUL, SUCCESS",
    "1.5.d, UNSUCCESSFUL, NOT_PERFORMED, SUCCESS",
    "1.5.d, NOT_PERFORMED, UNSUCCESSFUL, SUCCESS",
    "2.4.a, UNSUCCESSFUL, SUCCESSFUL, SUCCESS",
    "2.4.f, SUCCESSFUL, UNSUCCESSFUL, FAILURE",
    "2.4.f, UNSUCCESSFUL, UNSUCCESSFUL, FAILURE",
    "2.3.g, NOT_PERFORMED, SUCCESSFUL, SUCCESS",
    "2.5.a, NOT_PERFORMED, SUCCESSFUL, SUCCESS",
    "2.5.a, SUCCESSFUL, NOT_PERFORMED, FAILURE",
    "2.2.a, SUCCESSFUL, SUCCESSFUL, SUCCESS",
    "2.2.a, UNSUCCESSFUL, SUCCESSFUL, FAILURE",
    "2.2.a, SUCCESSFUL, NOT_PERFORMED, FAILURE",
    "2.3.f, SUCCESSFUL, SUCCESSFUL, SUCCESS"
  })
  void scoresOutcomes(String id, Outcome source, Outcome target, Score score) {
    TestResult result =
        result(
            TestId.of(id),
            new Observation(source, null, null),
            new Observation(target, null, null),
            DEFAULT);
    assertThat(result.score()).as(result.explanation()).isEqualTo(score);
  }

  @ParameterizedTest
  @MethodSource
  void scoresValues(String id, Score score, ObservedValue source, ObservedValue target) {
    TestResult result = result(TestId.of(id), source, target);
    assertThat(result.score()).as(result.explanation()).isEqualTo(score);
  }

  static Stream<Arguments> scoresValues() {
    return Stream.of(
        arguments("2.1.a", SUCCESS, kernel("5.10.0-28", "x86_64"), kernel("5.10.0-28", "amd64")),
        arguments("2.1.a", WARNING, kernel("5.10.0-28", "x86_64"), kernel("5.10.0-29", "x86_64")),
        arguments("2.1.a", WARNING, kernel("6.1.7600", "AMD64"), kernel("6.1.7601", "AMD64")),
        arguments("2.1.a", FAILURE, kernel("5.10.0-28", "x86_64"), kernel("5.10.1-28", "x86_64")),
        arguments("2.1.a", FAILURE, kernel("5.10.0-28", "x86_64"), kernel("5.10.0-28", "aarch64")),
        arguments("2.2.a", SUCCESS, new Cpu(4, 2400L), new Cpu(4, 2400L)),
        arguments("2.2.a", WARNING, new Cpu(4, 2400L), new Cpu(4, 2640L)),
        arguments("2.2.a", WARNING, new Cpu(4, 2400L), new Cpu(4, 2160L)),
        arguments("2.2.a", FAILURE, new Cpu(4, 2400L), new Cpu(4, 2641L)),
        arguments("2.2.a", FAILURE, new Cpu(4, 2400L), new Cpu(5, 2400L)),
        arguments("2.2.a", WARNING, new Cpu(10, 2400L), new Cpu(11, 2400L)),
        arguments("2.2.a", SUCCESS, new Cpu(4, null), new Cpu(4, 9999L)),
        arguments("2.2.b", SUCCESS, new Memory(1000), new Memory(1000)),
        arguments("2.2.b", WARNING, new Memory(1000), new Memory(1100)),
        arguments("2.2.b", FAILURE, new Memory(1000), new Memory(1101)),
        arguments("2.2.b", WARNING, new Memory(1000), new Memory(900)),
        arguments("2.2.b", FAILURE, new Memory(1000), new Memory(899)),
        arguments("2.2.b", FAILURE, new Memory(Long.MAX_VALUE), new Memory(1)),
        arguments("2.2.c", SUCCESS, mounts("/", 5, "/a", 7), mounts("/a", 7, "/", 5)),
        arguments("2.2.c", WARNING, mounts("/", 5, "/a", 7), mounts("/", 5, "/b", 7)),
        arguments("2.2.c", FAILURE, mounts("/", 5, "/a", 7), mounts("/", 5, "/b", 8)),
        arguments("2.2.c", FAILURE, mounts("/", 5, "/a", 7), mounts("/", 7, "/a", 5)),
        arguments("2.2.c", FAILURE, mounts("/", 5, "/a", 7), mounts("/", 5)),
        arguments("2.2.c", FAILURE, mounts("/", 5), mounts("/", 5, "/a", 7)),
        arguments(
            "2.3.a", SUCCESS, nics("eth0", "aa:01", "lo", null), nics("lo", null, "eth0", "AA-01")),
        arguments("2.3.a", WARNING, nics("eth0", "aa:01"), nics("ens3", "aa:01")),
        arguments("2.3.a", WARNING, nics("eth0", "aa:01"), nics("eth0", "aa:02")),
        arguments("2.3.a", WARNING, nics("eth0", "aa:01"), nics("ens3", "aa:02")),
        arguments("2.3.a", SUCCESS, nics("eth0", "aa:01"), nics("eth0", null)),
        arguments("2.3.a", WARNING, nics("eth0", "aa:01"), nics("eth0", "aa:01", "eth1", "aa:02")),
        arguments("2.3.a", FAILURE, nics("eth0", "aa:01", "eth1", "aa:02"), nics("eth1", "aa:02")),
        arguments("2.3.a", FAILURE, nics("eth0", "aa:01", "eth1", "aa:02"), nics("ens3", "aa:09")),
        arguments("2.3.b", SUCCESS, addresses("e", "1", "e", "2"), addresses("e", "2", "e", "1")),
        arguments("2.3.b", WARNING, addresses("e", "1"), addresses("e", "2")),
        arguments("2.3.b", WARNING, addresses("e", "1"), addresses("f", "1")),
        arguments("2.3.b", WARNING, addresses("e", "1"), addresses("e", "1", "e", "2")),
        arguments("2.3.b", FAILURE, addresses("e", "1", "f", "2"), addresses("e", "1")),
        arguments("2.3.b", FAILURE, addresses("e", "1", "e", "2"), addresses("e", "1", "f", "2")),
        arguments(
            "2.3.c",
            SUCCESS,
            firewall("IN", "22", "OK", "IN", "80", "OK"),
            firewall("IN", "80", "OK", "IN", "22", "OK")),
        arguments("2.3.c", WARNING, firewall("IN", "22", "OK"), firewall("IN", "22", "DROP")),
        arguments(
            "2.3.c",
            WARNING,
            firewall("IN", "22", "OK"),
            firewall("IN", "22", "OK", "IN", "80", "OK")),
        arguments("2.3.c", FAILURE, firewall("IN", "22", "OK"), firewall("OUT", "22", "OK")),
        arguments(
            "2.3.c",
            FAILURE,
            firewall("IN", "22", "OK", "IN", "22", "LOG"),
            firewall("IN", "22", "OK")),
        arguments("2.3.d", SUCCESS, routes("d", "g", "e"), routes("d", "g", "e")),
        arguments("2.3.d", WARNING, routes("d", "g", "e"), routes("d", "h", "e")),
        arguments("2.3.d", WARNING, routes("d", "g", "e"), routes("d", null, "e")),
        arguments("2.3.d", FAILURE, routes("d", "g", "e"), routes("x", "g", "e")),
        arguments("2.3.e", SUCCESS, new Ping(3, 3, null), new Ping(3, 0, 2999L)),
        arguments("2.3.e", WARNING, new Ping(3, 0, 1L), new Ping(3, 0, 3000L)),
        arguments("2.3.f", WARNING, new Ping(3, 0, 1L), new Ping(3, 0, 5999L)),
        arguments("2.3.f", FAILURE, new Ping(3, 0, 1L), new Ping(3, 0, 6000L)),
        arguments("2.3.f", FAILURE, new Ping(3, 0, 1L), new Ping(3, 1, 10L)),
        arguments("2.3.f", FAILURE, new Ping(3, 0, 1L), new Ping(2, 0, 10L)),
        arguments("2.3.f", FAILURE, new Ping(3, 0, 1L), new Ping(3, 3, null)),
        arguments("2.3.g", SUCCESS, lookup("10.0.0.1", null), lookup("10.0.0.1", "gw")),
        arguments("2.3.g", FAILURE, lookup("10.0.0.1", "gw"), lookup("10.0.0.1", null)),
        arguments(
            "2.3.h", SUCCESS, lookup("x", null), lookup("194.25.2.129", "DNS.isp.t-ipnet.de.")),
        arguments("2.3.h", FAILURE, lookup("x", null), lookup("194.25.2.129", "other")),
        arguments("2.3.h", FAILURE, lookup("x", null), lookup("8.8.8.8", "dns.isp.t-ipnet.de")),
        arguments("2.3.i", SUCCESS, new ShellProcess(false), new ShellProcess(false)),
        arguments("2.3.i", FAILURE, new ShellProcess(false), new ShellProcess(true)),
        arguments("2.3.j", SUCCESS, new ShellPort(22, true), new ShellPort(22, true)),
        arguments("2.3.j", FAILURE, new ShellPort(22, true), new ShellPort(22, false)),
        arguments("2.3.j", FAILURE, new ShellPort(22, true), new ShellPort(2222, true)),
        arguments("2.5.b", WARNING, new ApplicationCheck(SUCCESS), new ApplicationCheck(WARNING)));
  }

  private static Kernel kernel(String release, String architecture) {
    return new Kernel(release, architecture);
  }

  private static Mounts mounts(Object... parts) {
    return new Mounts(
        chunks(2, parts).map(p -> new Mount((String) p.get(0), (Integer) p.get(1))).toList());
  }

  private static Interfaces nics(@Nullable String... parts) {
    return new Interfaces(
        Stream.iterate(0, i -> i < parts.length, i -> i + 2)
            .map(i -> new NetworkInterface(String.valueOf(parts[i]), parts[i + 1]))
            .toList());
  }

  private static Addresses addresses(Object... parts) {
    return new Addresses(
        chunks(2, parts)
            .map(p -> new InterfaceAddress((String) p.get(0), (String) p.get(1)))
            .toList());
  }

  private static FirewallRules firewall(Object... parts) {
    return new FirewallRules(
        chunks(3, parts)
            .map(p -> new FirewallRule((String) p.get(0), (String) p.get(1), (String) p.get(2)))
            .toList());
  }

  private static Routes routes(String destination, @Nullable String via, String interfaceName) {
    return new Routes(List.of(new Route(destination, via, interfaceName)));
  }

  private static ReverseLookup lookup(String address, @Nullable String name) {
    return new ReverseLookup(address, name);
  }

  private static Stream<List<Object>> chunks(int size, Object... parts) {
    return Stream.iterate(0, i -> i < parts.length, i -> i + size)
        .map(i -> List.of(parts).subList(i, i + size));
  }

  @Test
  void increaseOnlyRefusesAnyDecrease() {
    RuleParameters literal =
        DEFAULT.toBuilder().deviationDirection(DeviationDirection.INCREASE_ONLY).build();
    Observation thousand = Observation.of(new Memory(1000));
    assertThat(
            result(TestCatalog.MEMORY, thousand, Observation.of(new Memory(999)), literal).score())
        .isEqualTo(FAILURE);
    assertThat(
            result(TestCatalog.MEMORY, thousand, Observation.of(new Memory(1001)), literal).score())
        .isEqualTo(WARNING);
  }

  @Test
  void lossOfOneInThreeIsWarningWhereTheLimitIsAThirdAndMore() {
    RuleParameters mild = DEFAULT.toBuilder().pingLossWarning(Percent.of(34)).build();
    Observation lossy = Observation.of(new Ping(3, 1, 10L));
    assertThat(result(TestCatalog.PING_PUBLIC, lossy, lossy, mild).score()).isEqualTo(WARNING);
  }

  @Test
  void unsuccessfulValueIsNotCompared() {
    Observation odd = new Observation(Outcome.UNSUCCESSFUL, "no tool", new Memory(1000));
    TestResult result = result(TestCatalog.MEMORY, odd, odd, DEFAULT);
    assertThat(result.score()).isEqualTo(FAILURE);
    assertThat(result.finding()).contains("on the source: unsuccessful").contains("no tool");
  }

  @Test
  void saysThatOnlyCoresAreCompared() {
    assertThat(result(TestCatalog.CPU, new Cpu(2, null), new Cpu(2, 2000L)).explanation())
        .isEqualTo(
            "2.2.a CPU is SUCCESS: unchanged 2 cores; only the cores are compared, as the clock is"
                + " not known on the source. Rule: SUCCESS if cores and clock are unchanged, WARNING"
                + " up to 10 % more or less, FAILURE beyond.");
  }

  @Test
  void saysWhatChangedAndByHowMuch() {
    assertThat(result(TestCatalog.MEMORY, new Memory(1000), new Memory(875)).explanation())
        .isEqualTo(
            "2.2.b memory is FAILURE: 1000 bytes became 875, 12.50 % less. Rule: SUCCESS if memory is"
                + " unchanged, WARNING up to 10 % more or less, FAILURE beyond.");
    assertThat(
            result(
                    TestCatalog.INTERFACES,
                    nics("eth0", "aa:01", "eth1", null),
                    nics("ens3", "aa:01"))
                .finding())
        .isEqualTo("missing: eth1; changed: eth0 aa:01 became ens3 aa:01");
  }

  @Test
  void saysThatATestCouldNotBePerformed() {
    assertThat(
            result(
                    TestCatalog.KERNEL,
                    Observation.of(kernel("5.10", "x86_64")),
                    Observation.notPerformed("no guest agent"),
                    DEFAULT)
                .finding())
        .isEqualTo("on the target: could not be performed (no guest agent)");
  }
}
