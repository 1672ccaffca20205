package io.intermodal.migrate;

import java.util.function.Consumer;

/**
 * Holds something that must be let go of, or it stays locked for good: a failing attempt is made
 * once more, since closing twice is the same as once.
 */
record Held<T>(T resource, Consumer<T> end) implements AutoCloseable {

  @Override
  public void close() {
    try {
      end.accept(resource);
    } catch (RuntimeException | Error e) {
      try {
        end.accept(resource);
      } catch (RuntimeException | Error again) {
        e.addSuppressed(again);
        throw e;
      }
      if (e instanceof Error error) {
        throw error;
      }
    }
  }
}
