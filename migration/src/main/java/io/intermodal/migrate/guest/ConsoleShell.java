package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestConsole;
import io.intermodal.hypervisor.GuestResult;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands in a guest by typing them at its serial console. A shell that is there is used,
 * else somebody logs in. Standard output and standard error come together; what the kernel writes
 * to the console meanwhile comes with them. Input and commands should be small: a console is slow.
 */
public final class ConsoleShell implements GuestShell {

  static final String DRIVER = "console";

  private static final int LINE = 700;
  private static final int MAX_TYPED = 1 << 20;
  private static final int TYPING_TRIES = 3;
  private static final Duration TYPED = Duration.ofSeconds(10);
  private static final Duration SYNC = Duration.ofSeconds(5);

  private final ConsoleLine line;
  private final boolean loggedIn;
  private byte[] unread = new byte[0];
  private boolean broken;

  private ConsoleShell(ConsoleLine line, boolean loggedIn) {
    this.line = line;
    this.loggedIn = loggedIn;
  }

  /**
   * Comes to a shell at a console, which belongs to the shell from now on.
   *
   * @throws HypervisorException {@code GUEST_UNREACHABLE} with the reason
   */
  public static ConsoleShell open(GuestConsole console, ConsoleLogin login, Duration patience) {
    ConsoleLine line = new ConsoleLine(console);
    try {
      boolean loggedIn = new ConsoleEntry(line, login, patience).enter();
      ConsoleShell shell = new ConsoleShell(line, loggedIn);
      shell.start();
      return shell;
    } catch (RuntimeException | Error e) {
      line.close();
      throw e;
    }
  }

  /**
   * A shell that reads a pipe has no prompt, no history and no completion; {@code cat} is there for
   * the pipe. The terminal sends no echo meanwhile.
   */
  private void start() {
    // What is typed before the old shell is done reading might be read by it.
    ConsoleMarker begun = ConsoleMarker.random();
    line.send(
        " stty -echo 2>/dev/null; " + begun.command() + "; cat | /bin/sh; stty echo 2>/dev/null\n");
    if (await(begun, SYNC, null) == null) {
      throw failed("no shell can be started there");
    }
    ConsoleMarker ready = ConsoleMarker.random();
    line.send(ready.command() + "\n");
    if (await(ready, SYNC, null) == null) {
      throw failed("no shell can be started there");
    }
  }

  @Override
  public String via() {
    return "console";
  }

  @Override
  public GuestResult run(String command, byte[] input, Duration patience) {
    if (broken) {
      throw failed("an earlier command did not end");
    }
    long deadline = System.nanoTime() + patience.toNanos();
    type("c", ShellText.escape(command), deadline);
    type("i", ShellText.escape(input), deadline);
    ConsoleMarker begin = ConsoleMarker.random();
    ConsoleMarker end = ConsoleMarker.random();
    line.send(
        begin.command()
            + "; printf %b \"$i\" | /bin/sh -c \"$(printf %b \"$c\")\" 2>&1; s=$?; "
            + end.command("$s")
            + "\n");
    if (await(begin, left(deadline), null) == null) {
      throw late(patience);
    }
    BoundedOutput output = new BoundedOutput();
    String status = await(end, left(deadline), output);
    if (status == null) {
      throw late(patience);
    }
    return new GuestResult(number(status), cleaned(output), "", output.isTruncated());
  }

