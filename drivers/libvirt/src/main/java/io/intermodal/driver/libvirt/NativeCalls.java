package io.intermodal.driver.libvirt;

import com.sun.jna.Callback;
import com.sun.jna.IntegerType;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.PointerType;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * Lists the functions of libvirt that its Java binding lacks; names and parameters are those of
 * libvirt's headers. A result below 0, or null, is a failure, which the calling thread reads at
 * once with {@link #virGetLastErrorCode}. Whoever gets a pointer frees it exactly once: a second
 * time ends the virtual machine.
 */
interface NativeCalls extends Library {

  /** The name that the binding itself uses: one library, one last error for each thread. */
  String LIBRARY = "virt";

  /** {@code VIR_DOMAIN_AFFECT_LIVE}: what runs now. */
  int AFFECT_LIVE = 1;

  /** {@code VIR_DOMAIN_AFFECT_CONFIG}: the stored definition. */
  int AFFECT_CONFIG = 2;

  /** {@code VIR_DOMAIN_MEM_MAXIMUM} and {@code VIR_DOMAIN_VCPU_MAXIMUM}. */
  int MAXIMUM = 4;

  /** Is C's {@code size_t}. */
  final class SizeT extends IntegerType {
    private static final long serialVersionUID = 1L;

    /** Makes a zero, as JNA asks for. */
    public SizeT() {
      this(0);
    }

    SizeT(long value) {
      super(Native.SIZE_T_SIZE, value, true);
    }
  }

  /** Is {@code virConnectDomainEventCallback}. */
  interface LifecycleCallback extends Callback {
    int invoke(
        @Nullable Pointer connection,
        @Nullable Pointer domain,
        int event,
        int detail,
        @Nullable Pointer subscriber);
  }

  /** Is {@code virConnectDomainEventGenericCallback}. */
  interface GenericCallback extends Callback {
    void invoke(
        @Nullable Pointer connection, @Nullable Pointer domain, @Nullable Pointer subscriber);
  }

  int virGetLastErrorCode();

  int virGetLastErrorDomain();

  @Nullable Pointer virGetLastErrorMessage();

  /** Returns a {@code virError} that is libvirt's own; null without one. */
  @Nullable Pointer virGetLastError();

  void virResetLastError();

  // Domains.

  @Nullable Pointer virDomainLookupByUUIDString(PointerType connection, String uuid);

  int virDomainFree(Pointer domain);

  int virDomainGetState(Pointer domain, IntByReference state, IntByReference reason, int flags);

  int virDomainGetVcpusFlags(Pointer domain, int flags);

  int virDomainSetMemoryFlags(Pointer domain, NativeLong kib, int flags);

  int virDomainOpenConsole(Pointer domain, @Nullable String device, Pointer stream, int flags);

  int virDomainFSFreeze(Pointer domain, @Nullable Pointer mountpoints, int count, int flags);

  int virDomainFSThaw(Pointer domain, @Nullable Pointer mountpoints, int count, int flags);

  int virDomainSetMemoryStatsPeriod(Pointer domain, int seconds, int flags);

  @Nullable String virDomainGetName(Pointer domain);

  int virDomainGetUUIDString(Pointer domain, byte[] text);

  // Events; the callbacks must be referred to for as long as they are registered.

  int virConnectDomainEventRegisterAny(
      PointerType connection,
      @Nullable Pointer domain,
      int event,
      Callback callback,
      Pointer subscriber,
      @Nullable Pointer free);

  int virConnectDomainEventDeregisterAny(PointerType connection, int registration);

  // Networks.

  @Nullable Pointer virNetworkLookupByName(PointerType connection, String name);

  int virNetworkFree(Pointer network);

  int virNetworkGetDHCPLeases(
      Pointer network, @Nullable String mac, PointerByReference leases, int flags);

  void virNetworkDHCPLeaseFree(Pointer lease);

  // Storage.

  @Nullable Pointer virStorageVolLookupByPath(PointerType connection, String path);

  int virStorageVolFree(Pointer volume);

  int virStorageVolUpload(Pointer volume, Pointer stream, long offset, long length, int flags);

  int virStorageVolDownload(Pointer volume, Pointer stream, long offset, long length, int flags);

  // Streams.

  @Nullable Pointer virStreamNew(PointerType connection, int flags);

  int virStreamSend(Pointer stream, byte[] data, SizeT count);

  int virStreamRecv(Pointer stream, byte[] data, SizeT count);

  int virStreamRecvFlags(Pointer stream, byte[] data, SizeT count, int flags);

  int virStreamSendHole(Pointer stream, long length, int flags);

  int virStreamRecvHole(Pointer stream, LongByReference length, int flags);

  int virStreamFinish(Pointer stream);

  int virStreamAbort(Pointer stream);

  int virStreamFree(Pointer stream);
}
