package io.intermodal.evaluate;

import java.util.Objects;

/**
 * A rule of the guest's own firewall; one entry of test 2.3.c. Chain and match are what a rule is
 * recognised by on the other side.
 *
 * @param chain the chain or direction, such as {@code INPUT}
 * @param match what the rule applies to
 * @param action what it does, such as {@code ACCEPT}
 */
public record FirewallRule(String chain, String match, String action) {
  /**
   * @throws IllegalArgumentException if the chain or the action is blank; a rule that matches
   *     everything may have an empty match
   */
  public FirewallRule {
    Checks.text(chain, "chain");
    Objects.requireNonNull(match, "match");
    Checks.text(action, "action");
  }

  String describe() {
    return match.isEmpty() ? chain + " " + action : chain + " " + match + " " + action;
  }
}
