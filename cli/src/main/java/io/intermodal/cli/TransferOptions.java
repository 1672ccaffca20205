package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.evaluate.Rules;
import io.intermodal.migrate.MigrationOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds the options that moving and copying share. */
final class TransferOptions {

  @Option(
      names = "--machine",
      paramLabel = "NAME",
      description =
          "Name or id of the machine at the source; needed for a hypervisor, and for a package with"
              + " several machines.")
  @Nullable String machine;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "URI",
      description = "The target hypervisor: local:/some/dir?profile=vsphere|kvm|xen|hyperv.")
  String to = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the machine at the target; the same name unless given.")
  @Nullable String name;

  @Option(
      names = "--network",
      paramLabel = "SOURCE=TARGET",
      description = "Connect cards of one network of the source to one of the target; repeatable.")
  Map<String, String> networks = new LinkedHashMap<>();

  @Option(
      names = "--configuration",
      paramLabel = "ID",
      description = "Deployment option of a package; its default unless given.")
  @Nullable String configuration;

  @Option(
      names = "--cpus",
      paramLabel = "N",
      description = "Processors, when the source states none.")
  @Nullable Integer cpus;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = Sizes.class,
      description = "Memory, when the source states none: 512MiB, 2GiB.")
  @Nullable Long memoryBytes;

  @Option(
      names = "--new-mac",
      description = "Give network cards new addresses; always so for a copy.")
  boolean newMac;

  @Option(
      names = "--no-source-tests",
      description =
          "Do not run the test sets on the source, which restart it several times; the result is"
              + " then not scored.")
  boolean noSourceTests;

  @Option(
      names = "--cycles",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Run the whole sequence N times (default ${DEFAULT-VALUE}); from 3 on a result can be"
              + " called stable.")
  int cycles;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "Evaluation rules and relaxations; TIOSA's unless given.")
  @Nullable Path rules;

  @Option(names = "--stopped", description = "Leave the new machine stopped instead of started.")
  boolean stopped;

  @Option(names = "--plan", description = "Print what would be done, and change nothing.")
  boolean plan;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Folder for report.html and report.json; a new one under intermodal-reports unless"
              + " given.")
  @Nullable Path report;

  @Mixin final TrustOptions trust = new TrustOptions();
  @Mixin final GuestOptions guest = new GuestOptions();

  MigrationOptions options(MigrationOptions.Builder builder, boolean deleteSource) {
    // Wrong rules have a place to tell; what follows would take them for a wrong option.
    Rules chosen = readRules();
    try {
      builder
          .targetName(name)
          .networks(networks)
          .cpus(cpus)
          .memoryBytes(memoryBytes)
          .testSource(!noSourceTests)
          .cycles(cycles)
          .deleteSource(deleteSource)
          .startTarget(!stopped)
          .rules(chosen)
          .sourceProbe(guest.sourceProbe())
          .targetProbe(guest.targetProbe())
          .probeRequest(guest.request());
      if (newMac) {
        builder.keepMac(false);
      }
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new IntermodalException(
          CliError.WRONG_USAGE, "cannot take these options: " + e.getMessage(), e);
    }
  }

  private Rules readRules() {
    return rules == null ? Rules.TIOSA : Rules.parse(InputFiles.readText(rules));
  }
}
