package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.Machine;
import java.time.Duration;

/** Is a way to a shell in the guest of a started machine. Immutable and thread-safe. */
public interface GuestAccess {

  /** Returns its name, for reports: {@code agent}, {@code ssh}, {@code console}. */
  String name();

  /**
   * Opens a shell; tries once.
   *
   * @param patience how long it may take
   * @throws io.intermodal.hypervisor.UnsupportedOperation when the machine will never have this way
   * @throws io.intermodal.hypervisor.HypervisorException {@code GUEST_UNREACHABLE} when nobody
   *     answers now
   */
  GuestShell open(Machine machine, Duration patience);

  /** Returns the way through the hypervisor's guest agent, {@link Machine#guestAgent()}. */
  static GuestAccess agent() {
    return AgentAccess.INSTANCE;
  }

  /** Returns the way through the network, {@link SshShell}. */
  static GuestAccess ssh(SshLogin login) {
    return new SshAccess(login);
  }

  /** Returns the way through the serial console, {@link ConsoleShell}. */
  static GuestAccess console(ConsoleLogin login) {
    return new ConsoleAccess(login);
  }
}
