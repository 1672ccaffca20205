package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a guest says of its network interfaces, their addresses and its routes. */
final class NetworkOutput {

  private static final Pattern NAME = Pattern.compile("[!-~&&[^/]]{1,32}");
  private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
  private static final Pattern LINK =
      Pattern.compile("link (\\d{1,9}) ([!-~&&[^/]]{1,32})(?: ([0-9A-Fa-f:]{1,100}))?");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,9}:\\s+([!-~&&[^/]]{1,32})\\s+inet6?\\s+(\\S{1,60})\\s(.*)");
  private static final Set<String> KINDS =
      Set.of("unicast", "local", "broadcast", "multicast", "anycast", "throw");
  private static final Set<String> CLOSED = Set.of("blackhole", "unreachable", "prohibit");

  private NetworkOutput() {}

  private record Numbered(int number, GuestFacts.NetworkInterface value) {}

  /**
   * Reads lines {@code link <index> <name> <hardware address>}, which the probe makes of {@code
   * /sys/class/net}, in the order of the indexes.
   */
  static List<GuestFacts.NetworkInterface> interfaces(String output) {
    List<Numbered> links = new ArrayList<>();
    for (String line : OutputLines.of(output)) {
      Matcher link = LINK.matcher(line.strip());
      if (link.matches() && links.size() < OutputLines.MAX_ENTRIES) {
        String mac = link.group(3) == null ? null : link.group(3).toLowerCase(Locale.ROOT);
        boolean real = mac != null && MAC.matcher(mac).matches();
        links.add(
            new Numbered(
                Integer.parseInt(link.group(1)),
                new GuestFacts.NetworkInterface(link.group(2), real ? mac : null)));
      }
    }
    return links.stream()
        .sorted(Comparator.comparingInt(Numbered::number))
        .map(Numbered::value)
        .toList();
  }

  /**
   * Reads {@code ip -o addr show}. The loopback's addresses, and those that are only good on one
   * link or for a while, are left out.
   */
  static List<GuestFacts.Address> addresses(String output) {
    List<GuestFacts.Address> addresses = new ArrayList<>();
    for (String line : OutputLines.of(output)) {
      Matcher address = ADDRESS.matcher(line.strip());
      if (!address.matches() || addresses.size() >= OutputLines.MAX_ENTRIES) {
        continue;
      }
      String name = plainName(address.group(1));
      List<String> rest = OutputLines.words(address.group(3).replace('\\', ' '));
      int scope = rest.indexOf("scope");
      boolean global = scope < 0 || scope + 1 >= rest.size() || isWide(rest.get(scope + 1));
      if (global
          && !name.equals("lo")
          && !rest.contains("temporary")
          && IpText.isNetwork(address.group(2))) {
        addresses.add(new GuestFacts.Address(name, address.group(2)));
      }
    }
    return List.copyOf(addresses);
  }

  private static boolean isWide(String scope) {
    return !scope.equals("host") && !scope.equals("link");
  }

  /** An interface whose peer is elsewhere is written {@code eth0@if12}. */
  private static String plainName(String name) {
    int at = name.indexOf('@');
    return at > 0 ? name.substring(0, at) : name;
  }

  /**
   * Reads {@code ip -4 route show} and {@code ip -6 route show}. What the kernel keeps for each
   * link (link-local, multicast) is left out, and so are life times and metrics.
   */
  static List<GuestFacts.RouteEntry> routes(String output) {
    List<GuestFacts.RouteEntry> routes = new ArrayList<>();
    for (String line : OutputLines.of(output)) {
      GuestFacts.RouteEntry route = route(OutputLines.words(line.replace('\\', ' ')));
      if (route != null && routes.size() < OutputLines.MAX_ENTRIES && !routes.contains(route)) {
        routes.add(route);
      }
    }
    return List.copyOf(routes);
  }

  private static GuestFacts.@Nullable RouteEntry route(List<String> words) {
    if (words.isEmpty()) {
      return null;
    }
    String kind = words.get(0);
    boolean typed = KINDS.contains(kind) || CLOSED.contains(kind);
    if (typed && words.size() < 2) {
      return null;
    }
    String destination = words.get(typed ? 1 : 0);
    if ((!destination.equals("default") && !IpText.isNetwork(destination))
        || isOfTheLink(destination)
        || kind.equals("local")
        || kind.equals("broadcast")
        || kind.equals("multicast")) {
      return null;
    }
    if (CLOSED.contains(kind)) {
      // Old kernels keep some for themselves.
      return "lo".equals(after(words, "dev"))
          ? null
          : new GuestFacts.RouteEntry(destination, kind, null);
    }
    String via = after(words, "via");
    if (via != null && (via.equals("inet6") || via.equals("inet"))) {
      via = after(words, via);
    }
    String device = after(words, "dev");
    return new GuestFacts.RouteEntry(
        destination,
        via != null && IpText.isAddress(via) ? via : null,
        device != null && NAME.matcher(device).matches() ? plainName(device) : null);
  }

  private static boolean isOfTheLink(String destination) {
    String small = destination.toLowerCase(Locale.ROOT);
    return small.startsWith("fe80:") || small.startsWith("ff00:") || small.startsWith("::1");
  }

  private static @Nullable String after(List<String> words, String key) {
    int at = words.indexOf(key);
    return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : null;
  }
}
