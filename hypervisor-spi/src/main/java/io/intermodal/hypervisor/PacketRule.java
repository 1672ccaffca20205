package io.intermodal.hypervisor;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * States one rule of a firewall outside the guest. Rules are tried in their order; the first that
 * matches decides.
 *
 * @param direction as the guest sees it
 * @param action what becomes of a packet
 * @param protocol what it matches
 * @param firstPort first TCP or UDP port of the guest's side for {@code IN}, of the other side for
 *     {@code OUT}; null for all
 * @param lastPort last port of the range; null for all
 * @param peer address or network in CIDR form at the other side; null for all
 */
public record PacketRule(
    Direction direction,
    Action action,
    Protocol protocol,
    @Nullable Integer firstPort,
    @Nullable Integer lastPort,
    @Nullable String peer) {

  private static final int MAX_PORT = 65535;

  /** Names the way of a packet. */
  public enum Direction {
    /** To the guest. */
    IN,
    /** From the guest. */
    OUT
  }

  /** Names what becomes of a packet. */
  public enum Action {
    /** It passes, and so do the answers to it. */
    ACCEPT,
    /** It vanishes. */
    DROP
  }

  /** Names what a rule matches. */
  public enum Protocol {
    /** Everything. */
    ALL,
    /** TCP. */
    TCP,
    /** UDP. */
    UDP,
    /** ICMP. */
    ICMP
  }

  /** Validates that ports go with a protocol that has them. */
  public PacketRule {
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(protocol, "protocol");
    if ((firstPort == null) != (lastPort == null)) {
      throw new IllegalArgumentException("firstPort and lastPort go together");
    }
    if (firstPort != null && lastPort != null) {
      if (protocol != Protocol.TCP && protocol != Protocol.UDP) {
        throw new IllegalArgumentException("only TCP and UDP have ports, not " + protocol);
      }
      if (firstPort < 0 || lastPort > MAX_PORT || firstPort > lastPort) {
        throw new IllegalArgumentException("no range of ports: " + firstPort + "-" + lastPort);
      }
    }
  }
}
