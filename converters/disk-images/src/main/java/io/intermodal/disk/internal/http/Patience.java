package io.intermodal.disk.internal.http;

import io.intermodal.CancelledException;
import io.intermodal.IntermodalException;
import io.intermodal.disk.HttpLimits;
import io.intermodal.disk.internal.Problems;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Waits for answers: tries again, later each time, what failed on the way, and gives up at the
 * deadline or when it is told that nobody wants the answer any more.
 */
final class Patience {

  private static final long POLL_MILLIS = 20;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final String name;
  private final HttpLimits limits;
  private volatile boolean aborted;

  Patience(String name, HttpLimits limits) {
    this.name = name;
    this.limits = limits;
  }

  /** Makes all waits end soon; called by another thread. */
  void abort() {
    aborted = true;
  }

  /**
   * Waits for an answer.
   *
   * @param at the byte that is asked for, for messages
   * @param attempts makes the attempt of a number, from 0
   */
  <T> T get(long at, IntFunction<CompletableFuture<T>> attempts) {
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_MILLIS;
    for (int attempt = 0; ; attempt++) {
      CompletableFuture<T> future = attempts.apply(attempt);
      IOException failure;
      try {
        return await(future);
      } catch (IOException e) {
        failure = e;
      }
      long left =
          limits.deadline().toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      if (pause > left) {
        throw Problems.readFailed(
            name, at, new IOException(failure.getMessage() + triedAgain(attempt), failure));
      }
      pause(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  private static String triedAgain(int attempts) {
    return attempts == 0 ? "" : "; " + (attempts + 1) + " tries failed";
  }

  private <T> T await(CompletableFuture<T> future) throws IOException {
    long start = System.nanoTime();
    try {
      while (System.nanoTime() - start < limits.silence().toNanos()) {
        checkWanted();
        try {
          return future.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          // Not yet: look again whether the answer is still wanted.
        }
      }
      future.cancel(true);
      throw silent();
    } catch (ExecutionException e) {
      throw transientCause(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("read " + name);
    } finally {
      if (!future.isDone()) {
        future.cancel(true);
      }
    }
  }

  /** Returns what may go away by itself; throws what will not. */
  private IOException transientCause(@Nullable Throwable cause) {
    if (cause instanceof IntermodalException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    if (cause instanceof Failed e) {
      return e;
    }
    if (cause instanceof HttpTimeoutException) {
      return silent();
    }
    // What the client says may name the address with its query: its kind must do.
    String kind = cause == null ? "unknown" : cause.getClass().getSimpleName();
    return new IOException("the connection failed (" + kind + ")");
  }

  private IOException silent() {
    return new IOException("no answer within " + limits.silence().toMillis() + " ms");
  }

  private void pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      while (System.nanoTime() < end) {
        checkWanted();
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("read " + name);
    }
  }

  private void checkWanted() {
    if (aborted) {
      throw new CancelledException("read " + name);
    }
  }

  /** A failure in words of ours, after which another try may succeed. */
  static final class Failed extends IOException {

    private static final long serialVersionUID = 1L;

    Failed(String message) {
      super(message);
    }
  }
}
