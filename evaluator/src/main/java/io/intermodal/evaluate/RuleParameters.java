package io.intermodal.evaluate;

import java.util.Objects;

/**
 * Holds the thresholds of the single tests. The defaults are TIOSA's table III, and our decisions
 * where it is silent; each can be set in a rule file under the name given here.
 *
 * @param kernelRevisionChange {@code kernel.revisionChange}: the score of a kernel of the same
 *     version and another revision. Default WARNING.
 * @param cpuDeviation {@code cpu.deviationPercent}: the deviation of cores and of clock that is
 *     still a WARNING, inclusive. Default 10.
 * @param cpuCompareClock {@code cpu.compareClock}: whether the clock is compared where both sides
 *     tell it; the worse of cores and clock is the score. Default true (our decision).
 * @param memoryDeviation {@code memory.deviationPercent}: the deviation of memory that is still a
 *     WARNING, inclusive. Default 10.
 * @param deviationDirection {@code deviation.direction}: whether a decrease is tolerated like an
 *     increase. Default EITHER (our decision).
 * @param extraEntries {@code network.extraEntries}: the score of interfaces, addresses, firewall
 *     rules and routes that only the target has. Default WARNING, as "changed" (our decision).
 * @param pingPackets {@code ping.packets}: how many packets must have been sent, 1 to 1000. Default
 *     3.
 * @param pingLossWarning {@code ping.lossWarningPercent}: the loss below which a WARNING is
 *     possible, exclusive. Default 33, literally: 1 of 3 lost is above it. Those who mean "one of
 *     three" set 34.
 * @param pingSuccessMillis {@code ping.successMillis}: the total time of the packets below which it
 *     is a SUCCESS, exclusive, in milliseconds. Default 3000.
 * @param pingWarningMillis {@code ping.warningMillis}: the total time of the packets below which it
 *     is a WARNING, exclusive, in milliseconds; not less than the time for SUCCESS. Default 6000.
 * @param lookupAddress {@code lookup.publicAddress}: the public address of test 2.3.h. Default
 *     194.25.2.129; a site without internet names one of its own.
 * @param lookupName {@code lookup.publicName}: the name that address must resolve to. Default
 *     dns.isp.t-ipnet.de. Capitals and a final dot do not matter.
 */
public record RuleParameters(
    Score kernelRevisionChange,
    Percent cpuDeviation,
    boolean cpuCompareClock,
    Percent memoryDeviation,
    DeviationDirection deviationDirection,
    Score extraEntries,
    int pingPackets,
    Percent pingLossWarning,
    long pingSuccessMillis,
    long pingWarningMillis,
    String lookupAddress,
    String lookupName) {

  /** The values of the paper, and our decisions where it is silent. */
  public static final RuleParameters DEFAULT =
      new RuleParameters(
          Score.WARNING,
          Percent.of(10),
          true,
          Percent.of(10),
          DeviationDirection.EITHER,
          Score.WARNING,
          3,
          Percent.of(33),
          3000,
          6000,
          "194.25.2.129",
          "dns.isp.t-ipnet.de");

  static final long MAX_MILLIS = 3_600_000;
  private static final int MAX_NAME = 253;

  /**
   * @throws IllegalArgumentException if a number is out of range or a text is blank, longer than
   *     253 characters or has control characters
   */
  public RuleParameters {
    Objects.requireNonNull(kernelRevisionChange, "kernelRevisionChange");
    Objects.requireNonNull(cpuDeviation, "cpuDeviation");
    Objects.requireNonNull(memoryDeviation, "memoryDeviation");
    Objects.requireNonNull(deviationDirection, "deviationDirection");
    Objects.requireNonNull(extraEntries, "extraEntries");
    Checks.range(pingPackets, 1, 1000, "ping.packets");
    Objects.requireNonNull(pingLossWarning, "pingLossWarning");
    Checks.range(pingSuccessMillis, 1, MAX_MILLIS, "ping.successMillis");
    Checks.range(pingWarningMillis, pingSuccessMillis, MAX_MILLIS, "ping.warningMillis");
    Checks.line(lookupAddress, "lookup.publicAddress", MAX_NAME);
    Checks.line(lookupName, "lookup.publicName", MAX_NAME);
  }

  /** Starts from these values. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Changes single parameters. Not thread-safe. */
  public static final class Builder {
    private Score kernelRevisionChange;
    private Percent cpuDeviation;
    private boolean cpuCompareClock;
    private Percent memoryDeviation;
    private DeviationDirection deviationDirection;
    private Score extraEntries;
    private int pingPackets;
    private Percent pingLossWarning;
    private long pingSuccessMillis;
    private long pingWarningMillis;
    private String lookupAddress;
    private String lookupName;

    private Builder(RuleParameters from) {
      kernelRevisionChange = from.kernelRevisionChange;
      cpuDeviation = from.cpuDeviation;
      cpuCompareClock = from.cpuCompareClock;
      memoryDeviation = from.memoryDeviation;
      deviationDirection = from.deviationDirection;
      extraEntries = from.extraEntries;
      pingPackets = from.pingPackets;
      pingLossWarning = from.pingLossWarning;
      pingSuccessMillis = from.pingSuccessMillis;
      pingWarningMillis = from.pingWarningMillis;
      lookupAddress = from.lookupAddress;
      lookupName = from.lookupName;
    }

    /** Sets {@code kernel.revisionChange}. */
    public Builder kernelRevisionChange(Score score) {
      kernelRevisionChange = score;
      return this;
    }

    /** Sets {@code cpu.deviationPercent}. */
    public Builder cpuDeviation(Percent percent) {
      cpuDeviation = percent;
      return this;
    }

    /** Sets {@code cpu.compareClock}. */
    public Builder cpuCompareClock(boolean compare) {
      cpuCompareClock = compare;
      return this;
    }

    /** Sets {@code memory.deviationPercent}. */
    public Builder memoryDeviation(Percent percent) {
      memoryDeviation = percent;
      return this;
    }

    /** Sets {@code deviation.direction}. */
    public Builder deviationDirection(DeviationDirection direction) {
      deviationDirection = direction;
      return this;
    }

    /** Sets {@code network.extraEntries}. */
    public Builder extraEntries(Score score) {
      extraEntries = score;
      return this;
    }

    /** Sets {@code ping.packets}. */
    public Builder pingPackets(int packets) {
      pingPackets = packets;
      return this;
    }

    /** Sets {@code ping.lossWarningPercent}. */
    public Builder pingLossWarning(Percent percent) {
      pingLossWarning = percent;
      return this;
    }

    /** Sets {@code ping.successMillis}. */
    public Builder pingSuccessMillis(long millis) {
      pingSuccessMillis = millis;
      return this;
    }

    /** Sets {@code ping.warningMillis}. */
    public Builder pingWarningMillis(long millis) {
      pingWarningMillis = millis;
      return this;
    }

    /** Sets {@code lookup.publicAddress}. */
    public Builder lookupAddress(String address) {
      lookupAddress = address;
      return this;
    }

    /** Sets {@code lookup.publicName}. */
    public Builder lookupName(String name) {
      lookupName = name;
      return this;
    }

    /**
     * Returns the parameters.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public RuleParameters build() {
      return new RuleParameters(
          kernelRevisionChange,
          cpuDeviation,
          cpuCompareClock,
          memoryDeviation,
          deviationDirection,
          extraEntries,
          pingPackets,
          pingLossWarning,
          pingSuccessMillis,
          pingWarningMillis,
          lookupAddress,
          lookupName);
    }
  }
}
