package io.intermodal.hypervisor.spi;

import io.intermodal.hypervisor.Credentials;
import io.intermodal.hypervisor.Hypervisor;
import io.intermodal.hypervisor.HypervisorUri;
import java.util.Set;

/**
 * Reaches the hypervisors of one kind. A driver is a jar with one class that implements this and
 * has a public constructor without parameters, named in {@code
 * META-INF/services/io.intermodal.hypervisor.spi.HypervisorDriver}. Making it must be cheap and
 * must not reach out; connecting may.
 */
public interface HypervisorDriver {

  /** Returns its id, lower case, unique among all drivers: {@code local}, {@code libvirt}. */
  String id();

  /** Returns its version, for reports. */
  String version();

  /** Returns a line about what it reaches, for people. */
  String description();

  /** Returns the schemes of the URIs it takes, lower case. */
  Set<String> schemes();

  /** Returns the form of its URIs, for error messages and help. */
  String uriForm();

  /**
   * Connects to a hypervisor.
   *
   * @throws io.intermodal.hypervisor.HypervisorException {@code INVALID_URI} when a part of the URI
   *     is missing or unknown; {@code CONNECTION_FAILED} when nobody answers
   */
  Hypervisor connect(HypervisorUri uri);

  /**
   * Connects to a hypervisor that may ask who is there. A driver whose hypervisors never ask need
   * not override it.
   */
  default Hypervisor connect(HypervisorUri uri, Credentials credentials) {
    return connect(uri);
  }
}
