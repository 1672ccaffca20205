package io.intermodal.cli;

import io.intermodal.ovf.Severity;
import io.intermodal.ovf.packaging.Validation;
import org.jspecify.annotations.Nullable;

/** Shows the verdicts on several files, one line for each, and their totals. */
final class ValidationTable {

  private static final int MOST_REASON = 100;

  private final Console console;
  private final TextTable table;
  private int files;
  private int accepted;
  private int unreadable;
  private int errors;
  private int warnings;

  ValidationTable(Console console) {
    this.console = console;
    this.table = new TextTable(console, "Verdict", "Errors", "Warnings", "File", "First error");
  }

  void add(Validation result) {
    files++;
    accepted += result.accepted() ? 1 : 0;
    unreadable += result.refusal() == null ? 0 : 1;
    errors += result.count(Severity.ERROR);
    warnings += result.count(Severity.WARNING);
    table.row(
        result.accepted() ? "ACCEPTED" : "REJECTED",
        result.refusal() == null ? result.count(Severity.ERROR) : null,
        result.refusal() == null ? result.count(Severity.WARNING) : null,
        result.file(),
        shortened(result));
  }

  int size() {
    return files;
  }

  /** Leaves the path out, which the row has already. */
  private static @Nullable String shortened(Validation result) {
    String text = result.reason().orElse(null);
    if (text == null) {
      return null;
    }
    String brief =
        text.replace(result.file().toString(), String.valueOf(result.file().getFileName()));
    return brief.length() > MOST_REASON ? brief.substring(0, MOST_REASON) + "…" : brief;
  }

  void print() {
    table.print();
    console
        .out()
        .println(
            Console.count(files, "file")
                + ": "
                + accepted
                + " accepted, "
                + (files - accepted)
                + " rejected"
                + (unreadable == 0 ? "; " : ", " + unreadable + " of them unreadable; ")
                + Console.count(errors, "error")
                + ", "
                + Console.count(warnings, "warning"));
  }
}
