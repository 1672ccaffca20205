package io.intermodal.evaluate;

/**
 * A kernel release, split into the version and the revision of it (our decision: the paper tells a
 * "version change" from a "revision change" and does not say where one ends).
 *
 * <p>The version is the leading dotted number: {@code 5.10.0} of {@code 5.10.0-28-amd64}, {@code
 * 2.6.32} of {@code 2.6.32-279.el6.x86_64}, {@code 13.2} of {@code 13.2-RELEASE-p4}. Windows counts
 * its builds in the third number, which is above 999 there and nowhere else: {@code 6.1.7601} is
 * version {@code 6.1}, revision {@code .7601}. A release without a leading number is all version.
 */
record KernelVersion(String version, String revision) {
  private static final int WINDOWS_BUILD_DIGITS = 4;

  static KernelVersion of(String release) {
    int end = 0;
    int parts = 0;
    while (end < release.length()) {
      int start = parts == 0 ? 0 : end + 1;
      int stop = endOfDigits(release, start);
      if (stop == start || (parts > 0 && release.charAt(end) != '.')) {
        break;
      }
      if (parts == 2 && stop - start >= WINDOWS_BUILD_DIGITS) {
        break;
      }
      parts++;
      end = stop;
    }
    return parts == 0
        ? new KernelVersion(release, "")
        : new KernelVersion(release.substring(0, end), release.substring(end));
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
