package io.intermodal.descriptor;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says where libvirt keeps a disk, or the medium of a drive, and how it hands it to the guest.
 *
 * @param key key of the disk or drive in the neutral machine
 * @param target name of the device in the domain: {@code vda}
 * @param bus bus as libvirt writes it; null when not stated
 * @param sourceType value of {@code disk@type}: {@code file}, {@code block}, {@code volume}, {@code
 *     network} and others
 * @param path file or block device on the hypervisor's host; null for other sources and an empty
 *     drive
 * @param pool storage pool of a volume; null for other sources
 * @param volume name of the volume in its pool; null for other sources
 * @param driver value of {@code driver@name}: {@code qemu}, {@code phy}; null when not stated
 * @param format value of {@code driver@type}: {@code raw}, {@code qcow2}; null when not stated
 * @param readOnly whether the guest cannot write to it
 * @param layered whether the definition says that it stands on another image
 */
public record DomainDisk(
    String key,
    String target,
    @Nullable String bus,
    String sourceType,
    @Nullable String path,
    @Nullable String pool,
    @Nullable String volume,
    @Nullable String driver,
    @Nullable String format,
    boolean readOnly,
    boolean layered) {

  /** Validates that the names are there. */
  public DomainDisk {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(sourceType, "sourceType");
  }
}
