package io.intermodal.convert;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the simple routes between formats, best first (TIOSA applies every available route and
 * scores it). Immutable and thread-safe.
 *
 * <p>Detours are left out: routes on which one converter converts twice in a row although it offers
 * both steps as one, no worse and no dearer. The number of the others can still grow with the
 * factorial of the number of formats; the planner stops after {@link #MAX_ROUTES} routes, which are
 * then the best ones, and at {@link #MAX_LENGTH} conversions in a row.
 */
public final class RoutePlanner {

  /** Most routes that are returned. */
  public static final int MAX_ROUTES = 1_000;

  /** Most conversions in one route. */
  public static final int MAX_LENGTH = 6;

  /** Most beginnings of routes that are looked at; the best come first. */
  private static final int MAX_STEPS = 200_000;

  private final Map<String, List<FormatEdge>> edgesByStart = new LinkedHashMap<>();

  private RoutePlanner(Collection<FormatEdge> edges) {
    for (FormatEdge edge : new LinkedHashSet<>(edges)) {
      edgesByStart.computeIfAbsent(edge.from(), start -> new ArrayList<>()).add(edge);
    }
  }

  /** Makes a planner over these conversions. */
  public static RoutePlanner over(Collection<FormatEdge> edges) {
    return new RoutePlanner(edges);
  }

  /**
   * Finds the simple routes from any of the formats a source gives to any of those a target takes.
   * A format that both know is a route without conversions.
   *
   * @return the routes, best first; empty when there is none
   */
  public List<Route> routes(Collection<String> from, Collection<String> to) {
    Set<String> targets = Set.copyOf(to);
    List<Route> found = new ArrayList<>();
    // No route gets better by going on, so what is taken from the queue is the best that is left.
    PriorityQueue<Route> open = new PriorityQueue<>();
    for (String start : new LinkedHashSet<>(from)) {
      open.add(new Route(start, List.of()));
    }
    for (int step = 0; step < MAX_STEPS && found.size() < MAX_ROUTES; step++) {
      Route best = open.poll();
      if (best == null) {
        break;
      }
      if (targets.contains(best.to())) {
        found.add(best);
      }
      if (best.edges().size() < MAX_LENGTH) {
        longer(best).forEach(open::add);
      }
    }
    return List.copyOf(found);
  }

  private Stream<Route> longer(Route route) {
    return edgesByStart.getOrDefault(route.to(), List.of()).stream()
        .filter(edge -> !passes(route, edge.to()) && !isDetour(route, edge))
        .map(
            edge -> {
              List<FormatEdge> edges = new ArrayList<>(route.edges());
              edges.add(edge);
              return new Route(route.from(), edges);
            });
  }

  private static boolean passes(Route route, String format) {
    return route.from().equals(format)
        || route.edges().stream().anyMatch(edge -> edge.to().equals(format));
  }

  private boolean isDetour(Route route, FormatEdge next) {
    if (route.edges().isEmpty()) {
      return false;
    }
    FormatEdge last = route.edges().get(route.edges().size() - 1);
    Fidelity worse = Collections.max(List.of(last.fidelity(), next.fidelity()));
    return last.converter().equals(next.converter())
        && edgesByStart.getOrDefault(last.from(), List.of()).stream()
            .anyMatch(
                direct ->
                    direct.converter().equals(next.converter())
                        && direct.to().equals(next.to())
                        && direct.fidelity().compareTo(worse) <= 0
                        && direct.cost() <= (long) last.cost() + next.cost());
  }
}
