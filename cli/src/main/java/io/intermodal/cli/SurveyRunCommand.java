package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.convert.Converters;
import io.intermodal.descriptor.OvfPackageExport;
import io.intermodal.evaluate.Rules;
import io.intermodal.hypervisor.Drivers;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.migrate.ImageExport;
import io.intermodal.migrate.Survey;
import io.intermodal.migrate.SurveyGuest;
import io.intermodal.migrate.SurveyHost;
import io.intermodal.migrate.SurveyHosts;
import io.intermodal.migrate.SurveyJson;
import io.intermodal.migrate.SurveyResult;
import io.intermodal.migrate.guest.ProbeRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a matrix of hypervisors. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Measures every ordered pair of hypervisors with one guest: imports it at the source, moves it"
          + " along each route with all tests, removes it again, as many cycles as asked for. The"
          + " best route is the result of its pair.",
      "Every finished cycle is kept in the report's folder at once; what was killed goes on with"
          + " --resume.",
      "Exit code 1 when a pair is a FAILURE by its tests, 2 or 3 when a cycle broke down.",
      "",
      "  intermodal survey run --hosts hosts.json --guest guest.qcow2 --cycles 3 --report survey",
      "  hosts.json: {\"schema\":\"io.intermodal.hosts/1\",\"hosts\":[{\"name\":\"kvm\",\"uri\":"
          + "\"local:/vms/kvm?profile=kvm\"}, …]}",
      ""
    })
final class SurveyRunCommand implements Callable<Integer> {

  @Option(
      names = "--hosts",
      paramLabel = "FILE",
      required = true,
      description = "The hypervisors: JSON with \"schema\":\"io.intermodal.hosts/1\".")
  private Path hosts = Path.of("");

  @Option(
      names = "--guest",
      paramLabel = "IMAGE",
      required = true,
      description = "The guest: the image of a disk, or an .ova or .ovf file.")
  private Path guest = Path.of("");

  @Option(
      names = "--cycles",
      paramLabel = "N",
      defaultValue = "3",
      description = "Run each route N times (default ${DEFAULT-VALUE}, the least that can count).")
  private int cycles;

  @Option(
      names = "--routes",
      paramLabel = "N",
      description = "Take the N best routes of each pair only; all unless given.")
  private @Nullable Integer routes;

  @Option(
      names = "--cpus",
      paramLabel = "N",
      defaultValue = "1",
      description = "Processors of a guest that is an image (default ${DEFAULT-VALUE}).")
  private int cpus;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = Sizes.class,
      defaultValue = "256MiB",
      description = "Memory of a guest that is an image (default ${DEFAULT-VALUE}).")
  private long memoryBytes;

  @Option(
      names = "--guest-os",
      paramLabel = "TEXT",
      description =
          "Operating system of a guest that is an image, such as \"Debian 12\": some hypervisors"
              + " boot a Linux in another way.")
  private @Nullable String guestOs;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "Evaluation rules and relaxations; TIOSA's unless given.")
  private @Nullable Path rules;

  @Option(
      names = "--guest-wait",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long a started guest may take to answer (default ${DEFAULT-VALUE}).")
  private int waitSeconds;

  @Option(
      names = "--guest-public-address",
      paramLabel = "ADDRESS",
      defaultValue = ProbeRequest.PUBLIC_ADDRESS,
      description = "Public address that the guest pings (default ${DEFAULT-VALUE}).")
  private String publicAddress = ProbeRequest.PUBLIC_ADDRESS;

  @Option(
      names = "--no-guest-user-tests",
      description = "Leave out the tests that add a user to the guest and remove it again.")
  private boolean noUserTests;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      required = true,
      description = "Folder for everything: new or empty, or an earlier run's with --resume.")
  private Path report = Path.of("");

  @Option(names = "--resume", description = "Go on with what an earlier run left in the folder.")
  private boolean resume;

  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  SurveyRunCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    requireUsable();
    ProbeRequest asked = request();
    Rules chosen = rules == null ? Rules.TIOSA : Rules.parse(InputFiles.readText(rules));
    List<SurveyHost> listed = SurveyHosts.read(InputFiles.readText(hosts), hosts.toString());
    Drivers drivers = Drivers.load();
    Converters converters = Converters.load();
    try (MachineExport contents = open(converters);
        SurveyProgress progress = new SurveyProgress(context.console(), !json.json)) {
      Survey survey =
          Survey.of(
                  listed,
                  host -> drivers.connect(host.uri()),
                  new SurveyGuest(contents, guest.toString()),
                  report)
              .cycles(cycles)
              .resume(resume)
              .rules(chosen)
              .probeRequest(asked)
              .converters(converters)
              .listener(progress)
              .keeper(result -> SurveyFiles.write(result, report))
              .cancellation(context.cancellation());
      if (routes != null) {
        survey.maxRoutes(routes);
      }
      SurveyResult result = survey.run();
      print(result);
      return SurveyText.exitCode(result);
    }
  }

  private void requireUsable() {
    if (cycles < 1 || cycles > 100) {
      throw usage("run " + cycles + " cycles: give a number from 1 to 100");
    }
    if (routes != null && routes < 1) {
      throw usage("take " + routes + " routes: give a number from 1");
    }
    if (cpus < 1 || memoryBytes < 1) {
      throw usage("make a guest with " + cpus + " processors and " + memoryBytes + " bytes");
    }
    ReportFolder.requireUsable(report);
  }

  private ProbeRequest request() {
    try {
      return ProbeRequest.defaults()
          .withWait(Duration.ofSeconds(waitSeconds))
          .withPings(null, publicAddress)
          .withUser(!noUserTests);
    } catch (IllegalArgumentException e) {
      throw new IntermodalException(
          CliError.WRONG_USAGE, "cannot take these options: " + e.getMessage(), e);
    }
  }

  private static IntermodalException usage(String reason) {
    return new IntermodalException(CliError.WRONG_USAGE, "cannot " + reason);
  }

  private MachineExport open(Converters converters) {
    String name = guest.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".ova") || name.endsWith(".ovf")) {
      return OvfPackageExport.of(Packages.open(guest), null, null, converters);
    }
    return ImageExport.of(guest, "guest", cpus, memoryBytes, guestOs, converters);
  }

  private void print(SurveyResult result) {
    if (json.json) {
      context.console().out().println(Json.text(SurveyJson.of(result)));
    } else {
      new SurveyText(context.console()).print(result);
      context.console().out().println("Report: " + report.resolve(SurveyFiles.HTML));
    }
  }
}
