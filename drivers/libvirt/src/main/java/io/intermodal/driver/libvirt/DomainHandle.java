package io.intermodal.driver.libvirt;

import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/**
 * Is one domain while one method works on it, as the binding knows it and as {@link NativeCalls}
 * does. Closing it frees both, once. Not thread-safe.
 */
final class DomainHandle implements AutoCloseable {

  private final NativeCalls calls;
  private final RawConnect connect;
  private final String id;
  private final Domain domain;
  private @Nullable Pointer raw;

  private DomainHandle(NativeCalls calls, RawConnect connect, String id, Domain domain) {
    this.calls = calls;
    this.connect = connect;
    this.id = id;
    this.domain = domain;
  }

  /** Looks a domain up by its UUID. */
  static DomainHandle find(NativeCalls calls, RawConnect connect, String id)
      throws LibvirtException {
    return new DomainHandle(calls, connect, id, connect.domainLookupByUUIDString(id));
  }

  RawConnect connect() {
    return connect;
  }

  NativeCalls calls() {
    return calls;
  }

  Domain domain() {
    return domain;
  }

  /** Returns the pointer for {@link NativeCalls}; it is this object's to free. */
  Pointer raw() {
    Pointer known = raw;
    if (known == null) {
      known = NativeFailure.check(calls, calls.virDomainLookupByUUIDString(connect.pointer(), id));
      raw = known;
    }
    return known;
  }

  @Override
  public void close() {
    Pointer known = raw;
    raw = null;
    if (known != null) {
      calls.virDomainFree(known);
    }
    try {
      domain.free();
    } catch (LibvirtException e) {
      // A handle that cannot be freed is lost; what was done with it still holds.
    }
  }
}
