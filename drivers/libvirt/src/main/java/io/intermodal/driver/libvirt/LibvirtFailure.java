package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Signals what libvirt reported, with its own domain, code and message. The message of libvirt is
 * in the language of the host and decides nothing; the code does.
 */
public final class LibvirtFailure extends HypervisorException {

  @Serial private static final long serialVersionUID = 1L;

  private final String nativeDomain;
  private final String nativeCode;
  private final String nativeMessage;

  LibvirtFailure(
      HypervisorError error,
      String what,
      NativeError reported,
      @Nullable String about,
      @Nullable Throwable cause) {
    super(
        error,
        LibvirtDriver.ID,
        "cannot "
            + what
            + ": "
            + reported.message()
            + " (libvirt "
            + reported.code()
            + " from "
            + reported.domain()
            + ")"
            + wayOut(error),
        about,
        cause);
    this.nativeDomain = reported.domain();
    this.nativeCode = reported.code();
    this.nativeMessage = reported.message();
  }

  /** Returns the part of libvirt that failed: {@code QEMU}, {@code LIBXL}, {@code STORAGE}. */
  public String nativeDomain() {
    return nativeDomain;
  }

  /** Returns libvirt's code: {@code OPERATION_INVALID}, {@code NO_SUPPORT}; never localised. */
  public String nativeCode() {
    return nativeCode;
  }

  /** Returns libvirt's words, in the language of the host. */
  public String nativeMessage() {
    return nativeMessage;
  }

  private static String wayOut(HypervisorError error) {
    return switch (error) {
      case CONNECTION_FAILED -> "; check that libvirtd runs there and that you may use it";
      case STORAGE_FULL -> "; make room, or name another pool with ?pool=";
      default -> "";
    };
  }
}
