package io.intermodal.hypervisor;

import java.util.Objects;

/**
 * Says what a hypervisor is, for reports: results hold for the versions tested.
 *
 * @param driver id of the driver that reached it
 * @param product product name
 * @param version version and build, as the product states them
 * @param reality whether machines really run there
 * @param uri where it is; never with a secret
 */
public record HypervisorInfo(
    String driver, String product, String version, Reality reality, String uri) {

  /** Tells whether machines really run at a hypervisor. */
  public enum Reality {
    /** Machines run. */
    REAL("real hypervisor"),
    /** A simulator of the product's protocol answers. */
    SIMULATOR("protocol simulator"),
    /** Machines are files in a folder; their guests are simulated. */
    SIMULATED_FOLDER("simulated folder");

    private final String words;

    Reality(String words) {
      this.words = words;
    }

    /** Returns the words that reports use. */
    public String words() {
      return words;
    }
  }

  /** Validates that all parts are there. */
  public HypervisorInfo {
    Objects.requireNonNull(driver, "driver");
    Objects.requireNonNull(product, "product");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(reality, "reality");
    Objects.requireNonNull(uri, "uri");
  }

  /** Returns product and version in one line. */
  public String displayName() {
    return product + " " + version;
  }
}
