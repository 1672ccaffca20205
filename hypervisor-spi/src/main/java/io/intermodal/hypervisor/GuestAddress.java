package io.intermodal.hypervisor;

import java.util.Objects;

/**
 * Names an address of a guest that its hypervisor knows of.
 *
 * @param mac hardware address of the card, six octets in lower case joined by colons
 * @param address IPv4 or IPv6 address in text form, without a prefix length
 * @param origin who says so, for reports: {@code dhcp lease}, {@code guest agent}
 */
public record GuestAddress(String mac, String address, String origin) {

  /** Validates that all parts are there. */
  public GuestAddress {
    Objects.requireNonNull(mac, "mac");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(origin, "origin");
  }
}
