package io.intermodal.hypervisor;

import io.intermodal.PluginSet;
import io.intermodal.hypervisor.spi.HypervisorDriver;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.TreeSet;

/**
 * Holds the drivers that are at hand and connects to hypervisors by URI. Immutable and thread-safe.
 *
 * <pre>{@code
 * try (Hypervisor hypervisor = Drivers.load().connect("local:/vms?profile=kvm")) {
 *   hypervisor.machine("web").start();
 * }
 * }</pre>
 */
public final class Drivers {

  private final PluginSet<HypervisorDriver> plugins;

  private Drivers(PluginSet<HypervisorDriver> plugins) {
    this.plugins = plugins;
  }

  /**
   * Finds the drivers on the class path or module path.
   *
   * @throws io.intermodal.IntermodalException {@code DUPLICATE_PLUGIN} when two have one id
   */
  public static Drivers load() {
    return new Drivers(
        PluginSet.load(ServiceLoader.load(HypervisorDriver.class), "driver", HypervisorDriver::id));
  }

  /** Makes a set of drivers that are at hand. */
  public static Drivers of(Collection<? extends HypervisorDriver> drivers) {
    return new Drivers(PluginSet.of(drivers, HypervisorDriver::id));
  }

  /** Returns the drivers. */
  public Collection<HypervisorDriver> all() {
    return plugins.all();
  }

  /** Returns which drivers were skipped and why, a sentence each. */
  public List<String> problems() {
    return plugins.problems();
  }

  /** Tells whether a text starts with the scheme of a driver, so that it is not a file's name. */
  public boolean knowsScheme(String text) {
    int colon = text.indexOf(':');
    return colon > 0
        && all().stream()
            .anyMatch(
                driver ->
                    driver.schemes().contains(text.substring(0, colon).toLowerCase(Locale.ROOT)));
  }

  /**
   * Connects to a hypervisor.
   *
   * @throws HypervisorException {@code INVALID_URI}, {@code UNKNOWN_DRIVER} with the schemes there
   *     are, or {@code CONNECTION_FAILED}
   */
  public Hypervisor connect(String uri) {
    return connect(uri, Credentials.none());
  }

  /**
   * Connects to a hypervisor that may ask who is there.
   *
   * @throws HypervisorException {@code INVALID_URI}, {@code UNKNOWN_DRIVER} with the schemes there
   *     are, or {@code CONNECTION_FAILED}
   */
  public Hypervisor connect(String uri, Credentials credentials) {
    HypervisorUri parsed = HypervisorUri.parse(uri);
    for (HypervisorDriver driver : all()) {
      if (driver.schemes().contains(parsed.scheme())) {
        return driver.connect(parsed, credentials);
      }
    }
    TreeSet<String> schemes = new TreeSet<>();
    all().forEach(driver -> schemes.addAll(driver.schemes()));
    throw new HypervisorException(
        HypervisorError.UNKNOWN_DRIVER,
        "core",
        "cannot connect to "
            + parsed
            + ": no driver knows the scheme "
            + parsed.scheme()
            + "; known are "
            + (schemes.isEmpty() ? "none" : String.join(", ", schemes))
            + ". A driver is a jar on the class path",
        uri);
  }
}
