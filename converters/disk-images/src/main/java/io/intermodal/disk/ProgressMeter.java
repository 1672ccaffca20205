package io.intermodal.disk;

import io.intermodal.Progress;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.SourceBytes;
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

  /** Creates one for an image that is read whole. */
  static ProgressMeter of(
      String task, ExtentReader reader, SourceBytes bytes, Progress.Listener listener) {
    return new ProgressMeter(task, total(reader, bytes), listener);
  }

  /** Returns how many stored bytes will be read; empty when that is not known. */
  static OptionalLong total(ExtentReader reader, SourceBytes bytes) {
    OptionalLong total = reader.storedBytesToRead();
    return total.isPresent() ? total : bytes.length();
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
