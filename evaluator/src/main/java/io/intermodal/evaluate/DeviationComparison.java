package io.intermodal.evaluate;

import io.intermodal.evaluate.ObservedValue.Cpu;
import io.intermodal.evaluate.ObservedValue.Memory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Tests 2.2.a and 2.2.b of table III: "no change", "+10 %" or a higher deviation. */
final class DeviationComparison {
  private DeviationComparison() {}

  static Verdict cpu(Cpu source, Cpu target, RuleParameters parameters) {
    Percent limit = parameters.cpuDeviation();
    DeviationDirection direction = parameters.deviationDirection();
    Score score = score(source.cores(), target.cores(), limit, direction);
    Long before = source.mhz();
    Long after = target.mhz();
    if (parameters.cpuCompareClock() && before != null && after != null) {
      score = Score.lowest(score, score(before, after, limit, direction));
    }
    return Verdict.of(
        score,
        () ->
            change(source.cores(), target.cores(), "cores")
                + "; "
                + clock(before, after, parameters.cpuCompareClock()));
  }

  private static String clock(@Nullable Long before, @Nullable Long after, boolean compare) {
    if (!compare) {
      return "the clock is not compared, as the rules say";
    }
    if (before != null && after != null) {
      return change(before, after, "MHz");
    }
    String unknown = before == null ? (after == null ? "either side" : "the source") : "the target";
    return "only the cores are compared, as the clock is not known on " + unknown;
  }

  static Verdict memory(Memory source, Memory target, RuleParameters parameters) {
    return Verdict.of(
        score(
            source.bytes(),
            target.bytes(),
            parameters.memoryDeviation(),
            parameters.deviationDirection()),
        () -> change(source.bytes(), target.bytes(), "bytes"));
  }

  private static Score score(
      long source, long target, Percent limit, DeviationDirection direction) {
    if (source == target) {
      return Score.SUCCESS;
    }
    boolean tolerated =
        (target > source || direction == DeviationDirection.EITHER)
            && limit.compareShare(Math.abs(target - source), source) <= 0;
    return tolerated ? Score.WARNING : Score.FAILURE;
  }

  private static String change(long source, long target, String unit) {
    if (source == target) {
      return "unchanged " + source + " " + unit;
    }
    BigDecimal percent =
        BigDecimal.valueOf(Math.abs(target - source))
            .movePointRight(2)
            .divide(BigDecimal.valueOf(source), 2, RoundingMode.HALF_UP);
    return source
        + " "
        + unit
        + " became "
        + target
        + ", "
        + percent.toPlainString()
        + " % "
        + (target > source ? "more" : "less");
  }

  static String cpuWords(RuleParameters parameters) {
    String subject = parameters.cpuCompareClock() ? "cores and clock are" : "cores are";
    return words(subject, parameters.cpuDeviation(), parameters);
  }

  static String memoryWords(RuleParameters parameters) {
    return words("memory is", parameters.memoryDeviation(), parameters);
  }

  private static String words(String subject, Percent limit, RuleParameters parameters) {
    return "SUCCESS if "
        + subject
        + " unchanged, WARNING up to "
        + limit
        + " % "
        + (parameters.deviationDirection() == DeviationDirection.EITHER ? "more or less" : "more")
        + ", FAILURE beyond";
  }
}
