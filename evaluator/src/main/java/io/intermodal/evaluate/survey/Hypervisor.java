package io.intermodal.evaluate.survey;

/**
 * A hypervisor of a survey. Results hold for the version that was tested and for no other.
 *
 * @param name the product, such as {@code VMware ESXi}
 * @param version its version, with the build where it is known
 */
public record Hypervisor(String name, String version) {
  /**
   * @throws IllegalArgumentException if a part is blank
   */
  public Hypervisor {
    Texts.require(name, "name");
    Texts.require(version, "version");
  }

  /** Returns name and version. */
  @Override
  public String toString() {
    return name + " " + version;
  }
}
