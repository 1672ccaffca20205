package io.intermodal.migrate;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.IntermodalException;
import io.intermodal.convert.ConvertError;
import io.intermodal.convert.Converters;
import io.intermodal.convert.Route;
import io.intermodal.evaluate.Rules;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineState;
import io.intermodal.migrate.guest.ProbeRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the full sequence once: imports the guest at the source, moves it along one route with all
 * tests, and removes it on both sides. Every machine it makes has one name, which is this survey's
 * alone, so that what a killed run left can be told and removed.
 */
final class SurveySequence {

  static final String NO_ROUTE = "no route";

  private final SurveyHosting hosting;
  private final SurveyGuest guest;
  private final String machineName;
  private final Rules rules;
  private final ProbeRequest request;
  private final Converters converters;
  private final SurveyListener listener;
  private final Cancellation cancellation;
  private final Clock clock;

  SurveySequence(
      SurveyHosting hosting,
      SurveyGuest guest,
      String machineName,
      Rules rules,
      ProbeRequest request,
      Converters converters,
      SurveyListener listener,
      Cancellation cancellation,
      Clock clock) {
    this.hosting = hosting;
    this.guest = guest;
    this.machineName = machineName;
    this.rules = rules;
    this.request = request;
    this.converters = converters;
    this.listener = listener;
    this.cancellation = cancellation;
    this.clock = clock;
  }

  /** Removes what a run that was killed left at any host. */
  void removeDebris() {
    hosting.all().forEach(this::removeAt);
  }

  private void removeAt(Hypervisor host) {
    if (clean(host)) {
      listener.remark("removed " + machineName + " from " + host.info().uri());
    }
  }

  /**
   * Finds the routes between two hosts: from the format that the source really gives the guest's
   * disk in, which is known once it is there.
   */
  List<Route> routes(String from, String to) {
    Hypervisor source = hosting.at(from);
    Hypervisor target = hosting.at(to);
    List<String> given = source.capabilities().exportFormats();
    try {
      Machine machine = importAt(from);
      try (MachineExport export = source.exportMachine(machine)) {
        given = export.disks().stream().map(MachineExport.ExportedDisk::format).distinct().toList();
      } finally {
        removeQuietly(source);
      }
    } catch (CancelledException e) {
      throw e;
    } catch (IntermodalException e) {
      // The cycles meet the same error and tell it; what is declared does for a plan.
      listener.remark("cannot look at the guest at " + from + ": " + e.getMessage());
    }
    return converters.planner().routes(given, target.capabilities().importFormats());
  }

  SurveyCycle run(String from, String to, String route, int cycle) {
    Instant startedAt = clock.instant();
    Outcome outcome = outcome(from, to, route);
    SurveyCycle.Breakdown breakdown = outcome.breakdown;
    SurveyCycle.Breakdown leftOver = cleanUp(from, to);
    if (breakdown == null && leftOver != null) {
      outcome = new Outcome(leftOver, null, outcome.versions);
    }
    cancellation.check("survey");
    return new SurveyCycle(
        from,
        to,
        route,
        cycle,
        startedAt,
        Duration.between(startedAt, clock.instant()),
        outcome.breakdown,
        outcome.observed,
        outcome.versions);
  }

  private record Outcome(
      SurveyCycle.@Nullable Breakdown breakdown,
      ObservationsJson.@Nullable Sides observed,
      Map<String, String> versions) {}

  private Outcome outcome(String from, String to, String route) {
    String where = "import at the source";
    try {
      Machine machine = importAt(from);
      where = "preflight";
      MigrationReport report = migration(from, to, machine, route).run();
      Failure failure = report.failure();
      if (failure != null) {
        return new Outcome(
            breakdown(failure.step().title(), failure.cause()), null, report.versions());
      }
      CycleResult result = report.cycles().get(0);
      if (result.source() == null) {
        throw new IllegalStateException("a survey tests the source");
      }
      return new Outcome(
          null, new ObservationsJson.Sides(result.source(), result.target()), report.versions());
    } catch (CancelledException e) {
      cleanUp(from, to);
      throw e;
    } catch (IntermodalException e) {
      return new Outcome(breakdown(where, e), null, Map.of());
    }
  }

  private Migration migration(String from, String to, Machine machine, String route) {
    MigrationOptions.Builder options =
        MigrationOptions.move()
            .targetName(machineName)
            .cycles(1)
            .rules(rules)
            .sourceProbe(hosting.probe(from))
            .targetProbe(hosting.probe(to))
            .probeRequest(request);
    Optional<String> source = hosting.network(from);
    Optional<String> target = hosting.network(to);
    if (source.isPresent() && target.isPresent()) {
      options.network(source.get(), target.get());
    }
    return Migration.of(MigrationSource.machine(machine), hosting.at(to))
        .options(options.build())
        .route(route(from, to, route))
        .converters(converters)
        .listener(listener)
        .cancellation(cancellation)
        .clock(clock);
  }

  private Route route(String from, String to, String words) {
    return converters
        .planner()
        .routes(
            hosting.at(from).capabilities().exportFormats(),
            hosting.at(to).capabilities().importFormats())
        .stream()
        .filter(route -> route.explain().equals(words))
        .findFirst()
        .orElseThrow(
            () ->
                new IntermodalException(
                    ConvertError.NO_ROUTE,
                    "cannot go from "
                        + from
                        + " to "
                        + to
                        + (words.equals(NO_ROUTE)
                            ? ": no converter leads there; see the routes command"
                            : " by " + words + ": no converter offers it now")));
  }

  private Machine importAt(String host) {
    return guest.importAt(
        hosting.at(host), machineName, hosting.network(host), converters, listener, cancellation);
  }

  /** Removes the machine on both sides; says what could not be removed. */
  private SurveyCycle.@Nullable Breakdown cleanUp(String from, String to) {
    SurveyCycle.Breakdown left = null;
    for (String host : List.of(to, from)) {
      try {
        clean(hosting.at(host));
      } catch (IntermodalException e) {
        left = breakdown("clean-up at " + host, e);
      }
    }
    return left;
  }

  /** Removes the machine from a host; tells whether there was one. */
  private boolean clean(Hypervisor host) {
    boolean found = false;
    for (Machine machine : host.machines()) {
      if (machine.name().equals(machineName)) {
        found = true;
        if (machine.state() != MachineState.STOPPED) {
          machine.stop(Duration.ZERO);
        }
        machine.delete();
      }
    }
    return found;
  }

  private void removeQuietly(Hypervisor host) {
    try {
      clean(host);
    } catch (IntermodalException e) {
      listener.remark("cannot remove " + machineName + " yet: " + e.getMessage());
    }
  }

  private static SurveyCycle.Breakdown breakdown(String where, IntermodalException e) {
    return new SurveyCycle.Breakdown(
        where, e.code().name(), e.code().category(), String.valueOf(e.getMessage()));
  }
}
