package io.intermodal.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the guest's routing table; one entry of test 2.3.d. The destination is what a route
 * is recognised by on the other side.
 *
 * @param destination the network, such as {@code 10.0.0.0/8} or {@code default}
 * @param via the gateway; null for a network that is reached directly
 * @param interfaceName the guest's name for the interface; null where the guest names none
 */
public record Route(String destination, @Nullable String via, @Nullable String interfaceName) {
  /**
   * @throws IllegalArgumentException if a part is blank
   */
  public Route {
    Checks.text(destination, "destination");
    Checks.textOrAbsent(via, "via");
    Checks.textOrAbsent(interfaceName, "interfaceName");
  }

  String describe() {
    return destination
        + (via == null ? " direct" : " via " + via)
        + (interfaceName == null ? "" : " on " + interfaceName);
  }
}
