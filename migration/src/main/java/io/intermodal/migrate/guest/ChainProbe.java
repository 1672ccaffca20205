package io.intermodal.migrate.guest;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.hypervisor.GuestShell;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the first of several probes that answers. */
record ChainProbe(List<GuestProbe> probes) implements GuestProbe {

  ChainProbe {
    probes = List.copyOf(probes);
    if (probes.isEmpty()) {
      throw new IllegalArgumentException("a chain needs a probe");
    }
  }

  @Override
  public String name() {
    return probes.stream().map(GuestProbe::name).collect(Collectors.joining(", "));
  }

  @Override
  public GuestContact contact(Machine machine, Duration patience) {
    List<String> reasons = new ArrayList<>();
    @Nullable UnsupportedOperation hopeless = null;
    boolean hope = false;
    for (GuestProbe probe : probes) {
      try {
        GuestContact contact = probe.contact(machine, patience);
        return reasons.isEmpty() ? contact : new Chosen(contact, String.join("; ", reasons));
      } catch (CancelledException e) {
        throw e;
      } catch (UnsupportedOperation e) {
        hopeless = e;
        reasons.add(probe.name() + ": " + e.operation().displayName() + " is not offered");
      } catch (RuntimeException e) {
        hope = true;
        reasons.add(
            probe.name()
                + ": "
                + (e instanceof HypervisorException ? e.getMessage() : e.toString()));
      }
    }
    if (!hope && hopeless != null) {
      throw hopeless;
    }
    throw new HypervisorException(
        HypervisorError.GUEST_UNREACHABLE,
        machine.hypervisor().info().driver(),
        "cannot reach the guest of " + machine.name() + ": " + String.join("; ", reasons),
        machine.name());
  }

  /** The one that answered, with why those before it did not. */
  record Chosen(GuestContact contact, String before) implements GuestContact {

    @Override
    public String via() {
      return contact.via();
    }

    @Override
    public Optional<GuestShell> shell() {
      return contact.shell();
    }

    @Override
    public ProbeAnswer ask(ProbeRequest request, Cancellation cancellation) {
      return contact.ask(request, cancellation);
    }

    @Override
    public void close() {
      contact.close();
    }
  }
}
