package io.intermodal;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * Says how far one piece of work is.
 *
 * @param task what is being done, for people: "verify disk1.vmdk"
 * @param doneBytes bytes of real data done so far, never falling within a task
 * @param totalBytes bytes of real data there are; empty while unknown
 */
public record Progress(String task, long doneBytes, OptionalLong totalBytes) {

  /** Receives progress; called from one thread at a time, and not so often that it would hurt. */
  @FunctionalInterface
  public interface Listener {

    /** Takes note; must return soon and must not throw. */
    void progress(Progress progress);

    /** Returns a listener that ignores everything. */
    static Listener none() {
      return progress -> {};
    }
  }

  /** Validates the counts. */
  public Progress {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(totalBytes, "totalBytes");
    if (doneBytes < 0) {
      throw new IllegalArgumentException("doneBytes must not be negative: " + doneBytes);
    }
  }

  /** Creates one with a known total. */
  public static Progress of(String task, long doneBytes, long totalBytes) {
    return new Progress(task, doneBytes, OptionalLong.of(totalBytes));
  }
}
