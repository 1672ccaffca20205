package io.intermodal.driver.libvirt;

import io.intermodal.descriptor.DomainKind;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.HypervisorUri;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Is a libvirt URI whose scheme is one we know. libvirt itself hands a scheme that it does not know
 * to its remote driver and complains about a socket, so schemes are checked here, against a list.
 *
 * @param kind what is at the other end
 * @param text the URI for libvirt, without our own parameters
 * @param pool name of the storage pool that new disks go to; null for the roomiest
 * @param guest kind of the guests that are made at a Xen host; null to choose by the machine
 */
record LibvirtUri(
    HypervisorKind kind, String text, @Nullable String pool, @Nullable DomainKind guest) {

  /** The parameter that is ours and not libvirt's. */
  static final String POOL = "pool";

  /** The other one: {@code pv}, {@code pvh} or {@code hvm}, for Xen. */
  static final String GUEST = "guest";

  private static final String SSH = "ssh";
  private static final Set<String> TRANSPORTS = Set.of("unix", "tcp", "tls", SSH, "libssh2");
  private static final Set<String> NEED_HOST = Set.of("tcp", "tls", SSH, "libssh2");

  /** Returns the schemes of all URIs that are taken. */
  static Set<String> schemes() {
    Set<String> all = new TreeSet<>();
    for (HypervisorKind kind : HypervisorKind.values()) {
      all.add(kind.scheme());
      if (kind == HypervisorKind.QEMU || kind == HypervisorKind.XEN) {
        TRANSPORTS.forEach(transport -> all.add(kind.scheme() + "+" + transport));
      }
    }
    return all;
  }

  /**
   * Checks a URI.
   *
   * @throws HypervisorException {@code INVALID_URI} with the reason
   */
  static LibvirtUri of(HypervisorUri uri) {
    String[] scheme = uri.scheme().split("\\+", 2);
    HypervisorKind kind = kind(scheme[0]).orElse(null);
    if (kind == null || !schemes().contains(uri.scheme())) {
      throw invalid(uri, "its scheme is none of " + String.join(", ", schemes()));
    }
    String rest = uri.rest();
    if (!rest.startsWith("//")) {
      throw invalid(uri, "two slashes and a host must follow the colon, or three slashes");
    }
    if (rest.chars().anyMatch(c -> c <= ' ' || c == 0x7f || c == '#')) {
      throw invalid(uri, "it holds a blank, a control character or a #");
    }
    int slash = rest.indexOf('/', 2);
    String host = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
    String path = slash < 0 ? "" : rest.substring(slash);
    requireHost(uri, kind, scheme.length > 1 ? scheme[1] : "", host);
    requirePath(uri, kind, path);
    String pool = uri.parameter(POOL).orElse(null);
    if (pool != null && pool.isBlank()) {
      throw invalid(uri, "its parameter " + POOL + " names no storage pool");
    }
    Map<String, String> theirs = new LinkedHashMap<>(uri.parameters());
    theirs.remove(POOL);
    theirs.remove(GUEST);
    return new LibvirtUri(
        kind,
        new HypervisorUri(uri.scheme(), uri.rest(), theirs).toString(),
        pool,
        guest(uri, kind));
  }

  private static @Nullable DomainKind guest(HypervisorUri uri, HypervisorKind kind) {
    String word = uri.parameter(GUEST).orElse(null);
    if (word == null) {
      return null;
    }
    if (kind != HypervisorKind.XEN) {
      throw invalid(uri, "its parameter " + GUEST + " is for Xen only");
    }
    return switch (word) {
      case "pv" -> DomainKind.XEN_PV;
      case "pvh" -> DomainKind.XEN_PVH;
      case "hvm" -> DomainKind.XEN_HVM;
      default -> throw invalid(uri, "its parameter " + GUEST + " must be pv, pvh or hvm");
    };
  }

  /**
   * Returns the URI for messages and reports: as it is, but without the values of parameters, save
   * for the socket's and the pool's, which are no secret and tell two hosts apart.
   */
  String shown() {
    int question = text.indexOf('?');
    StringBuilder shown = new StringBuilder(question < 0 ? text : text.substring(0, question));
    char separator = '?';
    if (question >= 0) {
      for (String pair : text.substring(question + 1).split("&", -1)) {
        String name = pair.substring(0, pair.indexOf('=') + 1);
        shown.append(separator).append(name.equals("socket=") ? pair : name + "…");
        separator = '&';
      }
    }
    if (pool != null) {
      shown.append(separator).append(POOL).append('=').append(pool);
      separator = '&';
    }
    if (guest != null) {
      String word = guest.name().substring("XEN_".length()).toLowerCase(Locale.ROOT);
      shown.append(separator).append(GUEST).append('=').append(word);
    }
    return shown.toString();
  }

  /** Tells whether libvirt's daemon, or its whole driver, is on this machine. */
  boolean isLocal() {
    return text.substring(text.indexOf("//") + 2).startsWith("/");
  }

  private static void requireHost(
      HypervisorUri uri, HypervisorKind kind, String transport, String host) {
    boolean local = transport.equals("unix") || kind == HypervisorKind.TEST;
    if (local && !host.isEmpty()) {
      throw invalid(
          uri, "it is about this machine, so no host belongs into it: write three slashes");
    }
    if ((NEED_HOST.contains(transport) || kind == HypervisorKind.ESX) && host.isEmpty()) {
      throw invalid(uri, "it names no host; write " + uri.scheme() + "://host/…");
    }
  }

  private static void requirePath(HypervisorUri uri, HypervisorKind kind, String path) {
    boolean right =
        switch (kind) {
          case QEMU -> path.equals("/system") || path.equals("/session");
          case XEN -> path.isEmpty() || path.equals("/") || path.equals("/system");
          case TEST -> path.length() > 1;
          case ESX -> true;
        };
    if (!right) {
      throw invalid(
          uri,
          "its path is \""
              + path
              + "\", it must be "
              + switch (kind) {
                case QEMU -> "/system or /session";
                case XEN, ESX -> "/system";
                case TEST -> "/default or the path of a file";
              });
    }
  }

  private static Optional<HypervisorKind> kind(String scheme) {
    for (HypervisorKind kind : HypervisorKind.values()) {
      if (kind.scheme().equals(scheme.toLowerCase(Locale.ROOT))) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private static HypervisorException invalid(HypervisorUri uri, String reason) {
    String shown = uri.scheme() + ":" + uri.rest();
    return new HypervisorException(
        HypervisorError.INVALID_URI,
        LibvirtDriver.ID,
        "cannot connect to " + shown + ": " + reason,
        shown);
  }
}
