package io.intermodal.driver.libvirt;

import io.intermodal.CancelledException;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs calls that may block in native code, where neither an interrupt nor a deadline reaches them,
 * on threads that the caller can leave behind.
 */
final class NativeWork {

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "libvirt-call");
            thread.setDaemon(true);
            return thread;
          });

  private NativeWork() {}

  /**
   * Runs a call and waits for it.
   *
   * @param what what stands after "cannot" when it takes too long
   * @throws HypervisorException {@code OPERATION_FAILED} when the patience is over; the host may go
   *     on with it
   * @throws CancelledException when the caller is interrupted; the host may go on with it
   */
  static <T> T within(Duration patience, String what, Supplier<T> work) {
    Future<T> done = THREADS.submit(work::get);
    try {
      return done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(what);
    } catch (TimeoutException e) {
      throw new HypervisorException(
          HypervisorError.OPERATION_FAILED,
          LibvirtDriver.ID,
          "cannot "
              + what
              + ": the host is not done after "
              + patience.toMinutes()
              + " min; it may still go on with it, look at the state",
          null,
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("cannot " + what, e.getCause());
    }
  }
}
