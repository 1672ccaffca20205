package io.intermodal.cli;

import io.intermodal.ovf.Finding;
import io.intermodal.ovf.Severity;
import io.intermodal.ovf.packaging.OvfPackage;
import io.intermodal.ovf.packaging.SignatureResult;
import io.intermodal.ovf.packaging.Signer;
import io.intermodal.ovf.packaging.TrustOutcome;
import io.intermodal.ovf.packaging.TrustPolicy;
import io.intermodal.ovf.packaging.Verification;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks a package against its manifest, and the manifest against its signature. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks every file of an OVF package against its manifest, reading each once, and the"
          + " manifest against its signature if there is one.",
      "Exit code 0 only if there is a manifest, every file it lists matches, every file the"
          + " descriptor refers to is listed, and the signature is not broken; else 1.",
      "Without --trust-store the signer stays unknown: anybody can sign with a certificate of"
          + " their own making. With it, or with --require-signature, the signature must also be"
          + " there, be good enough and cover the descriptor. Revocation is not checked, and"
          + " nothing is fetched.",
      "",
      "  intermodal verify appliance.ova",
      "  intermodal verify appliance.ova --trust-store vendor-ca.pem --at 2026-01-31",
      ""
    })
final class VerifyCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = Packages.WHAT)
  private Path file = Path.of("");

  @Mixin private final TrustOptions trust = new TrustOptions();
  @Mixin private final JsonOption json = new JsonOption();
  private final Context context;

  VerifyCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    TrustPolicy policy = trust.policy();
    OvfPackage opened = Packages.open(file);
    Verification result;
    try (ProgressBar progress = new ProgressBar(context.console())) {
      result = opened.verify(policy, progress, context.cancellation());
    }
    if (json.json) {
      context.console().out().println(Json.text(VerifyJson.of(result)));
    } else {
      print(context.console(), opened, result);
    }
    return result.accepted() ? ExitCodes.DONE : ExitCodes.NEGATIVE;
  }

  private static void print(Console console, OvfPackage opened, Verification result) {
    TextTable table = new TextTable(console, "Status", "File");
    result.files().forEach(one -> table.row(one.status(), one.name()));
    table.print();
    for (Finding finding : result.findings()) {
      if (finding.severity() != Severity.INFO) {
        FindingText.print(console, finding);
      }
    }
    PrintWriter out = console.out();
    out.println(
        result.verified()
            ? "The package is as its manifest ("
                + algorithms(opened)
                + ") says"
                + UnlistedFiles.of(result)
                    .map(files -> ", but for what that does not list: nothing vouches for " + files)
                    .orElse("")
                + "."
            : "The package is NOT verified.");
    SignatureResult signature = result.signature();
    out.println(console.toned(tone(signature), signature.sentence()));
    Signer signer = signature.facts().signer();
    if (signer != null) {
      out.println("  certificate " + signer.sha256() + " (SHA-256), revocation not checked");
    }
    if (result.verified() && !result.accepted()) {
      out.println("The package is NOT accepted: " + objection(result) + ".");
    }
  }

  private static String algorithms(OvfPackage opened) {
    return opened.manifest().stream()
        .flatMap(manifest -> manifest.entries().stream())
        .map(entry -> entry.algorithm().toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String tone(SignatureResult signature) {
    if (!signature.satisfied()) {
      return "ERROR";
    }
    return signature.outcome() == TrustOutcome.TRUSTED ? "trusted" : "";
  }

  private static String objection(Verification result) {
    SignatureResult signature = result.signature();
    if (signature.satisfied()) {
      return "the signature does not cover "
          + (UnlistedFiles.hasDescriptor(result)
              ? "the descriptor"
              : "what follows the end of the archive");
    }
    return switch (signature.outcome()) {
      case NOT_SIGNED -> "a signature is required";
      case BROKEN, UNCHECKABLE -> "its signature proves nothing";
      default -> "its signature does not lead to a trusted certificate as it must";
    };
  }
}
