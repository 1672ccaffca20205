package io.intermodal.migrate.guest;

import java.util.regex.Pattern;

/** Tells addresses from other text. What goes into a command is looked at here first. */
final class IpText {

  private static final int LONGEST = 45;
  private static final Pattern V4 =
      Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]+");

  private IpText() {}

  static boolean isAddress(String text) {
    return isV4(text) || isV6(text);
  }

  static boolean isV4(String text) {
    return text.length() <= LONGEST && V4.matcher(text).matches();
  }

  /** Takes what consists of an IPv6 address's letters; whether it is one, the guest will say. */
  static boolean isV6(String text) {
    return text.length() <= LONGEST
        && text.indexOf(':') >= 0
        && text.indexOf(':') != text.lastIndexOf(':')
        && V6.matcher(text).matches();
  }

  /** Tells an address with a prefix length, or without. */
  static boolean isNetwork(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return isAddress(text);
    }
    String prefix = text.substring(slash + 1);
    return isAddress(text.substring(0, slash)) && prefix.matches("\\d{1,3}");
  }
}
