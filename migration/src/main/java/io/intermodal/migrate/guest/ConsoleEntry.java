package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.regex.Pattern;

/** Comes to a shell at a console: finds the one that is there, or logs in. */
final class ConsoleEntry {

  private static final Pattern LOGIN = Pattern.compile("(?i)(^|.*[\\s:])login: ?$");
  private static final Pattern PASSWORD = Pattern.compile("(?i).*password: ?$");
  private static final Pattern REFUSED =
      Pattern.compile("(?i)(login incorrect|authentication failure|permission denied)");
  private static final Duration QUIET = Duration.ofMillis(400);
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final Duration CHECKED = Duration.ofSeconds(15);
  private static final int MAX_SEEN = 1 << 16;
  private static final String CONTROL_C = "\u0003";

  private final ConsoleLine line;
  private final ConsoleLogin login;
  private final long deadline;

  ConsoleEntry(ConsoleLine line, ConsoleLogin login, Duration patience) {
    this.line = line;
    this.login = login;
    this.deadline = System.nanoTime() + patience.toNanos();
  }

  /**
   * Returns when a shell answers.
   *
   * @return whether it was logged in, so that somebody must log out
   * @throws HypervisorException {@code GUEST_UNREACHABLE} with the reason
   */
  boolean enter() {
    boolean loggedIn = false;
    String seen = "";
    while (System.nanoTime() - deadline < 0) {
      line.send("\n");
      seen = settle(ANSWER);
      String last = lastLine(seen);
      if (LOGIN.matcher(last).matches()) {
        logIn();
        loggedIn = true;
        continue;
      }
      if (PASSWORD.matcher(last).matches()) {
        // Somebody's half login; an empty password ends it.
        settle(CHECKED);
        continue;
      }
      if (answers(ConsoleMarker.random())) {
        return loggedIn;
      }
      line.send(CONTROL_C);
    }
    throw refused(
        seen.isBlank()
            ? "nothing is written there"
            : "neither a shell nor a login answers; the last it wrote is \""
                + Printable.shortened(lastLine(seen))
                + "\"");
  }

  private boolean answers(ConsoleMarker marker) {
    line.send(marker.command() + "\n");
    long until = Math.min(deadline, System.nanoTime() + ANSWER.toNanos());
    StringBuilder seen = new StringBuilder();
    while (seen.length() < MAX_SEEN) {
      byte[] piece = line.receive(until);
      if (piece == null) {
        return false;
      }
      seen.append(ConsoleLine.plain(piece));
      if (seen.indexOf(marker.text()) >= 0) {
        return true;
      }
    }
    return false;
  }

  private void logIn() {
    String user = login.user();
    if (user == null) {
      throw refused("it asks for a login and none was given");
    }
    line.send(user + "\n");
    String answer = settle(CHECKED);
    if (!PASSWORD.matcher(lastLine(answer)).matches()) {
      return;
    }
    GuestSecret password = login.password();
    if (password == null) {
      throw refused("it asks for the password of " + user + " and none was given");
    }
    byte[] revealed = password.reveal();
    try {
      line.send(revealed);
      line.send("\n");
    } finally {
      GuestSecret.wipe(revealed);
    }
    if (REFUSED.matcher(settle(CHECKED)).find()) {
      throw refused("it refused the login of " + user);
    }
  }

  /**
   * Reads until the console has said something and falls quiet, or the time is over. What is only
   * the echo of the last key is something said, so a prompt is waited for.
   */
  private String settle(Duration longest) {
    long until = Math.min(deadline, System.nanoTime() + longest.toNanos());
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    while (seen.size() < MAX_SEEN) {
      boolean something = !lastLine(ConsoleLine.plain(seen.toByteArray())).isBlank();
      long quiet = something ? Math.min(until, System.nanoTime() + QUIET.toNanos()) : until;
      byte[] piece = line.receive(quiet);
      if (piece == null) {
        break;
      }
      seen.writeBytes(piece);
    }
    return ConsoleLine.plain(seen.toByteArray());
  }

  private static String lastLine(String text) {
    return text.substring(text.lastIndexOf('\n') + 1);
  }

  private static HypervisorException refused(String reason) {
    return new HypervisorException(
        HypervisorError.GUEST_UNREACHABLE,
        ConsoleShell.DRIVER,
        "cannot use the console of the guest: " + reason,
        null);
  }
}
