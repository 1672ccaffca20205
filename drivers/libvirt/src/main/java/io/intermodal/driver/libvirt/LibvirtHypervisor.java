package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.Capabilities;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorInfo;
import io.intermodal.hypervisor.Machine;
import io.intermodal.hypervisor.MachineEvent;
import io.intermodal.hypervisor.MachineExport;
import io.intermodal.hypervisor.MachineImport;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.Operation;
import io.intermodal.hypervisor.Resources;
import io.intermodal.hypervisor.UnsupportedOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** Is a session with one libvirt host. Thread-safe. */
final class LibvirtHypervisor implements Hypervisor {

  /** Xen's control domain: it is the host, and no machine of anybody. */
  private static final String DOM0 = "00000000-0000-0000-0000-000000000000";

  private final Session session;
  private final HypervisorInfo info;
  private final Capabilities capabilities;
  private final Duration guestPatience;

  /** Volumes of imports that failed while the host was away; the next import deletes them. */
  private final Queue<DiskVolumes.Found> leftovers = new ConcurrentLinkedQueue<>();

  private final Object lock = new Object();
  private @Nullable DomainEvents events;

  private LibvirtHypervisor(
      Session session, HypervisorInfo info, Capabilities capabilities, Duration guestPatience) {
    this.session = session;
    this.info = info;
    this.capabilities = capabilities;
    this.guestPatience = guestPatience;
  }

  static LibvirtHypervisor of(Session session, Duration guestPatience) {
    boolean handedOver = false;
    try {
      HostFacts facts = HostFacts.of(session);
      LibvirtHypervisor hypervisor =
          new LibvirtHypervisor(
              session, facts.info(), KindCapabilities.of(session.uri().kind()), guestPatience);
      handedOver = true;
      return hypervisor;
    } finally {
      if (!handedOver) {
        session.close();
      }
    }
  }

  Queue<DiskVolumes.Found> leftovers() {
    return leftovers;
  }

  Session session() {
    return session;
  }

  Duration guestPatience() {
    return guestPatience;
  }

  @Override
  public HypervisorInfo info() {
    return info;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public Resources resources() {
    return HostFacts.resources(session);
  }

  @Override
  public List<Machine> machines() {
    List<LibvirtMachine> found =
        session.ask("list the machines of " + info.uri(), null, this::list);
    List<Machine> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.comparing((Machine machine) -> ((LibvirtMachine) machine).domain().name())
            .thenComparing(Machine::id));
    return List.copyOf(sorted);
  }

  private List<LibvirtMachine> list(Connect connect) throws LibvirtException {
    List<LibvirtMachine> found = new ArrayList<>();
    Domain[] domains = connect.listAllDomains(0);
    try {
      for (Domain domain : domains) {
        String id = domain.getUUIDString();
        if (!id.equals(DOM0)) {
          found.add(new LibvirtMachine(this, id, domain.getName()));
        }
      }
    } finally {
      for (Domain domain : domains) {
        domain.free();
      }
    }
    return found;
  }

  @Override
  public Optional<Machine> findMachine(String idOrName) {
    List<Machine> all = machines();
    return all.stream()
        .filter(machine -> machine.id().equals(idOrName))
        .findFirst()
        .or(
            () ->
                all.stream()
                    .filter(machine -> ((LibvirtMachine) machine).domain().name().equals(idOrName))
                    .findFirst());
  }

  @Override
  public MachineExport exportMachine(Machine machine) {
    if (!capabilities.supports(Operation.EXPORT)) {
      throw new UnsupportedOperation(LibvirtDriver.ID, Operation.EXPORT, capabilities);
    }
    return LibvirtExport.begin(((LibvirtMachine) machine(machine.id())).domain());
  }

  @Override
  public MachineImport importMachine(MachineSpec spec) {
    if (!capabilities.supports(Operation.IMPORT)) {
      throw new UnsupportedOperation(LibvirtDriver.ID, Operation.IMPORT, capabilities);
    }
    return LibvirtImport.begin(this, spec);
  }

  /** Returns the events of this host, which are listened to from the first time on. */
  DomainEvents events() {
    synchronized (lock) {
      DomainEvents known = events;
      if (known == null) {
        known = DomainEvents.on(session);
        events = known;
      }
      return known;
    }
  }

  @Override
  public Subscription subscribe(Consumer<MachineEvent> listener) {
    Objects.requireNonNull(listener, "listener");
    return events().subscribe(listener);
  }

  @Override
  public void close() {
    session.close();
    synchronized (lock) {
      if (events != null) {
        events.end();
      }
    }
  }
}
