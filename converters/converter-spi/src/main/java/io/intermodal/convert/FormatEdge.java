package io.intermodal.convert;

import java.util.Objects;

/**
 * Declares that a converter makes one format out of another.
 *
 * @param converter id of the converter
 * @param from id of the format it reads
 * @param to id of the format it writes
 * @param cost estimated work for one gigabyte of data, in CPU milliseconds on one core, at least 1;
 *     only the order of costs matters
 * @param fidelity what it keeps
 */
public record FormatEdge(String converter, String from, String to, int cost, Fidelity fidelity) {

  /** Validates that the formats differ and the cost is positive. */
  public FormatEdge {
    Objects.requireNonNull(converter, "converter");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(fidelity, "fidelity");
    if (from.equals(to)) {
      throw new IllegalArgumentException("from and to must differ: " + from);
    }
    if (cost < 1) {
      throw new IllegalArgumentException("cost must be at least 1: " + cost);
    }
  }
}
