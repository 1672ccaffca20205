package io.intermodal.driver.libvirt;

import io.intermodal.CancelledException;
import io.intermodal.hypervisor.Credentials;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.libvirt.LibvirtException;

/**
 * Is the way to one hypervisor: a connection that is opened again when it was lost. A call that
 * only reads is then repeated; one that changes something is not, as nobody knows how far it came.
 * Thread-safe.
 *
 * <p>libvirt's own keep-alive ends the calls that wait for a peer that is gone, so no call waits
 * for longer than {@link KeepAlive#patience} on a dead connection.
 */
final class Session implements AutoCloseable {

  /**
   * How long a host that was there is tried again: a libvirtd that restarts is away for seconds.
   */
  private static final Duration RESTART_PATIENCE = Duration.ofSeconds(10);

  /** Is something that is done with a connection. */
  @FunctionalInterface
  interface Action<T> {
    T run(RawConnect connect) throws LibvirtException;
  }

  /** Is told of each connection: when it was opened, and before it is given up. */
  interface Watcher {
    void opened(RawConnect connect) throws LibvirtException;

    void closing(RawConnect connect) throws LibvirtException;
  }

  private final NativeLibrary library;
  private final LibvirtUri uri;
  private final Credentials credentials;
  private final KeepAlive keepAlive;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private final Object opening = new Object();
  private volatile @Nullable LiveConnection current;
  private volatile boolean closed;

  private Session(
      NativeLibrary library, LibvirtUri uri, Credentials credentials, KeepAlive keepAlive) {
    this.library = library;
    this.uri = uri;
    this.credentials = credentials;
    this.keepAlive = keepAlive;
  }

  /**
   * Opens a connection.
   *
   * @throws HypervisorException {@code CONNECTION_FAILED}
   */
  static Session open(LibvirtUri uri, Credentials credentials, KeepAlive keepAlive) {
    Session session = new Session(NativeLibrary.get(), uri, credentials, keepAlive);
    session.connection(null);
    return session;
  }

  LibvirtUri uri() {
    return uri;
  }

  NativeCalls calls() {
    return library.calls();
  }

  /**
   * Asks for something; asked again once when the connection was lost.
   *
   * @param what the object of "cannot", for the message
   * @param about the machine or part it is about; null when there is none
   */
  <T> T ask(String what, @Nullable String about, Action<T> action) {
    LiveConnection used = acquire(null);
    try {
      return attempt(used, what, about, action);
    } catch (LostConnection e) {
      // Below, with a new one.
    } finally {
      used.release();
    }
    LiveConnection renewed = acquire(used);
    try {
      return attempt(renewed, what, about, action);
    } catch (LostConnection e) {
      throw e.failure;
    } finally {
      renewed.release();
    }
  }

  /** Changes something; never repeated. */
  <T> T change(String what, @Nullable String about, Action<T> action) {
    LiveConnection used = acquire(null);
    try {
      return attempt(used, what, about, action);
    } catch (LostConnection e) {
      throw e.failure;
    } finally {
      used.release();
    }
  }

  /**
   * Keeps a connection that a running action uses until it is released, whatever becomes of the
   * session.
   */
  LiveConnection hold(RawConnect connect) {
    LiveConnection candidate = current;
    if (candidate == null || !candidate.connect().equals(connect) || !candidate.acquire()) {
      throw new HypervisorException(
          HypervisorError.CONNECTION_FAILED,
          LibvirtDriver.ID,
          "cannot keep the connection to " + uri.shown() + ": it was lost or closed meanwhile",
          uri.shown());
    }
    return candidate;
  }

  /** Adds somebody who is told of this connection and of those that take its place. */
  void watch(Watcher watcher) {
    ask(
        "listen to events of " + uri.shown(),
        null,
        connect -> {
          watcher.opened(connect);
          watchers.add(watcher);
          return watcher;
        });
  }

  @Override
  public void close() {
    synchronized (opening) {
      closed = true;
      LiveConnection last = current;
      current = null;
      if (last != null) {
        giveUp(last);
      }
    }
  }

  private <T> T attempt(LiveConnection used, String what, @Nullable String about, Action<T> action)
      throws LostConnection {
    try {
      return action.run(used.connect());
    } catch (LibvirtException e) {
      NativeError error = NativeError.of(e);
      if (!used.isAlive()) {
        throw new LostConnection(
            new LibvirtFailure(
                HypervisorError.CONNECTION_FAILED,
                what + ", as the connection to " + uri.shown() + " was lost",
                error,
                about,
                e));
      }
      throw new LibvirtFailure(error.category(), what, error, about, e);
    } catch (NativeFailure e) {
      if (!used.isAlive()) {
        throw new LostConnection(
            new LibvirtFailure(
                HypervisorError.CONNECTION_FAILED,
                what + ", as the connection to " + uri.shown() + " was lost",
                e.error(),
                about,
                e));
      }
      throw new LibvirtFailure(e.error().category(), what, e.error(), about, e);
    } catch (ArrayIndexOutOfBoundsException e) {
      // The binding looks numbers up in lists that newer hosts have outgrown.
      throw new LibvirtFailure(
          HypervisorError.OPERATION_FAILED,
          what,
          NativeError.of(
              0, 0, "the host answered with a value that the Java binding does not know"),
          about,
          e);
    }
  }

