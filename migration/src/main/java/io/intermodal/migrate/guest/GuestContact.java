package io.intermodal.migrate.guest;

import io.intermodal.Cancellation;
import io.intermodal.hypervisor.GuestShell;
import java.util.Optional;

/** Is a guest that answers. Not thread-safe. */
public interface GuestContact extends AutoCloseable {

  /** Returns how the guest is reached, for reports: {@code ssh root@10.0.0.5}. */
  String via();

  /** Returns the shell to run commands by; empty when this way has none. */
  Optional<GuestShell> shell();

  /**
   * Asks for table III. A test that fails or cannot be performed is in the answer with its reason.
   *
   * @throws io.intermodal.CancelledException when the caller wants it to stop; what was made in the
   *     guest is removed first
   */
  ProbeAnswer ask(ProbeRequest request, Cancellation cancellation);

  @Override
  void close();
}
