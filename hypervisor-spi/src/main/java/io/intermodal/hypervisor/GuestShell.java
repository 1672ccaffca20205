package io.intermodal.hypervisor;

import java.time.Duration;

/**
 * Runs commands inside a guest: through the hypervisor's agent, a remote shell or a console. One
 * command at a time; not thread-safe. What comes back was written by the guest: it is bounded, and
 * never to be believed as a path or a document.
 */
public interface GuestShell extends AutoCloseable {

  /** Bytes of each output that are kept; the rest is read and dropped. */
  int MAX_OUTPUT_BYTES = 1 << 20;

  /** Returns how the guest is reached, for reports: {@code guest agent}, {@code ssh}. */
  String via();

  /**
   * Runs a command line with {@code /bin/sh} and waits for its end.
   *
   * @param command POSIX shell; it holds no secret, as other users of the guest may see it
   * @param input what it reads from its standard input
   * @param patience how long it may take; a command that is not done by then is given up, and may
   *     run on in the guest where it cannot be ended
   * @throws HypervisorException {@code GUEST_UNREACHABLE} when nobody answers, {@code
   *     GUEST_TIMEOUT} when the patience is over; the shell is then to be closed
   */
  GuestResult run(String command, byte[] input, Duration patience);

  /** Runs a command line that reads nothing. */
  default GuestResult run(String command, Duration patience) {
    return run(command, new byte[0], patience);
  }

  @Override
  void close();
}
