package io.intermodal.migrate;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.convert.Converters;
import io.intermodal.convert.Route;
import io.intermodal.evaluate.Rules;
import io.intermodal.hypervisor.GuestOs;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.migrate.guest.ProbeRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Measures every ordered pair of hypervisors with one guest, as TIOSA's authors did: every route
 * that the planner finds, the full sequence each time, several cycles, the best route is the pair's
 * result.
 *
 * <pre>{@code
 * SurveyResult result =
 *     Survey.of(hosts, host -> drivers.connect(host.uri()), guest, folder).cycles(3).run();
 * }</pre>
 *
 * <p>Whatever is finished is on disk; a survey that was killed goes on with {@link #resume}. Not
 * thread-safe.
 */
public final class Survey {

  private final List<SurveyHost> hosts;
  private final Function<SurveyHost, Hypervisor> connector;
  private final SurveyGuest guest;
  private final Path folder;
  private int cycles = 3;
  private int maxRoutes = Integer.MAX_VALUE;
  private boolean resume;
  private Rules rules = Rules.TIOSA;
  private ProbeRequest request = ProbeRequest.defaults();
  private Converters converters = Converters.load();
  private SurveyListener listener = SurveyListener.ignoring();
  private Consumer<SurveyResult> keeper = result -> {};
  private Cancellation cancellation = Cancellation.none();
  private Clock clock = Clock.systemUTC();

  private Survey(
      List<SurveyHost> hosts,
      Function<SurveyHost, Hypervisor> connector,
      SurveyGuest guest,
      Path folder) {
    this.hosts = List.copyOf(hosts);
    this.connector = Objects.requireNonNull(connector, "connector");
    this.guest = Objects.requireNonNull(guest, "guest");
    this.folder = Objects.requireNonNull(folder, "folder");
  }

  /**
   * Starts the description of a survey.
   *
   * @param connector opens a session, which the survey closes
   * @param folder where everything is kept: new or empty, or with {@link #resume} an earlier run's
   */
  public static Survey of(
      List<SurveyHost> hosts,
      Function<SurveyHost, Hypervisor> connector,
      SurveyGuest guest,
      Path folder) {
    return new Survey(hosts, connector, guest, folder);
  }

  /** Sets how often the sequence is run for each route, 1 to 100; from 3 on a result can count. */
  public Survey cycles(int value) {
    if (value < 1 || value > 100) {
      throw new IllegalArgumentException("cycles must be from 1 to 100: " + value);
    }
    cycles = value;
    return this;
  }

  /** Takes the best routes of each pair only; all unless said otherwise. */
  public Survey maxRoutes(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("maxRoutes must be at least 1: " + value);
    }
    maxRoutes = value;
    return this;
  }

  /** Goes on with what an earlier run left; cycles that were cut off by an outage are run again. */
  public Survey resume(boolean value) {
    resume = value;
    return this;
  }

  /** Sets the evaluation rules. */
  public Survey rules(Rules value) {
    rules = Objects.requireNonNull(value, "rules");
    return this;
  }

  /** Sets what guests are asked, and how long they may take to come up. */
  public Survey probeRequest(ProbeRequest value) {
    request = Objects.requireNonNull(value, "request");
    return this;
  }

  /** Sets the converters; those on the class path unless said otherwise. */
  public Survey converters(Converters value) {
    converters = Objects.requireNonNull(value, "converters");
    return this;
  }

  /** Sets who is told how it goes. */
  public Survey listener(SurveyListener value) {
    listener = Objects.requireNonNull(value, "listener");
    return this;
  }

  /**
   * Sets who is given the result so far after each cycle, to keep a report that can be looked at.
   */
  public Survey keeper(Consumer<SurveyResult> value) {
    keeper = Objects.requireNonNull(value, "keeper");
    return this;
  }

  /** Sets how it can be stopped; what was begun is then cleaned up. */
  public Survey cancellation(Cancellation value) {
    cancellation = Objects.requireNonNull(value, "cancellation");
    return this;
  }

  /** Sets the clock that dates the cycles. */
  public Survey clock(Clock value) {
    clock = Objects.requireNonNull(value, "clock");
    return this;
  }

  /**
   * Runs it.
   *
   * @throws IntermodalException when a host cannot be reached at the start, the folder is not one
   *     to begin or go on in, or it was cancelled; what goes wrong in a cycle is that cycle's
   *     result
   */
  public SurveyResult run() {
    Instant startedAt = clock.instant();
    try (SurveyHosting hosting = SurveyHosting.open(hosts, connector)) {
      SurveyFolder kept =
          resume
              ? SurveyFolder.resume(folder, hosts, guest.label())
              : SurveyFolder.begin(folder, hosts, guest.label());
      SurveySequence sequence =
          new SurveySequence(
              hosting,
              guest,
              kept.machineName(),
              rules,
              request,
              converters,
              listener,
              cancellation,
              clock);
      sequence.removeDebris();
      Map<Integer, SurveyPair> pairs = new LinkedHashMap<>();
      int pair = 0;
      for (SurveyHost from : hosts) {
        for (SurveyHost to : hosts) {
          if (!from.equals(to)) {
            pairs.put(pair, new SurveyPair(from.name(), to.name(), List.of(), 0));
            pair++;
          }
        }
      }
      for (Map.Entry<Integer, SurveyPair> entry : pairs.entrySet()) {
        new PairRun(kept, sequence, entry.getKey(), entry.getValue())
            .run(
                measured -> {
                  entry.setValue(measured);
                  keeper.accept(result(startedAt, hosting.infos(), pairs));
                });
      }
      SurveyResult result = result(startedAt, hosting.infos(), pairs);
      keeper.accept(result);
      return result;
    }
  }

  private SurveyResult result(
      Instant startedAt, Map<String, HypervisorInfo> infos, Map<Integer, SurveyPair> pairs) {
    GuestOs os = guest.contents().spec().guestOs();
    return new SurveyResult(
        guest.label(),
        os == null ? "not stated" : os.displayName(),
        cycles,
        startedAt,
        infos,
        List.copyOf(pairs.values()));
  }

  /** Runs what is left to do for one pair. */
  private final class PairRun {
    private final SurveyFolder kept;
    private final SurveySequence sequence;
    private final int number;
    private final SurveyPair pair;

    PairRun(SurveyFolder kept, SurveySequence sequence, int number, SurveyPair pair) {
      this.kept = kept;
      this.sequence = sequence;
      this.number = number;
      this.pair = pair;
    }

    void run(Consumer<SurveyPair> measured) {
      SurveyRoutes routes = routes();
      List<List<SurveyCycle>> done = new ArrayList<>();
      routes.routes().forEach(route -> done.add(new ArrayList<>()));
      for (int route = 0; route < done.size(); route++) {
        for (int cycle = 1; cycle <= cycles; cycle++) {
          done.get(route).add(cycle(routes.routes().get(route), route, cycle));
          measured.accept(pairOf(routes, done));
        }
      }
    }

    private SurveyCycle cycle(String route, int routeNumber, int cycle) {
      Optional<SurveyCycle> earlier =
          kept.kept(number, routeNumber, cycle).filter(one -> !isOutage(one));
      if (earlier.isPresent()) {
        listener.cycleKept(earlier.get());
        return earlier.get();
      }
      listener.cycleStarted(pair.from(), pair.to(), route, cycle, cycles);
      SurveyCycle measured = sequence.run(pair.from(), pair.to(), route, cycle);
      kept.keep(measured, number, routeNumber);
      listener.cycleEnded(measured);
      return measured;
    }

    /** A pair that was never planned has no other place to say why than a route without a name. */
    private SurveyRoutes routes() {
      SurveyRoutes earlier = kept.routes(number);
      if (earlier != null) {
        return earlier;
      }
      List<Route> found = sequence.routes(pair.from(), pair.to());
      List<String> taken = found.stream().limit(maxRoutes).map(Route::explain).toList();
      SurveyRoutes planned =
          taken.isEmpty()
              ? new SurveyRoutes(List.of(SurveySequence.NO_ROUTE), 0)
              : new SurveyRoutes(taken, found.size() - taken.size());
      kept.keepRoutes(number, planned);
      return planned;
    }

    private SurveyPair pairOf(SurveyRoutes routes, List<List<SurveyCycle>> done) {
      List<SurveyAttempt> attempts = new ArrayList<>();
      for (int route = 0; route < done.size(); route++) {
        attempts.add(SurveyAttempt.of(routes.routes().get(route), done.get(route), cycles, rules));
      }
      return new SurveyPair(pair.from(), pair.to(), attempts, routes.leftOut());
    }
  }

  /** A hypervisor that was not there says nothing of the pair. */
  private static boolean isOutage(SurveyCycle cycle) {
    SurveyCycle.Breakdown breakdown = cycle.breakdown();
    return breakdown != null && breakdown.code().equals("CONNECTION_FAILED");
  }
}
