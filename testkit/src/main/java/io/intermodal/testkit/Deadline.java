package io.intermodal.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.opentest4j.TestAbortedException;

/** Calls what may hang, on a thread that can be left behind. */
final class Deadline {

  private final Duration limit;

  Deadline(Duration limit) {
    this.limit = limit;
  }

  void run(String what, Runnable action) {
    CompletableFuture<Boolean> done = start(what, () -> finish(action));
    await(what, done);
  }

  <T> T call(String what, Callable<T> action) {
    return await(what, start(what, action));
  }

  private static boolean finish(Runnable action) {
    action.run();
    return true;
  }

  private static <T> CompletableFuture<T> start(String what, Callable<T> action) {
    CompletableFuture<T> future = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                future.complete(action.call());
              } catch (Throwable e) {
                future.completeExceptionally(e);
              }
            },
            "contract: " + what);
    thread.setDaemon(true);
    thread.start();
    return future;
  }

  private <T> T await(String what, CompletableFuture<T> future) {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("cannot " + what + ": it is not over after " + limit, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestAbortedException("interrupted: " + what, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new AssertionError("cannot " + what, e.getCause());
    }
  }
}
