package io.intermodal.ovf;

import io.intermodal.xml.XmlElement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds what only some machines have, for {@link EnvelopeDraft.DraftMachine}.
 *
 * @param product null to say nothing about the product
 * @param licenses the texts to be agreed to, each an EulaSection
 * @param annotation null for none
 * @param devices devices besides processors, memory, controllers, disks, CD drives and NICs
 * @param configs VMware's keys, all optional
 * @param overrides what deployment options change
 * @param secureBoot null when not known; written as VMware's optional extension
 * @param sections further sections in any namespace, written as they are
 */
public record DraftDetails(
    @Nullable DraftProduct product,
    List<String> licenses,
    @Nullable String annotation,
    List<DraftDevice> devices,
    List<DraftConfig> configs,
    List<DraftOverride> overrides,
    @Nullable Boolean secureBoot,
    List<XmlElement> sections) {

  private static final DraftDetails NONE =
      new DraftDetails(null, List.of(), null, List.of(), List.of(), List.of(), null, List.of());

  /** Copies the lists. */
  public DraftDetails {
    licenses = List.copyOf(licenses);
    devices = List.copyOf(devices);
    configs = List.copyOf(configs);
    overrides = List.copyOf(overrides);
    sections = List.copyOf(sections);
  }

  /** Returns no details. */
  public static DraftDetails none() {
    return NONE;
  }

  /**
   * Describes the product in the machine.
   *
   * @param product null to leave it out, as for all parts
   */
  public record DraftProduct(
      @Nullable String product,
      @Nullable String vendor,
      @Nullable String version,
      @Nullable String fullVersion,
      @Nullable String productUrl,
      @Nullable String vendorUrl,
      @Nullable String appUrl) {}

  /**
   * Is a device of any kind: 14 floppy, 21 serial port, 23 USB controller, 34 VMware's TPM, 35
   * VirtualBox's sound card, 1 others.
   *
   * @param resourceType the CIM number, or one of a vendor's
   * @param name what people read
   * @param subtype null when the consumer chooses
   * @param controller the key of a controller; null for none
   * @param unit the address on the controller; null when the consumer chooses
   * @param fileId a file that backs it; null for none
   * @param required whether a consumer must provide it
   */
  public record DraftDevice(
      int resourceType,
      String name,
      @Nullable String subtype,
      @Nullable String controller,
      @Nullable Integer unit,
      @Nullable String fileId,
      boolean required) {

    /** Validates the parts. */
    public DraftDevice {
      Objects.requireNonNull(name, "name");
      if (resourceType < 1 || resourceType > 0xFFFF) {
        throw new IllegalArgumentException("resourceType is not from 1 to 65535: " + resourceType);
      }
    }
  }

  /**
   * Is a key of VMware's.
   *
   * @param extra whether it is an ExtraConfig, which goes to the settings file as it is
   */
  public record DraftConfig(String key, String value, boolean extra) {

    /** Validates the parts. */
    public DraftConfig {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * Says what a deployment option changes.
   *
   * @param cpus null to leave them
   * @param memoryBytes null to leave it
   */
  public record DraftOverride(String option, @Nullable Integer cpus, @Nullable Long memoryBytes) {

    /** Validates the numbers. */
    public DraftOverride {
      Objects.requireNonNull(option, "option");
      if ((cpus != null && cpus < 1) || (memoryBytes != null && memoryBytes < 1)) {
        throw new IllegalArgumentException("cpus and memoryBytes must be positive");
      }
    }
  }
}
