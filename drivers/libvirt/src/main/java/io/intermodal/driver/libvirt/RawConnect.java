package io.intermodal.driver.libvirt;

import com.sun.jna.PointerType;
import org.libvirt.Connect;
import org.libvirt.ConnectAuth;
import org.libvirt.LibvirtException;

/** Is the binding's connection with its native pointer, for {@link NativeCalls}. */
final class RawConnect extends Connect {

  RawConnect(String uri, ConnectAuth credentials) throws LibvirtException {
    super(uri, credentials, 0);
  }

  /** Compares by identity: the binding would ask the host for its URI each time. */
  @Override
  @SuppressWarnings("ReferenceEquality")
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  PointerType pointer() {
    return vcp;
  }
}
