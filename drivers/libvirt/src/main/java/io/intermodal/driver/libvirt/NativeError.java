package io.intermodal.driver.libvirt;

import io.intermodal.hypervisor.HypervisorError;
import org.jspecify.annotations.Nullable;
import org.libvirt.LibvirtException;

/**
 * Is one error as libvirt reports it.
 *
 * @param number libvirt's number for the code ({@code virErrorNumber}), which is stable
 * @param code its name without the prefix
 * @param domain name of the part that failed, without the prefix
 * @param message libvirt's words, in one line
 * @param errno the operating system's number where libvirt passes it on; 0 elsewhere
 */
record NativeError(int number, String code, String domain, String message, int errno) {

  static final int INTERNAL = 1;
  static final int NO_SUPPORT = 3;
  static final int INVALID_ARG = 8;
  static final int OPERATION_FAILED = 9;
  static final int NO_DOMAIN = 42;
  static final int OPERATION_INVALID = 55;
  static final int NO_NWFILTER = 62;

  static final int SYSTEM_ERROR = 38;
  private static final int ENOSPC = 28;
  private static final int EDQUOT = 122;
  private static final int MAX_MESSAGE = 2000;

  /** The binding's list of codes is in libvirt's order, so that the place is the number. */
  @SuppressWarnings("EnumOrdinal")
  static NativeError of(LibvirtException e) {
    org.libvirt.@Nullable Error error = e.getError();
    if (error == null) {
      return new NativeError(INTERNAL, "INTERNAL_ERROR", "NONE", line(e.getMessage()), 0);
    }
    org.libvirt.Error.@Nullable ErrorNumber code = error.getCode();
    org.libvirt.Error.@Nullable ErrorDomain domain = error.getDomain();
    int number = code == null ? INTERNAL : code.ordinal();
    return new NativeError(
        number,
        code == null ? "INTERNAL_ERROR" : shortName(code.name(), "VIR_ERR_"),
        domain == null ? "NONE" : shortName(domain.name(), "VIR_FROM_"),
        line(error.getMessage()),
        number == SYSTEM_ERROR ? error.getInt1() : 0);
  }

  /** Returns the error of a call through {@link NativeCalls} by the numbers alone. */
  @SuppressWarnings("EnumOrdinal")
  static NativeError of(int number, int domain, @Nullable String message) {
    org.libvirt.Error.ErrorNumber[] numbers = org.libvirt.Error.ErrorNumber.values();
    org.libvirt.Error.ErrorDomain[] domains = org.libvirt.Error.ErrorDomain.values();
    return new NativeError(
        number,
        number >= 0 && number < numbers.length - 1
            ? shortName(numbers[number].name(), "VIR_ERR_")
            : "error " + number,
        domain >= 0 && domain < domains.length - 1
            ? shortName(domains[domain].name(), "VIR_FROM_")
            : "part " + domain,
        line(message),
        0);
  }

  /** Returns our code for the error of an established connection. */
  HypervisorError category() {
    return switch (number) {
      case NO_SUPPORT, 74, 84 -> HypervisorError.UNSUPPORTED_OPERATION;
      // CONFIG_UNSUPPORTED and CPU_INCOMPATIBLE: the machine asks for what this host lacks.
      case 67, 91 -> HypervisorError.LIMIT_EXCEEDED;
      // NO_CONNECT, OPERATION_DENIED, RPC, GNUTLS_ERROR, AUTH_FAILED, AUTH_CANCELLED, SSH,
      // ACCESS_DENIED, AUTH_UNAVAILABLE, LIBSSH.
      case 5, 29, 39, 40, 45, 79, 85, 88, 94, 98 -> HypervisorError.CONNECTION_FAILED;
      case SYSTEM_ERROR ->
          errno == ENOSPC || errno == EDQUOT
              ? HypervisorError.STORAGE_FULL
              : HypervisorError.OPERATION_FAILED;
      case OPERATION_INVALID -> HypervisorError.ILLEGAL_STATE;
      case NO_DOMAIN -> HypervisorError.MACHINE_NOT_FOUND;
      // NO_NETWORK, NO_STORAGE_POOL, NO_STORAGE_VOL, NO_NWFILTER, NO_DOMAIN_SNAPSHOT,
      // NO_DOMAIN_METADATA, DEVICE_MISSING.
      case 43, 49, 50, NO_NWFILTER, 72, 80, 99 -> HypervisorError.NO_SUCH_PART;
      // DOM_EXIST, STORAGE_VOL_EXIST.
      case 28, 90 -> HypervisorError.NAME_TAKEN;
      case 87 -> HypervisorError.LOCKED;
      // AGENT_UNRESPONSIVE, AGENT_UNSYNCED.
      case 86, 97 -> HypervisorError.GUEST_UNREACHABLE;
      default -> HypervisorError.OPERATION_FAILED;
    };
  }

  private static String shortName(String name, String prefix) {
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }

  private static String line(@Nullable String message) {
    if (message == null || message.isBlank()) {
      return "libvirt does not say why";
    }
    String line = message.strip().replaceAll("\\s*\\R\\s*", "; ");
    return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + "…";
  }
}
