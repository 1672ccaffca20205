package io.intermodal.convert;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Is one way from a format to another: no format is met twice. A route without edges is a plain
 * copy.
 *
 * @param from id of the format it starts at
 * @param edges conversions in order, each starting where the one before ends
 */
public record Route(String from, List<FormatEdge> edges) implements Comparable<Route> {

  private static final Comparator<Route> BEST_FIRST =
      Comparator.comparing(Route::fidelity)
          .thenComparingLong(Route::cost)
          .thenComparingInt(route -> route.edges().size())
          .thenComparing(Route::explain)
          // A converter may declare one pair of formats twice: still one order, whoever came first.
          .thenComparing(route -> route.edges().toString());

  /** Validates that the edges join. */
  public Route {
    edges = List.copyOf(edges);
    String at = from;
    for (FormatEdge edge : edges) {
      if (!edge.from().equals(at)) {
        throw new IllegalArgumentException("edge " + edge + " does not start at " + at);
      }
      at = edge.to();
    }
  }

  /** Returns the id of the format it ends at. */
  public String to() {
    return edges.isEmpty() ? from : edges.get(edges.size() - 1).to();
  }

  /** Returns the sum of the costs; 0 for a plain copy. */
  public long cost() {
    return edges.stream().mapToLong(FormatEdge::cost).sum();
  }

  /** Returns the worst fidelity of its conversions; EXACT for a plain copy. */
  public Fidelity fidelity() {
    return edges.stream()
        .map(FormatEdge::fidelity)
        .max(Comparator.naturalOrder())
        .orElse(Fidelity.EXACT);
  }

  /** Returns how many conversions need a temporary file of the whole disk. */
  public int temporaryCopies() {
    return Math.max(0, edges.size() - 1);
  }

  /** Says the route in one line: {@code vmdk-streamOptimized -[disk-images]-> qcow2}. */
  public String explain() {
    return from
        + edges.stream()
            .map(edge -> " -[" + edge.converter() + "]-> " + edge.to())
            .collect(Collectors.joining());
  }

  /** Orders by fidelity, then cost, then number of conversions, then text: best first. */
  @Override
  public int compareTo(Route other) {
    return BEST_FIRST.compare(this, other);
  }
}
