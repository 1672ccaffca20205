package io.intermodal.migrate.guest;

import io.intermodal.Cancellation;
import io.intermodal.hypervisor.GuestResult;
import io.intermodal.migrate.guest.SectionScript.Section;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Performs tests 2.4.a to 2.4.f with a user of its own, who is removed whatever happens. */
final class UserTests {

  private static final List<String> ACTIONS =
      List.of(
          "useradd -m",
          "write a file as the user",
          "read the file as the user",
          "delete the file as the user",
          "chpasswd",
          "userdel -r");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int REMOVAL_TRIES = 3;

  private final ShellSession session;
  private final ProbeRequest request;
  private final Cancellation cancellation;
  private final StepSheet sheet;
  private final FactsDraft facts;

  UserTests(
      ShellSession session,
      ProbeRequest request,
      Cancellation cancellation,
      StepSheet sheet,
      FactsDraft facts) {
    this.session = session;
    this.request = request;
    this.cancellation = cancellation;
    this.sheet = sheet;
    this.facts = facts;
  }

  void ask() {
    List<Section> sections = UserCommands.sections();
    if (!request.makeUser()) {
      for (int i = 0; i < sections.size(); i++) {
        sheet.notPerformed(test(i), ACTIONS.get(i), null, "left out because it was asked for");
      }
      return;
    }
    cancellation.check("the tests in the guest");
    String user = String.format(Locale.ROOT, "improbe%06x", RANDOM.nextInt(1 << 24));
    boolean removed = false;
    try {
      ShellSession.Outcome outcome =
          session.runOnce(UserCommands.setting(user), sections, request.patience());
      for (int i = 0; i < sections.size(); i++) {
        record(i, sections.get(i), outcome);
      }
      SectionOutput last = outcome.outputs().get("f");
      SectionOutput first = outcome.outputs().get("a");
      removed =
          (last != null && last.status() == 0)
              || (first != null && first.status() == GuestCommands.UNABLE);
    } finally {
      if (!removed) {
        remove(user);
      }
    }
  }

  private static String test(int index) {
    return "2.4." + (char) ('a' + index);
  }

  private void record(int index, Section section, ShellSession.Outcome outcome) {
    SectionOutput output = outcome.outputs().get(section.id());
    String test = test(index);
    String action = ACTIONS.get(index);
    if (output == null) {
      sheet.notPerformed(test, action, null, outcome.failure());
      return;
    }
    Duration took = output.duration();
    if (output.status() == GuestCommands.UNABLE) {
      sheet.notPerformed(test, action, took, OutputLines.first(output.text()));
      return;
    }
    boolean passed = output.status() == 0;
    facts.userAndFileChecks.put(test, passed);
    if (passed) {
      sheet.performed(test, action, took);
    } else {
      sheet.unsuccessful(
          test,
          action,
          took,
          output.isLate()
              ? "it was not done after " + request.patience().toSeconds() + " s"
              : OutputLines.first(output.text()));
    }
  }

  /** An interrupted thread could run no command, and the user would stay. */
  private void remove(String user) {
    boolean interrupted = Thread.interrupted();
    String reason = "";
    try {
      for (int attempt = 0; attempt < REMOVAL_TRIES; attempt++) {
        try {
          GuestResult result =
              session.run(UserCommands.removal(user), request.patience().plusSeconds(10));
          if (result.output().contains(UserCommands.GONE)) {
            return;
          }
          reason = OutputLines.first(result.errors() + result.output());
        } catch (RuntimeException e) {
          reason = String.valueOf(e.getMessage());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    facts.userAndFileChecks.put("2.4.f", false);
    sheet.unsuccessful(
        "2.4.f",
        "remove what was left",
        null,
        "the user " + user + " may still be in the guest (" + reason + "); remove it yourself");
  }
}
