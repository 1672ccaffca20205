package io.intermodal.ovf;

import io.intermodal.xml.XmlElement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Is a section of an envelope, a virtual system or a collection (DSP0243 "OVF descriptor",
 * DSP8023). What a record does not name is in {@link Header#element()}. Immutable.
 */
public sealed interface Section {

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
  }

  /** Bounds the resources of a collection. */
  record ResourceAllocation(Header header, List<Item> items) implements Section {
    /** Copies the list. */
    public ResourceAllocation {
      items = List.copyOf(items);
    }
  }

  /**
   * Describes a product and its properties. Class and instance are null when absent or empty.
   *
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
      List<ProductProperty> properties)
      implements Section {
    /** Copies the list. */
    public Product {
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
  record Install(Header header, @Nullable Integer initialBootStopDelaySeconds) implements Section {}

  /** Is any other section, kept as written. */
  record Other(Header header) implements Section {}
}
