package io.intermodal.ovf;

/** Tells addresses from other texts. A text is never looked up as a name. */
final class IpLiterals {

  private static final int LONGEST = 45;
  private static final int GROUPS = 8;

  private IpLiterals() {}

  static boolean isAddress(String text) {
    return text.length() <= LONGEST && (isIpv4(text) || isIpv6(text));
  }

  static boolean isIpv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      // A leading zero would be octal to some readers and decimal to others.
      if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  static boolean isIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0) {
      int before = groups(text.substring(0, gap), false);
      int after = groups(text.substring(gap + 2), true);
      return before >= 0 && after >= 0 && before + after < GROUPS;
    }
    return groups(text, true) == GROUPS;
  }

  /** Counts groups of 16 bits; -1 when the text is not made of such. */
  private static int groups(String text, boolean last) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].matches("[0-9A-Fa-f]{1,4}")) {
        count++;
      } else if (last && i == parts.length - 1 && isIpv4(parts[i])) {
        count += 2;
      } else {
        return -1;
      }
    }
    return count;
  }
}
