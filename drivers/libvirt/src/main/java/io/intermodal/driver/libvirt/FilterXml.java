package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.PacketRule;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes packet rules as a network filter of libvirt. A rule without a peer holds for IPv4 and
 * IPv6. Direction and ports are the guest's in both worlds: {@code in} is to the guest, and the
 * destination port is the guest's there and the other side's for {@code out}.
 */
final class FilterXml {

  private static final int FIRST_PRIORITY = -900;
  private static final int MOST_RULES = 1800;
  private static final Pattern PEER = Pattern.compile("[0-9a-fA-F:.]{2,45}(/[0-9]{1,3})?");

  private FilterXml() {}

  /** Returns the identity of a filter, which redefining it must not change. */
  static UUID uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a filter.
   *
   * @throws IllegalArgumentException for a peer that is no address or network, or too many rules
   */
  static String of(String name, List<PacketRule> rules) {
    if (rules.size() > MOST_RULES) {
      throw new IllegalArgumentException(
          "a filter has at most " + MOST_RULES + " rules, not " + rules.size());
    }
    StringBuilder xml = new StringBuilder(256 + 160 * rules.size());
    xml.append("<filter name='")
        .append(DomainXml.escape(name))
        .append("' chain='root'><uuid>")
        .append(uuid(name))
        .append("</uuid>");
    int priority = FIRST_PRIORITY;
    for (PacketRule rule : rules) {
      Network peer = rule.peer() == null ? null : Network.parse(rule.peer());
      if (peer == null || !peer.isIpv6()) {
        rule(xml, rule, priority, peer, false);
      }
      if (peer == null || peer.isIpv6()) {
        rule(xml, rule, priority, peer, true);
      }
      priority++;
    }
    return xml.append("</filter>").toString();
  }

  private static void rule(
      StringBuilder xml, PacketRule rule, int priority, @Nullable Network peer, boolean ipv6) {
    boolean in = rule.direction() == PacketRule.Direction.IN;
    xml.append("<rule action='")
        .append(rule.action() == PacketRule.Action.ACCEPT ? "accept" : "drop")
        .append("' direction='")
        .append(in ? "in" : "out")
        .append("' priority='")
        .append(priority)
        .append("'><")
        .append(protocol(rule.protocol(), ipv6));
    if (rule.firstPort() != null) {
      xml.append(" dstportstart='")
          .append(rule.firstPort())
          .append("' dstportend='")
          .append(rule.lastPort())
          .append('\'');
    }
    if (peer != null) {
      String side = in ? "src" : "dst";
      xml.append(' ')
          .append(side)
          .append("ipaddr='")
          .append(peer.address())
          .append("' ")
          .append(side)
          .append("ipmask='")
          .append(peer.prefix())
          .append('\'');
    }
    xml.append("/></rule>");
  }

  private static String protocol(PacketRule.Protocol protocol, boolean ipv6) {
    return switch (protocol) {
      case ALL -> ipv6 ? "all-ipv6" : "all";
      case TCP -> ipv6 ? "tcp-ipv6" : "tcp";
      case UDP -> ipv6 ? "udp-ipv6" : "udp";
      case ICMP -> ipv6 ? "icmpv6" : "icmp";
    };
  }

  /** Is an address or a network, with the bits of its host part cleared. */
  private record Network(String address, int prefix, boolean isIpv6) {

    static Network parse(String text) {
      // Only digits, colons and dots get this far, so that no name is looked up.
      if (!PEER.matcher(text).matches()) {
        throw noNetwork(text);
      }
      int slash = text.indexOf('/');
      try {
        InetAddress address = InetAddress.getByName(slash < 0 ? text : text.substring(0, slash));
        boolean ipv6 = address instanceof Inet6Address;
        int bits = ipv6 ? 128 : 32;
        int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (prefix > bits || (!ipv6 && text.chars().filter(c -> c == '.').count() != 3)) {
          throw noNetwork(text);
        }
        byte[] bytes = address.getAddress();
        BigInteger mask =
            BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE.shiftLeft(bits - prefix));
        byte[] masked = new byte[bytes.length];
        byte[] cut = new BigInteger(1, bytes).and(mask).toByteArray();
        int count = Math.min(cut.length, masked.length);
        System.arraycopy(cut, cut.length - count, masked, masked.length - count, count);
        return new Network(InetAddress.getByAddress(masked).getHostAddress(), prefix, ipv6);
      } catch (UnknownHostException | NumberFormatException e) {
        throw noNetwork(text);
      }
    }

    private static IllegalArgumentException noNetwork(String text) {
      return new IllegalArgumentException(
          "peer must be an address or a network like 10.0.0.0/8: " + text);
    }
  }
}
