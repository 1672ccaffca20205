package io.intermodal.cli;

import io.intermodal.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows progress on the error stream: a bar with rate and remaining time that is redrawn on a
 * terminal, a plain line now and then elsewhere. Work that is over within a second shows nothing.
 */
final class ProgressBar implements Progress.Listener, AutoCloseable {

  private static final long SHOW_AFTER_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
  private static final long LINE_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int WIDTH = 30;

  private final Console console;
  private final LongSupplier nanoClock;
  private @Nullable String task;
  private long startedNanos;
  private long shownNanos;
  private boolean drawn;

  ProgressBar(Console console) {
    this(console, System::nanoTime);
  }

  ProgressBar(Console console, LongSupplier nanoClock) {
    this.console = console;
    this.nanoClock = nanoClock;
  }

  @Override
  public synchronized void progress(Progress progress) {
    long now = nanoClock.getAsLong();
    if (!progress.task().equals(task)) {
      clear();
      task = progress.task();
      startedNanos = now;
      shownNanos = now;
    }
    long interval = console.terminal() ? REDRAW_NANOS : LINE_NANOS;
    if (now - startedNanos < SHOW_AFTER_NANOS || now - shownNanos < interval) {
      return;
    }
    shownNanos = now;
    String text = text(progress, now - startedNanos);
    if (console.terminal()) {
      console.err().print("\r\u001b[K" + text);
      console.err().flush();
      drawn = true;
    } else {
      console.err().println(text);
    }
  }

  private static String text(Progress progress, long nanos) {
    double rate = progress.doneBytes() / (nanos / 1e9);
    StringBuilder text = new StringBuilder(progress.task()).append(": ");
    OptionalLong total = progress.totalBytes();
    if (total.isPresent() && total.getAsLong() > 0) {
      double share = Math.min(1, (double) progress.doneBytes() / total.getAsLong());
      int filled = (int) (share * WIDTH);
      text.append('[')
          .append("#".repeat(filled))
          .append(".".repeat(WIDTH - filled))
          .append("] ")
          .append(String.format(Locale.ROOT, "%3.0f%% ", share * 100));
    }
    text.append(Sizes.text(progress.doneBytes()))
        .append(", ")
        .append(Sizes.text((long) rate))
        .append("/s");
    if (total.isPresent() && rate > 0) {
      long seconds = (long) Math.ceil((total.getAsLong() - progress.doneBytes()) / rate);
      text.append(", ").append(Math.max(0, seconds)).append(" s left");
    }
    return text.toString();
  }

  /** Shows a word about work that has no bytes to count, on a terminal only. */
  synchronized void note(String text) {
    if (console.terminal()) {
      console.err().print("\r\u001b[K" + text);
      console.err().flush();
      drawn = true;
    }
  }

  /** Wipes the bar so that other text can be written. */
  synchronized void clear() {
    if (drawn) {
      console.err().print("\r\u001b[K");
      console.err().flush();
      drawn = false;
    }
  }

  @Override
  public void close() {
    clear();
  }
}
