package io.intermodal.migrate;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.convert.Conversion;
import io.intermodal.convert.Converters;
import io.intermodal.convert.Loss;
import io.intermodal.convert.Route;
import io.intermodal.convert.RoutePlanner;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.MachineState;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Moves or copies one machine to a hypervisor (ODCA VM interoperability, Usage Scenario 2).
 *
 * <pre>{@code
 * MigrationReport report =
 *     Migration.of(MigrationSource.machine(machine), target).options(MigrationOptions.defaults()).run();
 * }</pre>
 *
 * <p>A migration that fails leaves the target as it was and the source in the state it had. Not
 * thread-safe; use one at a time for one machine.
 */
public final class Migration {

  private final MigrationSource source;
  private final Hypervisor target;
  private MigrationOptions options = MigrationOptions.defaults();
  private Converters converters = Converters.load();
  private MigrationListener listener = MigrationListener.none();
  private Cancellation cancellation = Cancellation.none();
  private Clock clock = Clock.systemUTC();
  private @Nullable Route onlyRoute;

  private Migration(MigrationSource source, Hypervisor target) {
    this.source = Objects.requireNonNull(source, "source");
    this.target = Objects.requireNonNull(target, "target");
  }

  /** Starts with the default options; source and target stay open for their owner. */
  public static Migration of(MigrationSource source, Hypervisor target) {
    return new Migration(source, target);
  }

  /** Sets how it is to be done. */
  public Migration options(MigrationOptions value) {
    options = Objects.requireNonNull(value, "options");
    return this;
  }

  /** Sets the converters; those on the class path unless said otherwise. */
  public Migration converters(Converters value) {
    converters = Objects.requireNonNull(value, "converters");
    return this;
  }

  /** Sets who is told how it goes. */
  public Migration listener(MigrationListener value) {
    listener = Objects.requireNonNull(value, "listener");
    return this;
  }

  /** Sets how it can be stopped. */
  public Migration cancellation(Cancellation value) {
    cancellation = Objects.requireNonNull(value, "cancellation");
    return this;
  }

  /** Sets the clock that dates the report. */
  public Migration clock(Clock value) {
    clock = Objects.requireNonNull(value, "clock");
    return this;
  }

  /**
   * Takes this route and no other for the disks that it fits: TIOSA applies every route and scores
   * each. A disk that is not exported in the format it starts at takes its best one.
   */
  public Migration route(Route value) {
    onlyRoute = Objects.requireNonNull(value, "route");
    return this;
  }

  /** Says what would be done, and changes nothing. */
  public MigrationPlan plan() {
    MachineSpec spec = source.spec();
    MachineState state = source.state();
    List<DiskPlan> disks = planDisks(spec);
    Conversion<MachineSpec> mapped = TargetMapping.map(spec, target, options);
    List<Loss> losses = new ArrayList<>(source.losses());
    losses.addAll(mapped.losses());
    List<Finding> findings =
        Preflight.check(spec, state, mapped.result(), disks, losses, target, options);
    return new MigrationPlan(
        source.label(),
        state,
        target.info(),
        spec,
        mapped.result(),
        disks,
        losses,
        findings,
        options);
  }

  /**
   * Does it. What goes wrong on the way is in the report, with how things were left; what is wrong
   * before anything was changed is thrown.
   *
   * @throws IntermodalException {@code PREFLIGHT_FAILED} with the obstacles; nothing was changed
   */
  public MigrationReport run() {
    MigrationPlan plan = plan();
    if (!plan.isFeasible()) {
      throw refused(plan);
    }
    return new MigrationRun(plan, source, target, converters, listener, cancellation, clock).run();
  }

  private static IntermodalException refused(MigrationPlan plan) {
    String obstacles =
        plan.obstacles().stream()
            .map(
                finding ->
                    finding.rule()
                        + " "
                        + finding.object()
                        + ": "
                        + finding.message()
                        + (finding.remedy() == null ? "" : " (" + finding.remedy() + ")"))
            .collect(Collectors.joining("; "));
    return new IntermodalException(
        MigrateError.PREFLIGHT_FAILED,
        "cannot migrate "
            + plan.sourceSpec().name()
            + " to "
            + plan.target().uri()
            + ": "
            + obstacles,
        plan.source(),
        null);
  }

  private List<DiskPlan> planDisks(MachineSpec spec) {
    RoutePlanner planner = converters.planner();
    List<String> wanted = target.capabilities().importFormats();
    List<DiskPlan> plans = new ArrayList<>();
    Optional<MachineExport> contents =
        source.machine().isPresent() ? Optional.empty() : Optional.of(source.export());
    for (DiskSpec disk : spec.disks()) {
      List<String> formats = source.formatsOf(disk.key());
      List<Route> routes = chosen(planner.routes(formats, wanted));
      long stored =
          contents.stream()
              .flatMap(open -> open.disks().stream())
              .filter(exported -> exported.key().equals(disk.key()))
              .mapToLong(MachineExport.ExportedDisk::storedBytes)
              .sum();
      plans.add(new DiskPlan(disk.key(), disk.capacityBytes(), stored, routes, formats.isEmpty()));
    }
    return plans;
  }

  private List<Route> chosen(List<Route> routes) {
    Route only = onlyRoute;
    if (only == null || !routes.contains(only)) {
      return routes;
    }
    // What starts at another format is no rival: it is for disks that are exported otherwise.
    return routes.stream()
        .filter(route -> route.equals(only) || !route.from().equals(only.from()))
        .toList();
  }
}
