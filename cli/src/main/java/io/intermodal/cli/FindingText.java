package io.intermodal.cli;

import io.intermodal.ovf.Finding;

/** Prints a finding for people: how grave, where, what, and what to do about it. */
final class FindingText {

  private FindingText() {}

  static void print(Console console, Finding finding) {
    String place =
        finding.line() == null ? "" : "line " + finding.line() + ":" + finding.column() + ": ";
    console
        .out()
        .println(
            console.toned(finding.severity().name())
                + "  "
                + finding.code()
                + "  "
                + place
                + finding.message());
    console.out().println("         " + finding.remedy());
  }
}
