package io.intermodal.driver.libvirt;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.intermodal.hypervisor.HypervisorException;
import org.jspecify.annotations.Nullable;

/**
 * Carries what a call through {@link NativeCalls} reported to the {@link Session}, which says what
 * the call was for and throws it on as a {@link LibvirtFailure}.
 */
final class NativeFailure extends HypervisorException {

  private static final long serialVersionUID = 1L;

  /** Where {@code int1} of {@code virError} is, behind two numbers and seven words. */
  private static final long ERRNO_OFFSET = 8 + 7L * Native.POINTER_SIZE;

  private final transient NativeError error;

  private NativeFailure(NativeError error) {
    super(error.category(), LibvirtDriver.ID, "cannot use libvirt: " + error.message(), null);
    this.error = error;
  }

  NativeError error() {
    return error;
  }

  /** Returns a result that is no failure; must be called by the thread that made the call. */
  static int check(NativeCalls calls, int result) {
    if (result < 0) {
      throw last(calls);
    }
    return result;
  }

  /** Returns a pointer that is not null; must be called by the thread that made the call. */
  static Pointer check(NativeCalls calls, @Nullable Pointer result) {
    if (result == null) {
      throw last(calls);
    }
    return result;
  }

  static NativeFailure last(NativeCalls calls) {
    Pointer message = calls.virGetLastErrorMessage();
    Pointer whole = calls.virGetLastError();
    NativeError error =
        NativeError.of(
            calls.virGetLastErrorCode(),
            calls.virGetLastErrorDomain(),
            message == null ? null : message.getString(0, "UTF-8"));
    return new NativeFailure(
        whole != null && error.number() == NativeError.SYSTEM_ERROR
            ? new NativeError(
                error.number(),
                error.code(),
                error.domain(),
                error.message(),
                whole.getInt(ERRNO_OFFSET))
            : error);
  }
}
