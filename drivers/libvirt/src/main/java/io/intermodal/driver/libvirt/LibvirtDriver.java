package io.intermodal.driver.libvirt;

import io.intermodal.BuildVersion;
import io.intermodal.hypervisor.Credentials;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorUri;
import io.intermodal.hypervisor.spi.HypervisorDriver;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * Reaches QEMU and Xen hosts through libvirt: {@code qemu:///system}, {@code qemu:///session},
 * {@code qemu+unix:///system?socket=…}, {@code qemu+ssh://user@host/system}, {@code
 * xen+tcp://host/system} and the like; {@code test:///default} is libvirt's own simulator. {@code
 * esx://host} is accepted and was never verified. {@code ?pool=name} says where new disks go.
 *
 * <p>Sessions are thread-safe. One that lost its connection opens another at the next call.
 */
public final class LibvirtDriver implements HypervisorDriver {

  static final String ID = "libvirt";

  private static final KeepAlive KEEP_ALIVE = new KeepAlive(Duration.ofSeconds(10), 5);
  private static final Duration GUEST_PATIENCE = Duration.ofMinutes(2);

  private final KeepAlive keepAlive;
  private final Duration guestPatience;

  /** Creates the driver; the native library is looked for when the first connection is made. */
  public LibvirtDriver() {
    this(KEEP_ALIVE, GUEST_PATIENCE);
  }

  private LibvirtDriver(KeepAlive keepAlive, Duration guestPatience) {
    this.keepAlive = keepAlive;
    this.guestPatience = guestPatience;
  }

  /**
   * Returns this driver with connections that are given up when the peer is silent, also while they
   * are being opened.
   *
   * @param interval time without a word after which the peer is asked; at least a second
   * @param count questions without an answer after which the connection is dead; at least 1
   */
  public LibvirtDriver withKeepAlive(Duration interval, int count) {
    return new LibvirtDriver(new KeepAlive(interval, count), guestPatience);
  }

  /**
   * Returns this driver with sessions that give a guest that long to restart by itself before it is
   * reset; two minutes unless changed.
   */
  public LibvirtDriver withGuestPatience(Duration patience) {
    Objects.requireNonNull(patience, "patience");
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience must not be negative: " + patience);
    }
    return new LibvirtDriver(keepAlive, patience);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String version() {
    return BuildVersion.of(LibvirtDriver.class);
  }

  @Override
  public String description() {
    return "QEMU and Xen hosts through libvirt, whose library libvirt.so.0 must be installed";
  }

  @Override
  public Set<String> schemes() {
    return LibvirtUri.schemes();
  }

  @Override
  public String uriForm() {
    return "qemu[+ssh|tcp|tls|unix]://[host]/system, xen[+…]://[host]/system, test:///default;"
        + " ?pool=NAME for new disks, ?guest=pv|pvh|hvm for new guests of Xen";
  }

  @Override
  public Hypervisor connect(HypervisorUri uri) {
    return connect(uri, Credentials.none());
  }

  @Override
  public Hypervisor connect(HypervisorUri uri, Credentials credentials) {
    Objects.requireNonNull(credentials, "credentials");
    LibvirtUri checked = LibvirtUri.of(uri);
    return LibvirtHypervisor.of(Session.open(checked, credentials, keepAlive), guestPatience);
  }
}
