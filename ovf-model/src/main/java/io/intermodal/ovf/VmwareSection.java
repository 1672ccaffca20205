package io.intermodal.ovf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is a section of VMware's own that carries meaning: namespace {@code
 * http://www.vmware.com/schema/ovf}. Reading one is not obeying it: a required one still has to be
 * honoured by whoever deploys, see {@link Envelope#notUnderstood()}. What is not stated is null.
 */
public sealed interface VmwareSection extends Section {

  /**
   * Says how guests get addresses.
   *
   * @param schemes {@code dhcp}, {@code ovfenv}
   * @param protocols {@code IPv4}, {@code IPv6}
   */
  record IpAssignment(Header header, List<String> schemes, List<String> protocols)
      implements VmwareSection {
    /** Copies the lists. */
    public IpAssignment {
      schemes = List.copyOf(schemes);
      protocols = List.copyOf(protocols);
    }
  }

  /**
   * Names one device to boot from; a machine has one such section for each, in order.
   *
   * @param instanceId the InstanceID of the item
   * @param type {@code disk}, {@code net}, {@code cdrom} or {@code floppy}
   */
  record BootOrder(Header header, @Nullable String instanceId, @Nullable String type)
      implements VmwareSection {}

  /**
   * Defines a storage policy that {@link Storage} names.
   *
   * @param id what {@link Storage#group()} holds
   * @param policyName the name of the policy
   */
  record StorageGroup(
      Header header, @Nullable String id, @Nullable String policyName, @Nullable String description)
      implements VmwareSection {}

  /** Puts a machine or a collection under a storage policy. */
  record Storage(Header header, @Nullable String group) implements VmwareSection {}

  /**
   * Defines a placement by tags that {@link TagPlacement} names.
   *
   * @param id what {@link TagPlacement#group()} holds
   * @param groupName the name of the group
   * @param categories names of tag categories
   * @param tags names of tags
   */
  record TagPlacementGroup(
      Header header,
      @Nullable String id,
      @Nullable String groupName,
      @Nullable Integer priority,
      @Nullable String description,
      List<String> categories,
      List<String> tags)
      implements VmwareSection {
    /** Copies the lists. */
    public TagPlacementGroup {
      categories = List.copyOf(categories);
      tags = List.copyOf(tags);
    }
  }

  /** Puts a machine into a placement by tags. */
  record TagPlacement(Header header, @Nullable String group, @Nullable Integer priority)
      implements VmwareSection {}

  /**
   * Asks for a service of the platform, as vCenter's extension service.
   *
   * @param type as {@code com.vmware.vservice.extension}
   * @param serviceName the name for people
   */
  record ServiceDependency(
      Header header,
      @Nullable String id,
      @Nullable String type,
      @Nullable String serviceName,
      @Nullable String description)
      implements VmwareSection {}

  /** Constrains the features of the processor. */
  record CpuCompatibility(Header header, List<CpuLevel> levels) implements VmwareSection {
    /** Copies the list. */
    public CpuCompatibility {
      levels = List.copyOf(levels);
    }
  }

  /**
   * Is one CPUID leaf with VMware's masks for its registers, as {@code ----:----:---H:----…}.
   *
   * @param level the leaf, as written
   * @param vendor {@code intel} or {@code amd}; null for every processor
   */
  record CpuLevel(
      @Nullable String level,
      @Nullable String vendor,
      @Nullable String eax,
      @Nullable String ebx,
      @Nullable String ecx,
      @Nullable String edx) {}

  /** Groups passed-through devices that must come together. */
  record DeviceGroups(Header header, List<DeviceGroup> groups) implements VmwareSection {
    /** Copies the list. */
    public DeviceGroups {
      groups = List.copyOf(groups);
    }
  }

  /**
   * Is one group of passed-through devices.
   *
   * @param key what {@code deviceGroupInfo.groupInstanceKey} of an item holds
   */
  record DeviceGroup(@Nullable String key, @Nullable String name, @Nullable String label) {}

  /** Names files that an upgrade by migration needs. */
  record MigrationRequisites(Header header, List<Requisite> requisites) implements VmwareSection {
    /** Copies the list. */
    public MigrationRequisites {
      requisites = List.copyOf(requisites);
    }
  }

  /** Is one file for an upgrade. */
  record Requisite(@Nullable String purpose, @Nullable String fileRef) {}
}
