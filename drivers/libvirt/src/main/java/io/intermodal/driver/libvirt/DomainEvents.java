package io.intermodal.driver.libvirt;

import com.sun.jna.Callback;
import com.sun.jna.Pointer;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.MachineEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners what libvirt says of the domains of one host. Thread-safe. libvirt calls on the
 * thread of its event loop, which must not wait and must not call back: events are handed to a
 * thread of our own, and dropped when that one is far behind.
 */
final class DomainEvents implements Session.Watcher {

  private static final Logger LOG = System.getLogger(DomainEvents.class.getName());

  private static final int LIFECYCLE = 0;
  private static final int REBOOT = 1;
  private static final int UUID_BYTES = 37;
  private static final int MOST_WAITING = 10_000;

  private static final Map<Long, DomainEvents> SUBSCRIBERS = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong(1);

  /** One each for the process: one that were collected while libvirt calls it would end it. */
  private static final NativeCalls.LifecycleCallback ON_LIFECYCLE =
      (connection, domain, event, detail, subscriber) -> {
        deliver(domain, subscriber, kind(event, detail).orElse(null));
        return 0;
      };

  private static final NativeCalls.GenericCallback ON_REBOOT =
      (connection, domain, subscriber) -> deliver(domain, subscriber, MachineEvent.Kind.REBOOTED);

  private final NativeCalls calls;
  private final long number = NEXT.getAndIncrement();
  private final List<Place> listeners = new CopyOnWriteArrayList<>();
  private final Map<RawConnect, int[]> registrations = new ConcurrentHashMap<>();
  private final ExecutorService executor;

  private DomainEvents(NativeCalls calls) {
    this.calls = calls;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1,
            1,
            5,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, "libvirt-listeners");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    pool.allowCoreThreadTimeOut(true);
    this.executor = pool;
  }

  /** Starts to listen on a session, and on each connection that it opens later. */
  static DomainEvents on(Session session) {
    DomainEvents events = new DomainEvents(session.calls());
    SUBSCRIBERS.put(events.number, events);
    session.watch(events);
    return events;
  }

  Hypervisor.Subscription subscribe(Consumer<MachineEvent> listener) {
    Place place = new Place(listener);
    listeners.add(place);
    return () -> listeners.remove(place);
  }

  @Override
  public void opened(RawConnect connect) {
    int lifecycle = register(connect, LIFECYCLE, ON_LIFECYCLE);
    int reboot;
    try {
      reboot = register(connect, REBOOT, ON_REBOOT);
    } catch (NativeFailure e) {
      calls.virConnectDomainEventDeregisterAny(connect.pointer(), lifecycle);
      throw e;
    }
    registrations.put(connect, new int[] {lifecycle, reboot});
  }

  @Override
  public void closing(RawConnect connect) {
    int[] both = registrations.remove(connect);
    if (both != null) {
      for (int registration : both) {
        calls.virConnectDomainEventDeregisterAny(connect.pointer(), registration);
      }
    }
  }

  /** Ends it for good. */
  void end() {
    SUBSCRIBERS.remove(number);
    listeners.clear();
    executor.shutdown();
  }

  private int register(RawConnect connect, int event, Callback callback) {
    return NativeFailure.check(
        calls,
        calls.virConnectDomainEventRegisterAny(
            connect.pointer(), null, event, callback, Pointer.createConstant(number), null));
  }

  private static void deliver(
      @Nullable Pointer domain, @Nullable Pointer subscriber, MachineEvent.@Nullable Kind kind) {
    DomainEvents events = SUBSCRIBERS.get(Pointer.nativeValue(subscriber));
    if (events == null || domain == null || kind == null) {
      return;
    }
    try {
      byte[] text = new byte[UUID_BYTES];
      String name = events.calls.virDomainGetName(domain);
      if (name == null || events.calls.virDomainGetUUIDString(domain, text) < 0) {
        return;
      }
      String id = new String(text, 0, UUID_BYTES - 1, StandardCharsets.US_ASCII);
      MachineEvent event = new MachineEvent(id, name, kind, Instant.now());
      events.executor.execute(() -> events.tell(event));
    } catch (RuntimeException e) {
      // This runs inside native code, through which no exception can pass.
      LOG.log(Level.DEBUG, "an event of libvirt was lost", e);
    }
  }

  private void tell(MachineEvent event) {
    for (Place place : listeners) {
      try {
        place.listener.accept(event);
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "a listener failed", e);
      }
    }
  }

  /** Is a listener's place: the same listener may have two. */
  private static final class Place {
    private final Consumer<MachineEvent> listener;

    Place(Consumer<MachineEvent> listener) {
      this.listener = listener;
    }
  }

  /** Returns what an event is to us; empty for one that another event tells better. */
  static Optional<MachineEvent.Kind> kind(int event, int detail) {
    return Optional.ofNullable(
        switch (event) {
          case 0 -> MachineEvent.Kind.DEFINED;
          case 1 -> MachineEvent.Kind.DELETED;
          case 2 -> MachineEvent.Kind.STARTED;
          // 7: the guest put itself to sleep.
          case 3, 7 -> MachineEvent.Kind.PAUSED;
          case 4 -> MachineEvent.Kind.UNPAUSED;
          case 5 ->
              switch (detail) {
                case 2 -> MachineEvent.Kind.CRASHED;
                case 4 -> MachineEvent.Kind.SUSPENDED;
                default -> MachineEvent.Kind.STOPPED;
              };
          case 8 -> MachineEvent.Kind.CRASHED;
          // 6: the guest has shut down; that the machine stopped comes next.
          default -> null;
        });
  }
}
