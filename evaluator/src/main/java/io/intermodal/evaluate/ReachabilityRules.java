package io.intermodal.evaluate;

import io.intermodal.evaluate.ObservedValue.Ping;
import io.intermodal.evaluate.ObservedValue.ReverseLookup;
import java.util.Locale;

/** Tests 2.3.e to 2.3.h of table III: what the machine reaches from the target. */
final class ReachabilityRules {
  private ReachabilityRules() {}

  static Verdict ping(Ping ping, RuleParameters parameters) {
    if (ping.sent() != parameters.pingPackets()) {
      return Verdict.failure(
          () ->
              ping.describe() + ", but the rule asks for " + parameters.pingPackets() + " packets");
    }
    return Verdict.of(score(ping, parameters), ping::describe);
  }

  private static Score score(Ping ping, RuleParameters parameters) {
    Long millis = ping.totalMillis();
    if (millis == null) {
      return Score.FAILURE;
    }
    if (ping.lost() == 0 && millis < parameters.pingSuccessMillis()) {
      return Score.SUCCESS;
    }
    return parameters.pingLossWarning().compareShare(ping.lost(), ping.sent()) < 0
            && millis < parameters.pingWarningMillis()
        ? Score.WARNING
        : Score.FAILURE;
  }

  static String pingWords(RuleParameters parameters) {
    return "of "
        + parameters.pingPackets()
        + " packets: SUCCESS if none is lost and they take less than "
        + parameters.pingSuccessMillis()
        + " ms together, WARNING below "
        + parameters.pingLossWarning()
        + " % loss and "
        + parameters.pingWarningMillis()
        + " ms, FAILURE otherwise";
  }

  static Verdict privateLookup(ReverseLookup lookup, RuleParameters parameters) {
    return Verdict.of(lookup.name() == null ? Score.FAILURE : Score.SUCCESS, lookup::describe);
  }

  static String privateLookupWords(RuleParameters parameters) {
    return "SUCCESS if the private address resolves to a name, otherwise FAILURE";
  }

  static Verdict publicLookup(ReverseLookup lookup, RuleParameters parameters) {
    String name = lookup.name();
    boolean expected =
        name != null
            && lookup.address().equals(parameters.lookupAddress())
            && canonical(name).equals(canonical(parameters.lookupName()));
    return Verdict.of(expected ? Score.SUCCESS : Score.FAILURE, lookup::describe);
  }

  private static String canonical(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return small.endsWith(".") ? small.substring(0, small.length() - 1) : small;
  }

  static String publicLookupWords(RuleParameters parameters) {
    return "SUCCESS if "
        + parameters.lookupAddress()
        + " resolves to "
        + parameters.lookupName()
        + ", otherwise FAILURE";
  }
}
