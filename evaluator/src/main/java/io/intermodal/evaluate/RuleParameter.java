package io.intermodal.evaluate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names of the rule parameters in a rule file, and how their values are read and written. */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
enum RuleParameter {
  KERNEL_REVISION_CHANGE(
      "kernel.revisionChange",
      RuleParameters::kernelRevisionChange,
      (builder, text) -> builder.kernelRevisionChange(constant(Score.class, text))),
  CPU_DEVIATION(
      "cpu.deviationPercent",
      RuleParameters::cpuDeviation,
      (builder, text) -> builder.cpuDeviation(Percent.of(text))),
  CPU_COMPARE_CLOCK(
      "cpu.compareClock",
      RuleParameters::cpuCompareClock,
      (builder, text) -> builder.cpuCompareClock(truth(text))),
  MEMORY_DEVIATION(
      "memory.deviationPercent",
      RuleParameters::memoryDeviation,
      (builder, text) -> builder.memoryDeviation(Percent.of(text))),
  DEVIATION_DIRECTION(
      "deviation.direction",
      RuleParameters::deviationDirection,
      (builder, text) -> builder.deviationDirection(constant(DeviationDirection.class, text))),
  EXTRA_ENTRIES(
      "network.extraEntries",
      RuleParameters::extraEntries,
      (builder, text) -> builder.extraEntries(constant(Score.class, text))),
  PING_PACKETS(
      "ping.packets",
      RuleParameters::pingPackets,
      (builder, text) -> builder.pingPackets(number(text))),
  PING_LOSS_WARNING(
      "ping.lossWarningPercent",
      RuleParameters::pingLossWarning,
      (builder, text) -> builder.pingLossWarning(Percent.of(text))),
  PING_SUCCESS_MILLIS(
      "ping.successMillis",
      RuleParameters::pingSuccessMillis,
      (builder, text) -> builder.pingSuccessMillis(number(text))),
  PING_WARNING_MILLIS(
      "ping.warningMillis",
      RuleParameters::pingWarningMillis,
      (builder, text) -> builder.pingWarningMillis(number(text))),
  LOOKUP_ADDRESS(
      "lookup.publicAddress", RuleParameters::lookupAddress, RuleParameters.Builder::lookupAddress),
  LOOKUP_NAME("lookup.publicName", RuleParameters::lookupName, RuleParameters.Builder::lookupName);

  private final String text;
  private final Function<RuleParameters, Object> value;
  private final BiConsumer<RuleParameters.Builder, String> setter;

  RuleParameter(
      String text,
      Function<RuleParameters, Object> value,
      BiConsumer<RuleParameters.Builder, String> setter) {
    this.text = text;
    this.value = value;
    this.setter = setter;
  }

  static Optional<RuleParameter> find(String text) {
    return Arrays.stream(values()).filter(parameter -> parameter.text.equals(text)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(RuleParameter::text).collect(Collectors.joining(", "));
  }

  String text() {
    return text;
  }

  String valueIn(RuleParameters parameters) {
    return value.apply(parameters).toString();
  }

  void set(RuleParameters.Builder builder, String value) {
    setter.accept(builder, value);
  }

  /** Refuses a value that is out of range whatever the other parameters are. */
  RuleParameters validated(String value) {
    RuleParameters.Builder probe =
        RuleParameters.DEFAULT.toBuilder()
            .pingSuccessMillis(1)
            .pingWarningMillis(RuleParameters.MAX_MILLIS);
    set(probe, value);
    return probe.build();
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "found "
            + Words.shortened(text)
            + ", expected one of "
            + Arrays.toString(type.getEnumConstants()));
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "found " + Words.shortened(text) + ", expected true or false");
    };
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          "found " + Words.shortened(text) + ", expected a whole number");
    }
    return Integer.parseInt(text);
  }
}
