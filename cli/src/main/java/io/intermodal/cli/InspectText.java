package io.intermodal.cli;

import io.intermodal.ovf.DeploymentOption;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.Extension;
import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.Finding;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.Portability;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.Severity;
import io.intermodal.ovf.StartupPlan;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.PackageFile;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Prints a package for people: what it is, what is in each machine, and what is odd about it. */
final class InspectText {

  private final Console console;
  private final OvfPackage opened;
  private final Envelope envelope;
  private final @Nullable String configuration;

  /**
   * Creates a printer.
   *
   * @param envelope the package's, in the language that was asked for
   * @param configuration the option that machines are shown in; null without options
   */
  InspectText(
      Console console, OvfPackage opened, Envelope envelope, @Nullable String configuration) {
    this.console = console;
    this.opened = opened;
    this.envelope = envelope;
    this.configuration = configuration;
  }

  void print(List<Machine> machines) {
    head();
    options();
    networks();
    machines.forEach(new InspectMachineText(console, opened, envelope)::print);
    startup();
    otherFiles(machines);
    findings();
  }

  private void head() {
    console
        .out()
        .println(
            console.bold(opened.path().toString())
                + "  "
                + opened.kind()
                + ", "
                + envelope.version().map(v -> "OVF " + v.text()).orElse("unknown version of OVF")
                + envelope.language().map(l -> ", " + l).orElse(""));
    for (Section.Product product : envelope.products()) {
      String name =
          joined(
              " ",
              product.product(),
              product.version() == null ? product.fullVersion() : product.version());
      if (!name.isEmpty()) {
        line("product", name + (product.vendor() == null ? "" : ", by " + product.vendor()));
      }
    }
    long stored =
        opened.files().stream()
            .map(PackageFile::storedBytes)
            .filter(OptionalLong::isPresent)
            .mapToLong(OptionalLong::getAsLong)
            .sum();
    long missing = opened.files().stream().filter(f -> !f.complete()).count();
    line(
        "files",
        envelope.files().size()
            + ", "
            + Sizes.text(stored)
            + (missing == 0 ? "" : "; " + missing + " not in the package"));
    line(
        "manifest",
        opened
                .manifest()
                .map(m -> m.algorithm().map(a -> a + ", not checked here").orElse("empty"))
                .orElse("none")
            + (opened.certificate().isPresent() ? "; signed, not checked here" : ""));
    line("portable", portability(envelope.portability()));
    if (envelope.languages().size() > 1) {
      line("languages", String.join(", ", envelope.languages()));
    }
    if (!envelope.eulas().isEmpty()) {
      line("licences", envelope.eulas().size() + " to accept");
    }
  }

  private void options() {
    List<DeploymentOption> options = envelope.deploymentOptions();
    if (options.isEmpty()) {
      return;
    }
    heading("Deployment options");
    TextTable table =
        new TextTable(console, "", "Option", "CPUs", "Memory", "Disks", "NICs", "Label");
    for (DeploymentOption option : options) {
      List<Machine> machines = envelope.machines(option.id());
      Machine only = machines.size() == 1 ? machines.get(0) : null;
      table.row(
          option.id().equals(configuration) ? "*" : "",
          option.id(),
          only == null ? null : only.cpus(),
          only == null || only.memoryBytes() == null ? null : Sizes.text(only.memoryBytes()),
          only == null ? null : only.disks().size(),
          only == null ? null : only.nics().size(),
          option.label() == null ? "" : option.label());
    }
    table.print();
  }

  private void networks() {
    if (!envelope.networks().isEmpty()) {
      heading("Networks");
      TextTable table = new TextTable(console, "Network", "Description");
      envelope
          .networks()
          .forEach(n -> table.row(n.name(), n.description() == null ? "" : n.description()));
      table.print();
    }
  }

  /** Names the files that are no disk of a machine that was shown: images, icons, texts. */
  private void otherFiles(List<Machine> machines) {
    List<FileReference> ofDisks =
        machines.stream()
            .flatMap(m -> m.disks().stream())
            .map(Machine.AttachedDisk::diskId)
            .filter(Objects::nonNull)
            .flatMap(id -> envelope.disk(String.valueOf(id)).stream())
            .flatMap(d -> envelope.fileOf(d).stream())
            .toList();
    List<PackageFile> others =
        opened.files().stream().filter(f -> !ofDisks.contains(f.reference())).toList();
    if (others.isEmpty()) {
      return;
    }
    heading("Other files");
    TextTable table = new TextTable(console, "File", "Size");
    for (PackageFile file : others) {
      OptionalLong size = file.storedBytes();
      table.row(
          file.reference().href(),
          size.isPresent() ? Sizes.text(size.getAsLong()) : "not in the package");
    }
    table.print();
  }

  private void findings() {
    List<Finding> odd =
        opened.findings().stream().filter(f -> f.severity() != Severity.INFO).toList();
    console.out().println();
    if (odd.isEmpty()) {
      console.out().println("Nothing is odd about it.");
      return;
    }
    for (Finding finding : odd) {
      FindingText.print(console, finding);
    }
  }

  private void heading(String text) {
    console.out().println();
    console.out().println(console.bold(text));
  }

  private void line(String what, String value) {
    line(console, what, value);
  }

  static void line(Console console, String what, String value) {
    console.out().printf("  %-9s %s%n", what, value.replaceAll("\\p{Cntrl}+", " "));
  }

  private static String portability(Portability portability) {
    return switch (portability.level()) {
      case 1 -> "level 1: nothing but what OVF defines";
      case 2 -> "level 2: has extensions, which may all be ignored";
      default -> {
        String needed =
            portability.reasons().stream()
                .filter(Extension::required)
                .map(Extension::name)
                .distinct()
                .limit(5)
                .collect(Collectors.joining(", "));
        yield "level 3: has extensions that must be understood: " + needed;
      }
    };
  }

  /** Says in which order machines start, where the package has a wish. */
  private void startup() {
    StartupPlan plan = envelope.startupPlan();
    if (plan.groups().stream().noneMatch(g -> g.order() > 0)) {
      return;
    }
    heading("Start order");
    for (StartupPlan.Group group : plan.groups()) {
      String members =
          group.steps().stream()
              .map(step -> step.member().id() + (step.start() ? "" : " (not started)"))
              .collect(Collectors.joining(", "));
      line(
          group.order() == 0 ? "any time" : String.valueOf(group.order()),
          members
              + (group.startDelay().isZero()
                  ? ""
                  : "; then wait " + group.startDelay().toSeconds() + " s"));
    }
  }

  static String joined(String separator, @Nullable String... parts) {
    return Arrays.stream(parts)
        .flatMap(Stream::ofNullable)
        .filter(p -> !p.isEmpty())
        .collect(Collectors.joining(separator));
  }

  static String shortened(String text, int most) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > most ? line.substring(0, most - 1) + "…" : line;
  }
}
