package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestFacts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code nft list ruleset}: tables, their chains, a rule in each line. Counters and handles,
 * which change by themselves, are taken out; sets and maps are a rule each, unless they fill
 * themselves.
 */
final class NftOutput {

  private static final Pattern POLICY =
      Pattern.compile("type \\S{1,40} hook .*\\bpolicy (\\w{1,20});?.*");
  private static final Pattern COUNTER =
      Pattern.compile("\\bcounter packets \\d{1,20} bytes \\d{1,20}");
  private static final Pattern HANDLE = Pattern.compile("# handle \\d{1,20}$");
  private static final Pattern COMMENT = Pattern.compile("\\scomment \"[^\"]*\"$");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Set<String> VERDICTS =
      Set.of(
          "accept",
          "drop",
          "reject",
          "jump",
          "goto",
          "return",
          "continue",
          "queue",
          "masquerade",
          "snat",
          "dnat",
          "redirect",
          "tproxy",
          "synproxy",
          "notrack");
  private static final Pattern WORD = Pattern.compile("(?<![\\w.-])[a-z]{4,10}(?![\\w.-])");
  private static final Set<String> HOLDERS = Set.of("set", "map", "flowtable", "ct", "counter");

  private final List<GuestFacts.FirewallRule> rules = new ArrayList<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final StringBuilder held = new StringBuilder();

  private NftOutput() {}

  /** Returns the rules in order; the policy of a chain is a rule that matches {@code policy}. */
  static List<GuestFacts.FirewallRule> rules(String output) {
    NftOutput reading = new NftOutput();
    for (String line : OutputLines.of(output)) {
      if (reading.rules.size() >= OutputLines.MAX_ENTRIES) {
        break;
      }
      reading.read(line.strip());
    }
    return List.copyOf(reading.rules);
  }

  private void read(String line) {
    String text = HANDLE.matcher(line).replaceFirst("").strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return;
    }
    if (open.size() < 2 && text.endsWith("{")) {
      open.addLast(text.substring(0, text.length() - 1).strip());
      held.setLength(0);
    } else if (text.equals("}")) {
      close();
    } else if (open.size() == 2) {
      content(text);
    }
  }

  private void close() {
    String block = open.isEmpty() ? "" : open.removeLast();
    if (open.size() == 1 && isHolder(block)) {
      String content = held.toString().strip();
      if (!content.contains("dynamic") && !content.contains("timeout")) {
        rules.add(
            new GuestFacts.FirewallRule(
                name(open.getLast()), block, content.isEmpty() ? "empty" : content));
      }
    }
    held.setLength(0);
  }

  private static boolean isHolder(String block) {
    int blank = block.indexOf(' ');
    return HOLDERS.contains(blank < 0 ? block : block.substring(0, blank));
  }

  private static String name(String table) {
    return table.startsWith("table ") ? table.substring("table ".length()) : table;
  }

  private void content(String text) {
    String block = open.getLast();
    if (isHolder(block)) {
      if (held.length() < OutputLines.MAX_LENGTH) {
        held.append(text).append(' ');
      }
      return;
    }
    if (!block.startsWith("chain ")) {
      return;
    }
    String chain = name(open.getFirst()) + " " + block.substring("chain ".length());
    Matcher policy = POLICY.matcher(text);
    if (policy.matches()) {
      rules.add(new GuestFacts.FirewallRule(chain, "policy", policy.group(1)));
    } else if (!text.startsWith("type ")) {
      rules.add(rule(chain, text));
    }
  }

  private static GuestFacts.FirewallRule rule(String chain, String text) {
    String plain =
        COMMENT
            .matcher(COUNTER.matcher(text).replaceAll("counter"))
            .replaceFirst("")
            .replace("counter ", "")
            .strip();
    int verdict = verdict(plain);
    return verdict < 0
        ? new GuestFacts.FirewallRule(chain, plain, "continue")
        : new GuestFacts.FirewallRule(
            chain, plain.substring(0, verdict).strip(), plain.substring(verdict));
  }

  /** Finds where the verdict begins; a name in quotes is none. */
  private static int verdict(String text) {
    String masked = QUOTED.matcher(text).replaceAll(quoted -> "\"".repeat(quoted.group().length()));
    Matcher word = WORD.matcher(masked);
    while (word.find()) {
      if (VERDICTS.contains(word.group())) {
        return word.start();
      }
    }
    return -1;
  }
}
