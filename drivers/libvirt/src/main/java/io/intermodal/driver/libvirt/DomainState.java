package io.intermodal.driver.libvirt;

import com.sun.jna.ptr.IntByReference;
import io.intermodal.hypervisor.MachineState;
import org.libvirt.LibvirtException;

/**
 * Is what libvirt says of a domain: {@code virDomainState} and the reason that goes with it.
 *
 * @param state libvirt's number of the state
 * @param reason libvirt's number of the reason; what it means depends on the state
 * @param saved whether a managed save image waits to be resumed
 */
record DomainState(int state, int reason, boolean saved) {

  private static final int NO_STATE = 0;
  private static final int RUNNING = 1;
  private static final int BLOCKED = 2;
  private static final int PAUSED = 3;
  private static final int SHUTDOWN = 4;
  private static final int SHUT_OFF = 5;
  private static final int PM_SUSPENDED = 7;

  private static final int PAUSED_SAVE = 3;
  private static final int PAUSED_IO_ERROR = 5;
  private static final int PAUSED_SHUTTING_DOWN = 8;
  private static final int PAUSED_CRASHED = 10;
  private static final int PAUSED_STARTING_UP = 11;
  private static final int PAUSED_POSTCOPY_FAILED = 13;
  private static final int PAUSED_API_ERROR = 14;

  static DomainState of(DomainHandle handle) throws LibvirtException {
    IntByReference state = new IntByReference();
    IntByReference reason = new IntByReference();
    NativeFailure.check(
        handle.calls(), handle.calls().virDomainGetState(handle.raw(), state, reason, 0));
    boolean saved = state.getValue() == SHUT_OFF && hasSave(handle);
    return new DomainState(state.getValue(), reason.getValue(), saved);
  }

  private static boolean hasSave(DomainHandle handle) throws LibvirtException {
    try {
      return handle.domain().hasManagedSaveImage() == 1;
    } catch (LibvirtException e) {
      if (NativeError.of(e).number() == NativeError.NO_SUPPORT) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Returns the state in CIMI's words. A saved domain is SUSPENDED; one that its guest put to sleep
   * in memory is PAUSED; one that was stopped by an error of its host, or crashed and was kept, is
   * ERROR.
   */
  MachineState machineState() {
    return switch (state) {
      case NO_STATE, RUNNING, BLOCKED -> MachineState.STARTED;
      case PAUSED ->
          switch (reason) {
            case PAUSED_SAVE -> MachineState.SUSPENDING;
            case PAUSED_STARTING_UP -> MachineState.STARTING;
            case PAUSED_SHUTTING_DOWN -> MachineState.STOPPING;
            case PAUSED_IO_ERROR, PAUSED_CRASHED, PAUSED_POSTCOPY_FAILED, PAUSED_API_ERROR ->
                MachineState.ERROR;
            default -> MachineState.PAUSED;
          };
      case SHUTDOWN -> MachineState.STOPPING;
      case SHUT_OFF -> saved ? MachineState.SUSPENDED : MachineState.STOPPED;
      case PM_SUSPENDED -> MachineState.PAUSED;
      default -> MachineState.ERROR;
    };
  }
}
