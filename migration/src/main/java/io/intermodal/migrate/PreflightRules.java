package io.intermodal.migrate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks one subject before the first byte moves. Each rule has an id that reports and scripts rely
 * on; it changes nothing.
 */
abstract sealed class PreflightRules permits MachineRules, DiskRules, NetworkRules {

  final PreflightSubject subject;
  private final List<Finding> findings = new ArrayList<>();

  PreflightRules(PreflightSubject subject) {
    this.subject = subject;
  }

  /** Runs the rules and returns what they found. */
  final List<Finding> check() {
    run();
    return findings;
  }

  abstract void run();

  static boolean exceeds(long value, @Nullable Number limit) {
    return limit != null && value > limit.longValue();
  }

  final String product() {
    return subject.target().info().product();
  }

  final String limitsOf() {
    return product() + " (" + subject.limits().source() + ")";
  }

  final void critical(String rule, String object, String message, @Nullable String remedy) {
    add(rule, Finding.Severity.CRITICAL, object, message, remedy);
  }

  final void warning(String rule, String object, String message, @Nullable String remedy) {
    add(rule, Finding.Severity.WARNING, object, message, remedy);
  }

  final void information(String rule, String object, String message, @Nullable String remedy) {
    add(rule, Finding.Severity.INFORMATION, object, message, remedy);
  }

  final void add(
      String rule,
      Finding.Severity severity,
      String object,
      String message,
      @Nullable String remedy) {
    findings.add(new Finding(rule, severity, object, message, remedy));
  }
}
