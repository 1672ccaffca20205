package io.intermodal.cli;

import io.intermodal.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns Ctrl-C into a cancellation and gives the command time to clean up. */
final class Interruption {

  private static final long CLEAN_UP_SECONDS = 20;

  private final Cancellation cancellation = Cancellation.create();
  private final CountDownLatch finished = new CountDownLatch(1);

  private Interruption() {}

  /** Makes one that nothing triggers. */
  static Interruption none() {
    return new Interruption();
  }

  /** Makes one that the end of the process triggers. */
  static Interruption install() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::await, "interruption"));
    return interruption;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  void finished() {
    finished.countDown();
  }

  private void await() {
    cancellation.cancel();
    try {
      if (!finished.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS)) {
        Console.system().err().println("stopped before everything was cleaned up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
