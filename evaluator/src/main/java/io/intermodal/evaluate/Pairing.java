package io.intermodal.evaluate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds for every entry of the source its counterpart on the target, key by key: what the first key
 * leaves over is paired by the next. Of entries with equal keys the first pairs with the first.
 */
final class Pairing<T> {
  private static final int NONE = -1;

  private final List<T> source;
  private final List<T> target;
  private final int[] counterpart;
  private final boolean[] taken;

  private Pairing(List<T> source, List<T> target) {
    this.source = source;
    this.target = target;
    counterpart = new int[source.size()];
    Arrays.fill(counterpart, NONE);
    taken = new boolean[target.size()];
  }

  static <T> Pairing<T> of(List<T> source, List<T> target) {
    return new Pairing<>(source, target);
  }

  /** Pairs what is left by a key; entries whose key is absent stay. */
  Pairing<T> by(Function<? super T, @Nullable Object> key) {
    Map<Object, Deque<Integer>> free = new HashMap<>();
    for (int i = 0; i < target.size(); i++) {
      Object value = taken[i] ? null : key.apply(target.get(i));
      if (value != null) {
        free.computeIfAbsent(value, unused -> new ArrayDeque<>(2)).add(i);
      }
    }
    for (int i = 0; i < source.size() && !free.isEmpty(); i++) {
      Object value = counterpart[i] == NONE ? key.apply(source.get(i)) : null;
      Deque<Integer> candidates = value == null ? null : free.get(value);
      Integer found = candidates == null ? null : candidates.poll();
      if (found != null) {
        pair(i, found);
      }
    }
    return this;
  }

  /** Pairs what is left in the order of the lists. */
  Pairing<T> byOrder() {
    int next = 0;
    for (int i = 0; i < source.size(); i++) {
      while (next < target.size() && taken[next]) {
        next++;
      }
      if (counterpart[i] == NONE && next < target.size()) {
        pair(i, next);
      }
    }
    return this;
  }

  private void pair(int sourceIndex, int targetIndex) {
    counterpart[sourceIndex] = targetIndex;
    taken[targetIndex] = true;
  }

  /** Returns the counterpart of an entry, or null where it has none. */
  @Nullable T counterpartOf(int sourceIndex) {
    return counterpart[sourceIndex] == NONE ? null : target.get(counterpart[sourceIndex]);
  }

  /** Says what is missing, changed and extra. */
  Differences<T> differences(BiPredicate<? super T, ? super T> same) {
    List<T> missing = new ArrayList<>();
    List<Differences.Change<T>> changed = new ArrayList<>();
    List<T> extra = new ArrayList<>();
    for (int i = 0; i < source.size(); i++) {
      T before = source.get(i);
      if (counterpart[i] == NONE) {
        missing.add(before);
      } else if (!same.test(before, target.get(counterpart[i]))) {
        changed.add(new Differences.Change<>(before, target.get(counterpart[i])));
      }
    }
    for (int i = 0; i < target.size(); i++) {
      if (!taken[i]) {
        extra.add(target.get(i));
      }
    }
    return new Differences<>(missing, changed, extra);
  }
}
