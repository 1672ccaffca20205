package io.intermodal.migrate.guest;

import io.intermodal.Cancellation;
import io.intermodal.migrate.guest.SectionScript.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Performs a user's own checks, tests 2.5.x. */
final class CheckTests {

  private static final Pattern BARE_STATUS = Pattern.compile("\\d{3}");
  private static final Pattern HEADER_STATUS = Pattern.compile("HTTP/[\\d.]{1,5} (\\d{3})\\b.*");
  private static final Pattern DIGEST = Pattern.compile("([0-9a-fA-F]{64})\\b.*");

  private final ShellSession session;
  private final ProbeRequest request;
  private final Cancellation cancellation;
  private final StepSheet sheet;

  CheckTests(
      ShellSession session, ProbeRequest request, Cancellation cancellation, StepSheet sheet) {
    this.session = session;
    this.request = request;
    this.cancellation = cancellation;
    this.sheet = sheet;
  }

  void ask() {
    List<ApplicationCheck> checks = request.checks();
    if (checks.isEmpty()) {
      return;
    }
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      sections.add(new Section("check" + i, commands(checks.get(i))));
    }
    ShellSession.Outcome outcome =
        session.run(sections, request.patience(), cancellation, "the checks in the guest");
    for (int i = 0; i < checks.size(); i++) {
      ApplicationCheck check = checks.get(i);
      SectionOutput output = outcome.outputs().get("check" + i);
      if (output == null) {
        sheet.notPerformed(check.test(), check.describe(), null, outcome.failure());
      } else {
        judge(check, output);
      }
    }
  }

  private static String commands(ApplicationCheck check) {
    if (check instanceof ApplicationCheck.Command command) {
      return command.command();
    }
    if (check instanceof ApplicationCheck.HttpStatus http) {
      return GuestCommands.httpStatus(http.address().toASCIIString());
    }
    if (check instanceof ApplicationCheck.FileDigest file) {
      return GuestCommands.digest(file.path());
    }
    return GuestCommands.LISTENING.commands();
  }

  private void judge(ApplicationCheck check, SectionOutput output) {
    String why;
    boolean own = check instanceof ApplicationCheck.Command;
    if (output.isLate() && !own) {
      why = "it was not done after " + request.patience().toSeconds() + " s";
    } else if (output.status() == GuestCommands.UNABLE && !own) {
      sheet.notPerformed(
          check.test(), check.describe(), output.duration(), OutputLines.first(output.text()));
      return;
    } else {
      why = problem(check, output);
    }
    if (why == null) {
      sheet.performed(check.test(), check.describe(), output.duration());
    } else {
      sheet.unsuccessful(check.test(), check.describe(), output.duration(), why);
    }
  }

  /** Returns what is wrong; null when nothing is. */
  private static @Nullable String problem(ApplicationCheck check, SectionOutput output) {
    if (check instanceof ApplicationCheck.Command command) {
      return problem(command, output);
    }
    if (check instanceof ApplicationCheck.HttpStatus http) {
      Integer status = status(output.text());
      return status == null
          ? "no answer: " + OutputLines.first(output.text())
          : status == http.expectedStatus()
              ? null
              : "the status is " + status + ", not " + http.expectedStatus();
    }
    if (check instanceof ApplicationCheck.FileDigest file) {
      Matcher digest = DIGEST.matcher(OutputLines.first(output.text()));
      return !digest.matches()
          ? OutputLines.first(output.text())
          : digest.group(1).toLowerCase(Locale.ROOT).equals(file.sha256())
              ? null
              : "the digest is " + digest.group(1).toLowerCase(Locale.ROOT);
    }
    Set<Integer> ports = ListeningOutput.ports(output.text());
    int port = ((ApplicationCheck.TcpPort) check).port();
    return ports == null
        ? OutputLines.first(output.text())
        : ports.contains(port) ? null : "nothing listens there";
  }

  private static @Nullable String problem(ApplicationCheck.Command command, SectionOutput output) {
    if (output.status() != command.expectedStatus()) {
      return "the exit status is "
          + output.status()
          + ", not "
          + command.expectedStatus()
          + ": "
          + OutputLines.first(output.text());
    }
    String expected = command.expectedOutput();
    return expected == null || output.text().contains(expected)
        ? null
        : "its output does not contain what was expected: " + OutputLines.first(output.text());
  }

  /** After a redirection several come; the last one counts. */
  private static @Nullable Integer status(String text) {
    @Nullable Integer status = null;
    for (String line : OutputLines.of(text)) {
      Matcher header = HEADER_STATUS.matcher(line.strip());
      if (BARE_STATUS.matcher(line.strip()).matches()) {
        status = Integer.parseInt(line.strip());
      } else if (header.matches()) {
        status = Integer.parseInt(header.group(1));
      }
    }
    return status != null && status > 0 ? status : null;
  }
}
