package io.intermodal.convert;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds all simple routes between formats, best first (TIOSA applies every available route and
 * scores it). Immutable and thread-safe.
 *
 * <p>The number of simple routes can grow with the factorial of the number of formats; the planner
 * stops at {@link #MAX_ROUTES} and {@link #MAX_LENGTH} conversions in a row, far beyond any route
 * that anyone would take.
 */
public final class RoutePlanner {

  /** Most routes that are returned. */
  public static final int MAX_ROUTES = 10_000;

  /** Most conversions in one route. */
  public static final int MAX_LENGTH = 6;

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
   * Finds all simple routes from any of the formats a source gives to any of those a target takes.
   * A format that both know is a route without conversions.
   *
   * @return the routes, best first; empty when there is none
   */
  public List<Route> routes(Collection<String> from, Collection<String> to) {
    Set<String> targets = Set.copyOf(to);
    List<Route> found = new ArrayList<>();
    for (String start : new LinkedHashSet<>(from)) {
      walk(start, start, targets, new LinkedHashSet<>(Set.of(start)), new ArrayDeque<>(), found);
    }
    found.sort(null);
    return List.copyOf(found);
  }

  private void walk(
      String start,
      String at,
      Set<String> targets,
      Set<String> visited,
      Deque<FormatEdge> path,
      List<Route> found) {
    if (found.size() >= MAX_ROUTES) {
      return;
    }
    if (targets.contains(at)) {
      found.add(new Route(start, List.copyOf(path)));
    }
    if (path.size() == MAX_LENGTH) {
      return;
    }
    for (FormatEdge edge : edgesByStart.getOrDefault(at, List.of())) {
      if (visited.add(edge.to())) {
        path.addLast(edge);
        walk(start, edge.to(), targets, visited, path, found);
        path.removeLast();
        visited.remove(edge.to());
      }
    }
  }
}
