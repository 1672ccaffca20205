package io.intermodal.driver.libvirt;

import io.intermodal.CancelledException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Asks again and again until something holds; events may be late or lost, so they only help. */
final class Waiting {

  private static final long FIRST_MILLIS = 50;
  private static final long LONGEST_MILLIS = 1000;

  private Waiting() {}

  /**
   * Waits until a condition holds.
   *
   * @param what what is waited for, when the caller is interrupted
   * @return whether it holds; false when the patience is over
   */
  @SuppressWarnings("ThreadSleep")
  static boolean until(String what, Duration patience, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    long millis = FIRST_MILLIS;
    while (true) {
      if (condition.getAsBoolean()) {
        return true;
      }
      long leftMillis = (end - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        return false;
      }
      try {
        Thread.sleep(Math.min(millis, leftMillis + 1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancelledException(what);
      }
      millis = Math.min(LONGEST_MILLIS, millis * 3 / 2);
    }
  }
}
