package io.intermodal.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RoutePlannerTest {

  private static final List<String> FORMATS = List.of("a", "b", "c", "d", "e");

  @Provide
  Arbitrary<List<FormatEdge>> graphs() {
    Arbitrary<String> format = Arbitraries.of(FORMATS);
    return Combinators.combine(
            Arbitraries.of("x", "y"),
            format,
            format,
            Arbitraries.integers().between(1, 5),
            Arbitraries.of(Fidelity.class))
        .filter((converter, from, to, cost, fidelity) -> !from.equals(to))
        .as(FormatEdge::new)
        .list()
        .ofMaxSize(9);
  }

  @Provide
  Arbitrary<Set<String>> formats() {
    return Arbitraries.of(FORMATS).set().ofMaxSize(3);
  }

  @Property(tries = 500)
  void findsAllSimpleRoutesWithoutDetoursAndPutsTheBestFirst(
      @ForAll("graphs") List<FormatEdge> edges,
      @ForAll("formats") Set<String> from,
      @ForAll("formats") Set<String> to) {
    List<Route> found = RoutePlanner.over(edges).routes(from, to);

    assertThat(found).containsExactlyInAnyOrderElementsOf(bruteForce(edges, from, to));
    assertThat(found).isSorted();
    if (!found.isEmpty()) {
      Route best = found.get(0);
      assertThat(found)
          .allSatisfy(
              route -> {
                assertThat(route.fidelity()).isGreaterThanOrEqualTo(best.fidelity());
                if (route.fidelity() == best.fidelity()) {
                  assertThat(route.cost()).isGreaterThanOrEqualTo(best.cost());
                }
              });
    }
  }

  @Property(tries = 200)
  void dependsOnNoOrder(
      @ForAll("graphs") List<FormatEdge> edges,
      @ForAll("formats") Set<String> from,
      @ForAll("formats") Set<String> to) {
    List<FormatEdge> reversed = new ArrayList<>(edges);
    Collections.reverse(reversed);

    assertThat(RoutePlanner.over(reversed).routes(from, to))
        .isEqualTo(RoutePlanner.over(edges).routes(from, to));
  }

  /** Tries every sequence of edges, with no thought for speed. */
  private static Set<Route> bruteForce(List<FormatEdge> edges, Set<String> from, Set<String> to) {
    Set<Route> all = new HashSet<>();
    from.forEach(start -> all.add(new Route(start, List.of())));
    Set<Route> last = Set.copyOf(all);
    while (!last.isEmpty()) {
      Set<Route> longer = new HashSet<>();
      for (Route route : last) {
        for (FormatEdge edge : edges) {
          if (edge.from().equals(route.to()) && isNew(route, edge.to())) {
            List<FormatEdge> path = new ArrayList<>(route.edges());
            path.add(edge);
            longer.add(new Route(route.from(), path));
          }
        }
      }
      all.addAll(longer);
      last = longer;
    }
    all.removeIf(route -> !to.contains(route.to()) || hasDetour(route, edges));
    return all;
  }

  private static boolean hasDetour(Route route, List<FormatEdge> edges) {
    for (int i = 1; i < route.edges().size(); i++) {
      FormatEdge one = route.edges().get(i - 1);
      FormatEdge two = route.edges().get(i);
      for (FormatEdge direct : edges) {
        if (one.converter().equals(two.converter())
            && direct.converter().equals(one.converter())
            && direct.from().equals(one.from())
            && direct.to().equals(two.to())
            && direct.cost() <= one.cost() + two.cost()
            && (direct.fidelity().compareTo(one.fidelity()) <= 0
                || direct.fidelity().compareTo(two.fidelity()) <= 0)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isNew(Route route, String format) {
    return !route.from().equals(format)
        && route.edges().stream().noneMatch(edge -> edge.to().equals(format));
  }

  @Test
  void prefersFidelityToCostAndAPlainCopyToAll() {
    FormatEdge cheap = new FormatEdge("x", "vmdk", "qcow2", 1, Fidelity.LOSSY);
    FormatEdge good = new FormatEdge("y", "vmdk", "qcow2", 900, Fidelity.CONTENT);
    RoutePlanner planner = RoutePlanner.over(List.of(cheap, good));

    assertThat(planner.routes(List.of("vmdk"), List.of("qcow2")))
        .extracting(Route::explain)
        .containsExactly("vmdk -[y]-> qcow2", "vmdk -[x]-> qcow2");
    assertThat(planner.routes(List.of("vmdk", "qcow2"), List.of("qcow2")).get(0).edges()).isEmpty();
    assertThat(planner.routes(List.of("vhd"), List.of("qcow2"))).isEmpty();
  }

  private static List<FormatEdge> complete(IntFunction<String> converter) {
    List<FormatEdge> complete = new ArrayList<>();
    for (int from = 0; from < 14; from++) {
      for (int to = 13; to >= 0; to--) {
        if (from != to) {
          complete.add(
              new FormatEdge(converter.apply(from), "f" + from, "f" + to, 1, Fidelity.CONTENT));
        }
      }
    }
    return complete;
  }

  @Test
  void staysWithinItsBoundsAndKeepsTheBest() {
    List<Route> found =
        RoutePlanner.over(complete(from -> "x" + from)).routes(List.of("f0"), List.of("f1"));

    assertThat(found).hasSize(RoutePlanner.MAX_ROUTES).isSorted();
    assertThat(found.get(0).edges()).as("the best is among them").hasSize(1);
    assertThat(found)
        .allSatisfy(r -> assertThat(r.edges()).hasSizeLessThanOrEqualTo(RoutePlanner.MAX_LENGTH));
  }

  @Test
  void takesNoDetoursWithinOneConverter() {
    assertThat(RoutePlanner.over(complete(from -> "x")).routes(List.of("f0"), List.of("f1")))
        .extracting(Route::explain)
        .containsExactly("f0 -[x]-> f1");
  }
}
