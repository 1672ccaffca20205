package io.intermodal.migrate.guest;

import io.intermodal.CancelledException;
import io.intermodal.hypervisor.GuestConsole;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends keys to a console and hands out what comes back, piece by piece, with a time-out that
 * reading alone does not have.
 */
final class ConsoleLine implements AutoCloseable {

  private static final int PIECE = 4096;
  private static final int PIECES = 64;
  private static final byte[] END = new byte[0];
  private static final Pattern ESCAPES =
      Pattern.compile(
          "\u001b(\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(\u0007|\u001b\\\\)|[@-Z\\\\-_])");

  private final GuestConsole console;
  private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(PIECES);
  private final Thread pump;
  private volatile boolean closed;
  private boolean ended;

  ConsoleLine(GuestConsole console) {
    this.console = console;
    this.pump = new Thread(this::pump, "guest-console");
    pump.setDaemon(true);
    pump.start();
  }

  /** A queue that is full makes the guest wait; nothing is kept without a bound. */
  private void pump() {
    byte[] buffer = new byte[PIECE];
    try (InputStream in = console.input()) {
      int count;
      while (!closed && (count = in.read(buffer)) >= 0) {
        if (count > 0) {
          pieces.put(Arrays.copyOf(buffer, count));
        }
      }
    } catch (IOException | RuntimeException e) {
      // Whatever the reason, nothing more will come; the reader is told by the end.
    } catch (InterruptedException e) {
      return;
    }
    try {
      pieces.put(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void send(String keys) {
    send(keys.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] keys) {
    try {
      console.output().write(keys);
      console.output().flush();
    } catch (IOException | RuntimeException e) {
      throw gone(e);
    }
  }

  /**
   * Returns the next bytes; null when none came in time.
   *
   * @param deadline of {@link System#nanoTime()}
   * @throws HypervisorException {@code GUEST_UNREACHABLE} when the console has ended
   */
  byte @Nullable [] receive(long deadline) {
    if (ended) {
      throw gone(null);
    }
    try {
      byte[] piece = pieces.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (piece != null && piece.length == 0) {
        ended = true;
        throw gone(null);
      }
      return piece;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("work at the console of a guest");
    }
  }

  /** Throws away what has come. */
  void drain() {
    byte[] piece;
    do {
      piece = receive(System.nanoTime());
    } while (piece != null);
  }

  /** Returns text without carriage returns and without the escapes that colour a terminal. */
  static String plain(byte[] bytes) {
    return ESCAPES
        .matcher(new String(bytes, StandardCharsets.UTF_8))
        .replaceAll("")
        .replace("\r", "");
  }

  private static HypervisorException gone(@Nullable Exception cause) {
    return new HypervisorException(
        HypervisorError.GUEST_UNREACHABLE,
        ConsoleShell.DRIVER,
        "cannot use the console of the guest: it has ended"
            + (cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")"),
        null,
        cause);
  }

  @Override
  public void close() {
    closed = true;
    try {
      console.close();
    } finally {
      pump.interrupt();
    }
  }
}
