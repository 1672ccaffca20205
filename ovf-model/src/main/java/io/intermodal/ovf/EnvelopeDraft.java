package io.intermodal.ovf;

import io.intermodal.ovf.internal.Hrefs;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes an envelope to be written as OVF 1.1, in plain words. {@link #toXml()} is valid against
 * DSP8023 1.1.1 and the same for the same draft. One machine becomes a VirtualSystem, several a
 * collection.
 *
 * @param id the id of the collection when there are several machines
 * @param files in the order of the archive
 */
public record EnvelopeDraft(
    String id,
    List<DraftFile> files,
    List<DraftDisk> disks,
    List<String> networks,
    List<DraftMachine> machines) {

  /** Copies the lists and checks that all that is referred to is there. */
  public EnvelopeDraft {
    Objects.requireNonNull(id, "id");
    files = List.copyOf(files);
    disks = List.copyOf(disks);
    networks = List.copyOf(networks);
    machines = List.copyOf(machines);
    if (machines.isEmpty()) {
      throw new IllegalArgumentException("an envelope needs a machine");
    }
    DraftChecks.check(files, disks, networks, machines);
  }

  /**
   * Is a file of the package.
   *
   * @param name the name in the package; it is percent-encoded when written
   * @param sizeBytes the size as stored
   */
  public record DraftFile(String id, String name, long sizeBytes) {

    /** Validates the parts. */
    public DraftFile {
      Objects.requireNonNull(id, "id");
      if (Hrefs.unsafe(name) || sizeBytes < 0) {
        throw new IllegalArgumentException("not a file of a package: " + name);
      }
    }
  }

  /**
   * Is a disk.
   *
   * @param fileId null for a blank disk
   * @param capacityBytes what the guest sees
   * @param format the URI of the format; null for a blank disk
   * @param populatedBytes null when not known
   */
  public record DraftDisk(
      String id,
      @Nullable String fileId,
      long capacityBytes,
      @Nullable String format,
      @Nullable Long populatedBytes) {

    /** The format to write for VMware and everybody else. */
    public static final String STREAM_OPTIMIZED =
        "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized";

    /** Validates the parts. */
    public DraftDisk {
      Objects.requireNonNull(id, "id");
      if (capacityBytes <= 0) {
        throw new IllegalArgumentException("capacityBytes must be positive: " + capacityBytes);
      }
    }
  }

  /**
   * Is a machine.
   *
   * @param hardwareFamilies as {@code vmx-14}; empty to leave the choice to the consumer
   * @param coresPerSocket null when the consumer chooses
   * @param firmware null when not known; written as VMware's optional extension
   * @param guestOs null when not known; an id that is no number is written as 1, other
   * @param transports how the environment may reach the guest
   */
  public record DraftMachine(
      String id,
      String name,
      List<String> hardwareFamilies,
      int cpus,
      @Nullable Integer coresPerSocket,
      long memoryBytes,
      @Nullable Firmware firmware,
      @Nullable GuestOs guestOs,
      List<String> transports,
      List<DraftController> controllers,
      List<DraftAttachment> attachments,
      List<DraftNic> nics,
      List<DraftProperty> properties) {

    /** Copies the lists. */
    public DraftMachine {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(name, "name");
      hardwareFamilies = List.copyOf(hardwareFamilies);
      transports = List.copyOf(transports);
      controllers = List.copyOf(controllers);
      attachments = List.copyOf(attachments);
      nics = List.copyOf(nics);
      properties = List.copyOf(properties);
      if (cpus < 1 || memoryBytes < 1) {
        throw new IllegalArgumentException("cpus and memoryBytes must be positive");
      }
    }
  }

  /**
   * Is a controller.
   *
   * @param key what attachments refer to, unique in the machine
   * @param resourceType 5 IDE, 6 SCSI, 20 SATA or NVMe, told apart by the subtype
   * @param subtype null when the consumer chooses
   */
  public record DraftController(
      String key, int resourceType, @Nullable String subtype, int busNumber) {

    /** Validates the key. */
    public DraftController {
      Objects.requireNonNull(key, "key");
    }
  }

  /**
   * Is a drive on a controller: a disk, or a CD drive that is empty or holds a file.
   *
   * @param controller the key of a controller; null when the consumer chooses
   * @param unit the address on the controller; null when the consumer chooses
   * @param diskId the disk; null for a CD drive
   * @param cdFileId the image in a CD drive; null for a disk or an empty drive
   */
  public record DraftAttachment(
      @Nullable String controller,
      @Nullable Integer unit,
      @Nullable String diskId,
      @Nullable String cdFileId) {

    /** Validates that it is one of them. */
    public DraftAttachment {
      if (diskId != null && cdFileId != null) {
        throw new IllegalArgumentException("a drive is a disk or a CD drive");
      }
    }
  }

  /**
   * Is a network adapter.
   *
   * @param model as {@code E1000}; null when the consumer chooses
   * @param mac null when the consumer chooses
   */
  public record DraftNic(@Nullable String model, String network, @Nullable String mac) {

    /** Validates the network. */
    public DraftNic {
      Objects.requireNonNull(network, "network");
    }
  }

  /**
   * Is a property of the product in the machine.
   *
   * @param type one of CIM's: {@code string}, {@code boolean}, {@code uint16} and so on
   * @param value null for none; a password should have none, since a descriptor is no safe place
   * @param label null for none
   */
  public record DraftProperty(
      String key,
      String type,
      @Nullable String value,
      boolean userConfigurable,
      boolean password,
      @Nullable String label) {

    /** Validates the parts. */
    public DraftProperty {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(type, "type");
    }

    /** Names the property; the value only when it is no secret. */
    @Override
    public String toString() {
      return key + "=" + (password || Secrets.named(key, type) ? "***" : value);
    }
  }

  /** Returns the descriptor, UTF-8. */
  public byte[] toXml() {
    return XmlWriter.indented().toBytes(XmlDocument.of(new DraftXml(this).envelope()));
  }

  /**
   * Returns how much room the descriptor needs whatever the sizes of its files turn out to be, for
   * an archive written in one pass.
   */
  public int roomBytes() {
    List<DraftFile> largest =
        files.stream().map(f -> new DraftFile(f.id(), f.name(), Long.MAX_VALUE)).toList();
    List<DraftDisk> fullest =
        disks.stream()
            .map(
                d ->
                    new DraftDisk(
                        d.id(), d.fileId(), d.capacityBytes(), d.format(), Long.MAX_VALUE))
            .toList();
    return new EnvelopeDraft(id, largest, fullest, networks, machines).toXml().length;
  }

  /**
   * Returns the same envelope with the sizes that were written.
   *
   * @param sizes sizes as stored, by name; files not among them keep theirs
   */
  public EnvelopeDraft withSizes(Map<String, Long> sizes) {
    List<DraftFile> sized =
        files.stream()
            .map(f -> new DraftFile(f.id(), f.name(), sizes.getOrDefault(f.name(), f.sizeBytes())))
            .toList();
    return new EnvelopeDraft(id, sized, disks, networks, machines);
  }
}
