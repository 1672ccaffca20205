package io.intermodal.ovf;

import io.intermodal.xml.XmlElement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is a section of an envelope, a virtual system or a collection (DSP0243 "OVF descriptor",
 * DSP8023). What a record does not name is in {@link Header#element()}. Immutable.
 */
public sealed interface Section
    permits Section.Disks,
        Section.Networks,
        Section.DeploymentOptions,
        Section.OperatingSystem,
        Section.VirtualHardware,
        Section.ResourceAllocation,
        Section.Product,
        Section.Eula,
        Section.Annotation,
        Section.Startup,
        Section.Install,
        Section.ScaleOut,
        Section.PlacementGroup,
        Section.Placement,
        Section.BootDevices,
        Section.EnvironmentFiles,
        Section.Encryption,
        Section.Odca,
        Section.Other,
        VmwareSection,
        VcloudSection {

  /** Returns what every section has. */
  Header header();

  /** Returns the name: the element's local name, in 0.9 the xsi:type without {@code _Type}. */
  default String name() {
    return header().name();
  }

  /**
   * Holds what every section has.
   *
   * @param required whether a consumer must understand it; true where nothing is said
   * @param info the text for people whose tool does not know the section; null when absent
   * @param element the section as written, with all that no record names
   */
  record Header(String name, boolean required, @Nullable String info, XmlElement element) {

    /** Validates the parts. */
    public Header {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(element, "element");
    }
  }

  /** Lists disks: DiskSection, and SharedDiskSection of 2.x. */
  record Disks(Header header, List<Disk> disks) implements Section {
    /** Copies the list. */
    public Disks {
      disks = List.copyOf(disks);
    }
  }

  /** Lists the networks that NICs name. */
  record Networks(Header header, List<Network> networks) implements Section {
    /** Copies the list. */
    public Networks {
      networks = List.copyOf(networks);
    }
  }

  /** Lists the configurations among which a deployer chooses. */
  record DeploymentOptions(Header header, List<DeploymentOption> options) implements Section {
    /** Copies the list. */
    public DeploymentOptions {
      options = List.copyOf(options);
    }
  }

  /** Names the guest. */
  record OperatingSystem(Header header, GuestOs guestOs) implements Section {}

  /**
   * Describes the virtual hardware.
   *
   * @param virtualSystemTypes the alternatives of hardware families, as {@code vmx-14}; the
   *     consumer chooses
   * @param virtualSystemIdentifier the name in System; null when absent
   * @param transports how the environment document may reach the guest
   * @param items all devices of all configurations, range markers included, in order
   */
  record VirtualHardware(
      Header header,
      List<String> virtualSystemTypes,
      @Nullable String virtualSystemIdentifier,
      List<String> transports,
      List<Item> items)
      implements Section {
    /** Copies the lists. */
    public VirtualHardware {
      virtualSystemTypes = List.copyOf(virtualSystemTypes);
      transports = List.copyOf(transports);
      items = List.copyOf(items);
    }

    /** Returns VMware's settings of the whole machine, in order. */
    public List<VmwareConfig> vmwareConfigs() {
      return VmwareConfig.in(header.element());
    }
  }

  /** Bounds the resources of a collection. */
  record ResourceAllocation(Header header, List<Item> items) implements Section {
    /** Copies the list. */
    public ResourceAllocation {
      items = List.copyOf(items);
    }

    /**
     * Returns what the section allows in a configuration.
     *
     * @param configuration the id of a deployment option; null for none
     */
    public List<ResourceRange> ranges(@Nullable String configuration) {
      return new EffectiveItems(items, configuration).ranges();
    }
  }

  /**
   * Describes a product and its properties. Class and instance are null when absent or empty.
   *
   * @param icons pictures of the product, in order
   * @param properties in order, each with its category
   */
  record Product(
      Header header,
      @Nullable String productClass,
      @Nullable String instance,
      @Nullable String product,
      @Nullable String vendor,
      @Nullable String version,
      @Nullable String fullVersion,
      @Nullable String productUrl,
      @Nullable String vendorUrl,
      @Nullable String appUrl,
      List<Icon> icons,
      List<ProductProperty> properties)
      implements Section {
    /** Copies the lists. */
    public Product {
      icons = List.copyOf(icons);
      properties = List.copyOf(properties);
    }
  }

  /**
   * Holds a licence to be agreed to.
   *
   * @param license the text; null when absent
   */
  record Eula(Header header, @Nullable String license) implements Section {}

  /**
   * Holds a note.
   *
   * @param annotation the text; null when absent
   */
  record Annotation(Header header, @Nullable String annotation) implements Section {}

  /** Orders the start and stop of what is in a collection. */
  record Startup(Header header, List<StartupItem> items) implements Section {
    /** Copies the list. */
    public Startup {
      items = List.copyOf(items);
    }
  }

  /**
   * Says that the guest boots once to install itself.
   *
   * @param initialBootStopDelaySeconds how long to wait for it to power off; 0 is for ever, null
   *     when absent
   */
  record Install(Header header, @Nullable Integer initialBootStopDelaySeconds) implements Section {

    /**
     * Returns how long the guest may take; empty for as long as it likes. 1.x requires the number
     * and 2.x reads 0 where it is absent, so 0 is what counts.
     */
    public Optional<Duration> bootStopLimit() {
      return initialBootStopDelaySeconds == null || initialBootStopDelaySeconds == 0
          ? Optional.empty()
          : Optional.of(Duration.ofSeconds(initialBootStopDelaySeconds));
    }
  }

  /**
   * Says that copies of a system or collection are to be made (2.x, DSP0243 "Scale out section").
   *
   * @param id what the ids of the copies begin with; null when absent
   * @param description null when absent
   * @param counts how many, by deployment option
   */
  record ScaleOut(
      Header header, @Nullable String id, @Nullable String description, List<InstanceCount> counts)
      implements Section {
    /** Copies the list. */
    public ScaleOut {
      counts = List.copyOf(counts);
    }

    /** Finds the count of a configuration: the one for it, else the one for all. */
    public Optional<InstanceCount> countIn(@Nullable String configuration) {
      return counts.stream()
          .filter(c -> configuration != null && c.configurations().contains(configuration))
          .findFirst()
          .or(() -> counts.stream().filter(c -> c.configurations().isEmpty()).findFirst());
    }
  }

  /**
   * Defines a rule for where systems are placed (2.x, DSP0243 "Placement group section").
   *
   * @param id what {@link Placement} names; null when absent
   * @param policy {@code affinity} or {@code availability}, as written; null when absent
   * @param description null when absent
   */
  record PlacementGroup(
      Header header, @Nullable String id, @Nullable String policy, @Nullable String description)
      implements Section {}

  /**
   * Puts a system or collection into a placement group (2.x).
   *
   * @param group the id of the {@link PlacementGroup}; null when absent
   */
  record Placement(Header header, @Nullable String group) implements Section {}

  /**
   * Orders what a machine boots from (2.x, DSP0243 "Boot device section").
   *
   * @param configurations alternatives; the first one counts when none is chosen
   */
  record BootDevices(Header header, List<BootConfiguration> configurations) implements Section {
    /** Copies the list. */
    public BootDevices {
      configurations = List.copyOf(configurations);
    }
  }

  /**
   * Lists files that are to reach the guest beside its environment document (2.x).
   *
   * @param transports how; empty where nothing is said
   */
  record EnvironmentFiles(Header header, List<EnvironmentFile> files, List<String> transports)
      implements Section {
    /** Copies the lists. */
    public EnvironmentFiles {
      files = List.copyOf(files);
      transports = List.copyOf(transports);
    }
  }

  /**
   * Says what of the package is encrypted (2.x, W3C XML Encryption). Nothing is decrypted here, and
   * no key material is kept in the record.
   */
  record Encryption(Header header, List<EncryptionKey> keys) implements Section {
    /** Copies the list. */
    public Encryption {
      keys = List.copyOf(keys);
    }
  }

  /** Holds the attributes of Intermodal's own extension, {@link OdcaAttributes#NAMESPACE}. */
  record Odca(Header header, OdcaAttributes attributes) implements Section {}

  /** Is any other section, kept as written. */
  record Other(Header header) implements Section {}
}
