package io.intermodal.disk;

import io.intermodal.Progress;
import java.util.OptionalLong;

/** Tells a listener how far a copy is, ten times a second at most. Used by one thread. */
final class ProgressMeter {

  private static final long INTERVAL_NANOS = 100_000_000;

  private final String task;
  private final OptionalLong total;
  private final Progress.Listener listener;
  private long lastTold = System.nanoTime() - INTERVAL_NANOS;
  private long done;

  ProgressMeter(String task, OptionalLong total, Progress.Listener listener) {
    this.task = task;
    this.total = total;
    this.listener = listener;
  }

  void done(long bytes) {
    done = Math.max(done, total.isPresent() ? Math.min(bytes, total.getAsLong()) : bytes);
    long now = System.nanoTime();
    if (now - lastTold >= INTERVAL_NANOS) {
      lastTold = now;
      listener.progress(new Progress(task, done, total));
    }
  }

  void finish() {
    listener.progress(new Progress(task, total.orElse(done), total));
  }
}
