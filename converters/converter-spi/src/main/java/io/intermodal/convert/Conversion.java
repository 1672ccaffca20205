package io.intermodal.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Pairs a result with what was lost in making it.
 *
 * @param <T> what was made
 * @param result what was made
 * @param losses what was lost, in the order it was met; empty when nothing was
 */
public record Conversion<T>(T result, List<Loss> losses) {

  /** Copies the list. */
  public Conversion {
    Objects.requireNonNull(result, "result");
    losses = List.copyOf(losses);
  }

  /** Makes one without a loss. */
  public static <T> Conversion<T> lossless(T result) {
    return new Conversion<>(result, List.of());
  }

  /** Converts the result further; the losses add up. */
  public <R> Conversion<R> then(Function<? super T, Conversion<R>> next) {
    Conversion<R> following = next.apply(result);
    List<Loss> all = new ArrayList<>(losses);
    all.addAll(following.losses());
    return new Conversion<>(following.result(), all);
  }
}