  private LiveConnection acquire(@Nullable LiveConnection lost) {
    while (true) {
      LiveConnection candidate = connection(lost);
      if (candidate.acquire()) {
        return candidate;
      }
    }
  }

  private LiveConnection connection(@Nullable LiveConnection lost) {
    LiveConnection candidate = current;
    if (candidate != null && candidate != lost && candidate.isAlive()) {
      return candidate;
    }
    synchronized (opening) {
      if (closed) {
        throw new IllegalStateException("the session with " + uri.shown() + " is closed");
      }
      candidate = current;
      if (candidate != null && candidate != lost && candidate.isAlive()) {
        return candidate;
      }
      if (candidate != null) {
        current = null;
        giveUp(candidate);
      }
      LiveConnection opened =
          new LiveConnection(candidate == null ? openWithin() : openAfterLoss());
      for (Watcher watcher : watchers) {
        try {
          watcher.opened(opened.connect());
        } catch (LibvirtException e) {
          opened.retire();
          throw failedToOpen(e);
        }
      }
      current = opened;
      return opened;
    }
  }

  private void giveUp(LiveConnection connection) {
    for (Watcher watcher : watchers) {
      try {
        watcher.closing(connection.connect());
      } catch (LibvirtException e) {
        // A connection that is lost has forgotten its listeners already.
      }
    }
    connection.retire();
  }

  /** Tries again for a while; those who come later, when nobody was there, are told at once. */
  private RawConnect openAfterLoss() {
    long end = System.nanoTime() + RESTART_PATIENCE.toNanos();
    while (true) {
      try {
        return openWithin();
      } catch (HypervisorException e) {
        if (e.code() != HypervisorError.CONNECTION_FAILED || System.nanoTime() - end >= 0) {
          throw e;
        }
      }
      Waiting.until("the restart of " + uri.shown(), Duration.ofMillis(500), () -> false);
    }
  }

  /**
   * Opens a connection on a thread of its own: a host that accepts and then says nothing would keep
   * the caller in native code for good, where no interrupt reaches it.
   */
  private RawConnect openWithin() {
    CompletableFuture<RawConnect> opened = new CompletableFuture<>();
    Thread opener =
        new Thread(
            () -> {
              try {
                RawConnect connect = new RawConnect(uri.text(), new Answers(credentials, uri));
                keepAlive.apply(connect);
                if (!opened.complete(connect)) {
                  connect.close();
                }
              } catch (Throwable e) {
                opened.completeExceptionally(e);
              }
            },
            "libvirt-open");
    opener.setDaemon(true);
    opener.start();
    // A peer that is silent for that long is gone, whether it was connected before or not.
    Duration patience = keepAlive.patience();
    try {
      return opened.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      RawConnect late = abandon(opened);
      if (late != null) {
        return late;
      }
      throw new HypervisorException(
          HypervisorError.CONNECTION_FAILED,
          LibvirtDriver.ID,
          "cannot connect to "
              + uri.shown()
              + ": nobody answered within "
              + patience.toSeconds()
              + " s; check that libvirtd runs there",
          uri.shown(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      RawConnect late = abandon(opened);
      if (late != null) {
        new LiveConnection(late).retire();
      }
      throw new CancelledException("the connection to " + uri.shown());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof LibvirtException refused) {
        throw failedToOpen(refused);
      }
      if (cause instanceof LinkageError) {
        throw NativeLibrary.absent(cause);
      }
      throw new IllegalStateException("cannot connect to " + uri.shown() + ": " + cause, cause);
    }
  }

  /** Gives an opening up; returns the connection when it was there in that very moment. */
  private static @Nullable RawConnect abandon(CompletableFuture<RawConnect> opened) {
    return opened.cancel(false) || opened.isCompletedExceptionally() ? null : opened.join();
  }

  private LibvirtFailure failedToOpen(LibvirtException e) {
    NativeError error = NativeError.of(e);
    HypervisorError code =
        error.number() == NativeError.NO_SUPPORT
            ? HypervisorError.UNSUPPORTED_OPERATION
            : HypervisorError.CONNECTION_FAILED;
    return new LibvirtFailure(code, "connect to " + uri.shown(), error, uri.shown(), e);
  }

  /** Carries the failure of a call on a connection that is gone. */
  private static final class LostConnection extends Exception {
    private static final long serialVersionUID = 1L;

    final LibvirtFailure failure;

    LostConnection(LibvirtFailure failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
