package io.intermodal.migrate.guest;

import io.intermodal.Cancellation;
import io.intermodal.hypervisor.GuestResult;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import java.time.Duration;
import java.util.Optional;

/** Runs table III through any shell. */
record ShellProbe(GuestAccess access) implements GuestProbe {

  private static final Duration REOPEN = Duration.ofSeconds(30);

  @Override
  public String name() {
    return access.name();
  }

  /** A shell counts as there when it runs a command: a login may be open before anything works. */
  @Override
  public GuestContact contact(Machine machine, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    GuestShell shell = access.open(machine, patience);
    try {
      Duration left = Duration.ofNanos(Math.max(1_000_000_000L, deadline - System.nanoTime()));
      GuestResult answer = shell.run("echo ready", left);
      if (!answer.isSuccessful() || !answer.output().contains("ready")) {
        throw new HypervisorException(
            HypervisorError.GUEST_UNREACHABLE,
            machine.hypervisor().info().driver(),
            "cannot use the shell in the guest of "
                + machine.name()
                + " through "
                + shell.via()
                + ": it does not run a command ("
                + OutputLines.first(answer.errors() + answer.output())
                + ")",
            machine.name());
      }
      return new Reached(shell, new ShellSession(shell, () -> access.open(machine, REOPEN)));
    } catch (RuntimeException | Error e) {
      shell.close();
      throw e;
    }
  }

  private static final class Reached implements GuestContact {

    private final String via;
    private final ShellSession session;

    Reached(GuestShell shell, ShellSession session) {
      this.via = shell.via();
      this.session = session;
    }

    @Override
    public String via() {
      return via;
    }

    @Override
    public Optional<GuestShell> shell() {
      return Optional.ofNullable(session.current());
    }

    @Override
    public ProbeAnswer ask(ProbeRequest request, Cancellation cancellation) {
      return new TableThree(via, session, request, cancellation).ask();
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