  private static String cleaned(BoundedOutput output) {
    String text = ConsoleLine.plain(output.text().getBytes(StandardCharsets.UTF_8));
    // The marker begins a line of its own.
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  private int number(String status) {
    try {
      return Integer.parseInt(status);
    } catch (NumberFormatException e) {
      broken = true;
      throw failed("the exit status is garbled");
    }
  }

  /**
   * Sets a variable of the shell, in lines that a terminal takes, each acknowledged with the length
   * so far: a serial line loses characters when nobody listens fast enough.
   */
  private void type(String variable, String text, long deadline) {
    if (text.length() > MAX_TYPED) {
      throw new IllegalArgumentException("a command for a console must be shorter");
    }
    for (int attempt = 1; !typed(variable, text, deadline); attempt++) {
      if (attempt == TYPING_TRIES || System.nanoTime() - deadline >= 0 || !isListening()) {
        broken = true;
        throw failed("what is typed does not arrive");
      }
    }
  }

  /** A quote that was lost swallows all that follows; one more ends it. */
  private boolean isListening() {
    for (int attempt = 1; attempt <= TYPING_TRIES; attempt++) {
      ConsoleMarker heard = ConsoleMarker.random();
      line.send("\n" + heard.command() + "\n");
      if (await(heard, SYNC, null) != null) {
        return true;
      }
      line.send("'\n");
    }
    return false;
  }

  private boolean typed(String variable, String text, long deadline) {
    line.send(variable + "=\n");
    int from = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + LINE);
      ConsoleMarker heard = ConsoleMarker.random();
      line.send(
          variable
              + "=$"
              + variable
              + "'"
              + text.substring(from, to)
              + "'\n"
              + heard.command("${#" + variable + "}")
              + "\n");
      Duration left = left(deadline);
      String length = await(heard, left.compareTo(TYPED) < 0 ? left : TYPED, null);
      if (!String.valueOf(to).equals(length)) {
        return false;
      }
      from = to;
    }
    return true;
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  /**
   * Reads up to a marker and returns the word behind it; null when it did not come in time.
   *
   * @param before takes what was read before the marker; null drops it
   */
  private @Nullable String await(
      ConsoleMarker marker, Duration patience, @Nullable BoundedOutput before) {
    long deadline = System.nanoTime() + patience.toNanos();
    byte[] wanted = marker.text().getBytes(StandardCharsets.US_ASCII);
    byte[] seen = unread;
    while (true) {
      int at = indexOf(seen, wanted);
      if (at >= 0) {
        int end = indexOf(seen, (byte) '\n', at);
        if (end >= 0) {
          if (before != null) {
            before.write(seen, 0, at);
          }
          unread = Arrays.copyOfRange(seen, end + 1, seen.length);
          return new String(
                  seen, at + wanted.length, end - at - wanted.length, StandardCharsets.US_ASCII)
              .strip();
        }
      }
      // All but what may be the beginning of the marker, or its line, can go.
      int keep = at >= 0 ? seen.length - at : Math.min(seen.length, wanted.length - 1);
      if (before != null) {
        before.write(seen, 0, seen.length - keep);
      }
      seen = Arrays.copyOfRange(seen, seen.length - keep, seen.length);
      byte[] piece = seen.length > MAX_TYPED ? null : line.receive(deadline);
      if (piece == null) {
        unread = new byte[0];
        return null;
      }
      seen = joined(seen, piece);
    }
  }

  private static byte[] joined(byte[] one, byte[] other) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(one.length + other.length);
    all.writeBytes(one);
    all.writeBytes(other);
    return all.toByteArray();
  }

  private static int indexOf(byte[] bytes, byte wanted, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i <= bytes.length - wanted.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  private HypervisorException late(Duration patience) {
    broken = true;
    return new HypervisorException(
        HypervisorError.GUEST_TIMEOUT,
        DRIVER,
        "cannot run a command in the guest through its console: it was not done after "
            + patience.toMillis()
            + " ms",
        null);
  }

  private static HypervisorException failed(String reason) {
    return new HypervisorException(
        HypervisorError.GUEST_UNREACHABLE,
        DRIVER,
        "cannot run a command in the guest through its console: " + reason,
        null);
  }

  /** Ends the own shell, and the login if it was made here; what was there before stays. */
  @Override
  public void close() {
    try {
      // End of file at the beginning of a line, or an interrupt where a command runs on.
      line.send(broken ? "\u0003\n stty echo 2>/dev/null\n" : "\u0004");
      if (loggedIn) {
        line.send("\n exit\n");
      }
    } catch (RuntimeException e) {
      // The console is gone, and with it what was to be ended.
    } finally {
      line.close();
    }
  }
}
