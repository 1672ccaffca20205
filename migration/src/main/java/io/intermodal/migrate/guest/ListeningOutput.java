package io.intermodal.migrate.guest;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code /proc/net/tcp} and {@code /proc/net/tcp6}: where the guest listens. */
final class ListeningOutput {

  private static final Pattern HEAD = Pattern.compile("sl\\s+local_address\\s.*");
  private static final Pattern ROW =
      Pattern.compile(
          "\\d{1,9}: [0-9A-F]{8,32}:([0-9A-F]{4}) [0-9A-F]{8,32}:[0-9A-F]{4} 0A(?: .*)?");

  private ListeningOutput() {}

  /** Returns the TCP ports, or null when this is no table of sockets. */
  static @Nullable Set<Integer> ports(String output) {
    Set<Integer> ports = new TreeSet<>();
    boolean head = false;
    for (String line : OutputLines.of(output)) {
      head |= HEAD.matcher(line.strip()).matches();
      Matcher row = ROW.matcher(line.strip());
      if (row.matches()) {
        ports.add(Integer.parseInt(row.group(1), 16));
      }
    }
    return head ? ports : null;
  }
}
