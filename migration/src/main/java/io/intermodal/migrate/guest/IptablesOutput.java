package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code iptables -S} and {@code ip6tables -S}. */
final class IptablesOutput {

  private static final Pattern POLICY = Pattern.compile("-P (\\S{1,64}) (\\S{1,64})(?: .*)?");
  private static final Pattern RULE = Pattern.compile("-A (\\S{1,64})(?: (.*))?");
  private static final Pattern TARGET = Pattern.compile("(?:^|\\s)-[jg] (.+)$");
  private static final Pattern COUNTERS = Pattern.compile("\\s?-c \\d{1,20} \\d{1,20}\\b");

  private IptablesOutput() {}

  /**
   * Returns the rules in order; the policy of a chain is a rule that matches {@code policy}.
   *
   * @param family what the names of chains begin with: empty, or {@code ip6 }
   */
  static List<GuestFacts.FirewallRule> rules(String output, String family) {
    List<GuestFacts.FirewallRule> rules = new ArrayList<>();
    for (String line : OutputLines.of(output)) {
      String text = line.strip();
      Matcher policy = POLICY.matcher(text);
      Matcher rule = RULE.matcher(text);
      if (rules.size() >= OutputLines.MAX_ENTRIES) {
        break;
      }
      if (policy.matches()) {
        rules.add(new GuestFacts.FirewallRule(family + policy.group(1), "policy", policy.group(2)));
      } else if (rule.matches()) {
        rules.add(rule(family + rule.group(1), rule.group(2) == null ? "" : rule.group(2)));
      }
    }
    return List.copyOf(rules);
  }

  private static GuestFacts.FirewallRule rule(String chain, String text) {
    String uncounted = COUNTERS.matcher(text).replaceAll("").strip();
    Matcher target = TARGET.matcher(uncounted);
    return target.find()
        ? new GuestFacts.FirewallRule(
            chain, uncounted.substring(0, target.start()).strip(), target.group(1).strip())
        : new GuestFacts.FirewallRule(chain, uncounted, "count");
  }
}
