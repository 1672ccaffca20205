package io.intermodal.migrate.guest;

import io.intermodal.Cancellation;
import io.intermodal.hypervisor.GuestResult;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.migrate.guest.SectionScript.Section;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs sections of commands through a shell. One that did not answer in time cannot be used any
 * more: the next command gets a new one, and what was one script is then run section by section, so
 * that one that hangs takes no other with it.
 */
final class ShellSession implements AutoCloseable {

  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final Supplier<GuestShell> opener;
  private @Nullable GuestShell shell;

  ShellSession(GuestShell first, Supplier<GuestShell> opener) {
    this.shell = first;
    this.opener = opener;
  }

  /**
   * Says what a script gave.
   *
   * @param outputs of the sections that ended, by their ids
   * @param failure why others did not; empty when all did
   */
  record Outcome(Map<String, SectionOutput> outputs, String failure) {}

  /** Runs sections; what they need of each other they must not keep in the shell. */
  Outcome run(List<Section> sections, Duration limit, Cancellation cancellation, String what) {
    cancellation.check(what);
    Outcome whole = runOnce("", sections, limit);
    if (whole.failure().isEmpty() || sections.size() == 1) {
      return whole;
    }
    Map<String, SectionOutput> outputs = new LinkedHashMap<>(whole.outputs());
    String failure = whole.failure();
    for (Section section : sections) {
      if (!outputs.containsKey(section.id())) {
        cancellation.check(what);
        Outcome one = runOnce("", List.of(section), limit);
        outputs.putAll(one.outputs());
        failure = one.failure().isEmpty() ? failure : one.failure();
      }
    }
    return new Outcome(outputs, failure);
  }

  /** Runs sections that build on each other, once. */
  Outcome runOnce(String setting, List<Section> sections, Duration limit) {
    String token = "@" + ConsoleMarker.random().first();
    Duration patience = limit.multipliedBy(sections.size()).plus(MARGIN);
    try {
      GuestResult result = run(SectionScript.write(token, setting, sections, limit), patience);
      Map<String, SectionOutput> outputs = SectionOutput.read(result.output(), token);
      return new Outcome(
          outputs,
          outputs.size() == sections.size()
              ? ""
              : result.truncated()
                  ? "more was written than is read"
                  : "the script ended early (" + OutputLines.first(result.errors()) + ")");
    } catch (HypervisorException e) {
      return new Outcome(Map.of(), String.valueOf(e.getMessage()));
    }
  }

  /** Runs a command; after a failure the next one gets a new shell. */
  GuestResult run(String command, Duration patience) {
    GuestShell open = shell;
    if (open == null) {
      open = opener.get();
      shell = open;
    }
    try {
      return open.run(command, patience);
    } catch (HypervisorException e) {
      if (e.code() == HypervisorError.GUEST_TIMEOUT
          || e.code() == HypervisorError.GUEST_UNREACHABLE) {
        close();
      }
      throw e;
    }
  }

  /** Returns the shell that is open now; null after a failure. */
  @Nullable GuestShell current() {
    return shell;
  }

  @Override
  public void close() {
    GuestShell open = shell;
    shell = null;
    if (open != null) {
      try {
        open.close();
      } catch (RuntimeException e) {
        System.getLogger(ShellSession.class.getName())
            .log(System.Logger.Level.DEBUG, "a guest's shell could not be closed", e);
      }
    }
  }
}
