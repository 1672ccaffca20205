package io.intermodal.evaluate;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A network interface of the guest; one entry of test 2.3.a.
 *
 * @param name the guest's name for it, such as {@code eth0}
 * @param mac its hardware address, kept in small letters with colons; null where it has none or
 *     none was seen
 */
public record NetworkInterface(String name, @Nullable String mac) {
  /**
   * @throws IllegalArgumentException if the name or the address is blank
   */
  public NetworkInterface {
    Checks.text(name, "name");
    Checks.textOrAbsent(mac, "mac");
    if (mac != null) {
      mac = mac.toLowerCase(Locale.ROOT).replace('-', ':');
    }
  }

  String describe() {
    return mac == null ? name : name + " " + mac;
  }
}
