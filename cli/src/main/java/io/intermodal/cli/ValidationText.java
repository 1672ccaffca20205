package io.intermodal.cli;

import io.intermodal.ovf.Finding;
import io.intermodal.ovf.Severity;
import io.intermodal.ovf.Strictness;
import io.intermodal.ovf.packaging.Validation;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Shows the verdict on one file with every finding: the gravest first, each with its remedy. */
final class ValidationText {

  private final Console console;

  ValidationText(Console console) {
    this.console = console;
  }

  void print(Validation result, Strictness strictness) {
    PrintWriter out = console.out();
    for (Severity severity : Severity.values()) {
      List<Finding> findings =
          result.findings().stream().filter(f -> f.severity() == severity).toList();
      if (!findings.isEmpty()) {
        out.println(console.toned(severity.name(), severity + " (" + findings.size() + ")"));
        findings.forEach(this::print);
        out.println();
      }
    }
    if (result.refusal() != null) {
      out.println(
          console.toned("ERROR")
              + "  "
              + result.refusal().code()
              + "  "
              + result.refusal().message());
      out.println();
    }
    String verdict = result.accepted() ? "ACCEPTED" : "REJECTED";
    out.println(
        console.toned(verdict)
            + "  "
            + result.file()
            + ": "
            + (result.refusal() == null ? counts(result, strictness) : "it cannot be read"));
  }

  private static String counts(Validation result, Strictness strictness) {
    return Console.count(result.count(Severity.ERROR), "error")
        + ", "
        + Console.count(result.count(Severity.WARNING), "warning")
        + " to a "
        + strictness.name().toLowerCase(Locale.ROOT)
        + " reader";
  }

  private void print(Finding finding) {
    PrintWriter out = console.out();
    out.println("  " + console.bold(finding.code().name()) + "  " + finding.message());
    String line = finding.line() == null ? "" : finding.line() + ":" + finding.column() + "  ";
    if (finding.line() != null || finding.path() != null) {
      out.println("    at  " + line + (finding.path() == null ? "" : finding.path()));
    }
    out.println("    do  " + finding.remedy());
  }
}
