package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link GuestCommands#FIREWALL} gives: each list after a line that says whose it is.
 */
final class FirewallOutput {

  private static final String NFT = "firewall nft\n";
  private static final String IPTABLES = "firewall iptables\n";
  private static final String IP6TABLES = "firewall ip6tables\n";

  private FirewallOutput() {}

  /** Returns the rules, or null when nobody says whose they are. */
  static @Nullable List<GuestFacts.FirewallRule> rules(String output) {
    String text = output.endsWith("\n") ? output : output + "\n";
    int nft = text.indexOf(NFT);
    if (nft >= 0) {
      return NftOutput.rules(text.substring(nft + NFT.length()));
    }
    int four = text.indexOf(IPTABLES);
    if (four < 0) {
      return null;
    }
    int six = text.indexOf(IP6TABLES, four);
    List<GuestFacts.FirewallRule> rules =
        new ArrayList<>(
            IptablesOutput.rules(
                text.substring(four + IPTABLES.length(), six < 0 ? text.length() : six), ""));
    if (six >= 0) {
      rules.addAll(IptablesOutput.rules(text.substring(six + IP6TABLES.length()), "ip6 "));
    }
    return List.copyOf(rules);
  }
}
