package io.intermodal.driver.libvirt;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.ErrorCallback;
import org.libvirt.LibvirtException;
import org.libvirt.jna.virError;

/**
 * Holds the native library and its event loop, of which a process has one each. It is looked for
 * when the first connection is made, once; a machine without it stays without it until the process
 * ends.
 */
final class NativeLibrary {

  private static final String ENCODING = "jna.encoding";

  /** Held for good: JNA collects a callback that nobody in Java refers to. */
  private static final ErrorCallback SILENT =
      new ErrorCallback() {
        @Override
        public void errorCallback(@Nullable Pointer userData, @Nullable virError error) {
          // Every error reaches the caller as an exception; libvirt would also print it.
        }
      };

  private final NativeCalls calls;

  private NativeLibrary(NativeCalls calls) {
    this.calls = calls;
  }

  /**
   * Returns the library.
   *
   * @throws HypervisorException {@code CONNECTION_FAILED} when it is not installed, with what to
   *     install
   */
  static NativeLibrary get() {
    Outcome outcome = Holder.OUTCOME;
    if (outcome.library != null) {
      return outcome.library;
    }
    throw absent(outcome.failure);
  }

  /** Tells whether the library is there. */
  static boolean isThere() {
    return Holder.OUTCOME.library != null;
  }

  NativeCalls calls() {
    return calls;
  }

  static HypervisorException absent(@Nullable Throwable cause) {
    return new HypervisorException(
        HypervisorError.CONNECTION_FAILED,
        LibvirtDriver.ID,
        "cannot use libvirt: its library libvirt.so.0 cannot be loaded on this machine; install it"
            + " (Debian and Ubuntu: apt install libvirt0, Fedora: dnf install libvirt-libs)",
        null,
        cause);
  }

  private static Outcome load() {
    try {
      NativeCalls calls = inUtf8();
      org.libvirt.Library.initEventLoop();
      Connect.setErrorCallback(SILENT);
      Thread loop = new Thread(NativeLibrary::runEvents, "libvirt-events");
      loop.setDaemon(true);
      loop.start();
      return new Outcome(new NativeLibrary(calls), null);
    } catch (LinkageError | LibvirtException | RuntimeException e) {
      return new Outcome(null, e);
    }
  }

  /** Loads the library for us and for the binding, which takes its encoding from a property. */
  private static NativeCalls inUtf8() {
    String before = System.getProperty(ENCODING);
    System.setProperty(ENCODING, StandardCharsets.UTF_8.name());
    try {
      org.libvirt.jna.Libvirt.INSTANCE.virInitialize();
      return Native.load(
          NativeCalls.LIBRARY,
          NativeCalls.class,
          Map.of(Library.OPTION_STRING_ENCODING, StandardCharsets.UTF_8.name()));
    } finally {
      if (before == null) {
        System.clearProperty(ENCODING);
      } else {
        System.setProperty(ENCODING, before);
      }
    }
  }

  private static void runEvents() {
    while (true) {
      try {
        org.libvirt.Library.processEvent();
      } catch (LibvirtException | RuntimeException e) {
        // One event that failed is no reason to be deaf from then on; a loop that fails at once
        // again and again must not take a processor, though.
        pause();
      }
    }
  }

  @SuppressWarnings("ThreadSleep")
  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      // The loop ends with the process.
    }
  }

  private record Outcome(@Nullable NativeLibrary library, @Nullable Throwable failure) {}

  /** Loads the library when it is first asked for. */
  private static final class Holder {
    static final Outcome OUTCOME = load();
  }
}
