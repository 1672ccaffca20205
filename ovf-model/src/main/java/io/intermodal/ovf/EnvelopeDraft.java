package io.intermodal.ovf;

import io.intermodal.ovf.internal.Hrefs;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes an envelope to be written, in plain words. {@link #toXml()} is OVF 1.1, valid against
 * DSP8023 1.1.1, and the same for the same draft; {@link #toXml(WriterProfile)} writes for one
 * consumer. One machine becomes a VirtualSystem, several a collection.
 *
 * @param id the id of the collection when there are several machines
 * @param files in the order of the archive
 * @param group what is said about all machines together
 */
public record EnvelopeDraft(
    String id,
    List<DraftFile> files,
    List<DraftDisk> disks,
    List<String> networks,
    List<DraftMachine> machines,
    DraftGroup group) {

  /** Creates a draft that says nothing about the machines together. */
  public EnvelopeDraft(
      String id,
      List<DraftFile> files,
      List<DraftDisk> disks,
      List<String> networks,
      List<DraftMachine> machines) {
    this(id, files, disks, networks, machines, DraftGroup.none());
  }

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
    Objects.requireNonNull(group, "group");
    DraftChecks.check(files, disks, networks, machines, group);
  }

  /**
   * Is a file of the package.
   *
   * @param name the name in the package; it is percent-encoded when written
   * @param sizeBytes the size as stored
   * @param gzip whether it is stored as a gzip stream
   * @param chunkSizeBytes the size of each part but the last; null when it is in one piece
   */
  public record DraftFile(
      String id, String name, long sizeBytes, boolean gzip, @Nullable Long chunkSizeBytes) {

    /** Validates the parts. */
    public DraftFile {
      Objects.requireNonNull(id, "id");
      if (Hrefs.unsafe(name) || sizeBytes < 0) {
        throw new IllegalArgumentException("not a file of a package: " + name);
      }
      if (chunkSizeBytes != null && chunkSizeBytes < 1) {
        throw new IllegalArgumentException("chunkSizeBytes must be positive: " + chunkSizeBytes);
      }
    }

    /** Creates a file in one piece, stored as it is. */
    public DraftFile(String id, String name, long sizeBytes) {
      this(id, name, sizeBytes, false, null);
    }

    DraftFile withSize(long bytes) {
      return new DraftFile(id, name, bytes, gzip, chunkSizeBytes);
    }
  }

  /**
   * Is a disk.
   *
   * @param fileId null for a blank disk
   * @param capacityBytes what the guest sees
   * @param format the URI of the format; null for a blank disk
   * @param populatedBytes null when not known
   * @param parentId the disk, listed before, that this one is the difference to; null for none
   */
  public record DraftDisk(
      String id,
      @Nullable String fileId,
      long capacityBytes,
      @Nullable String format,
      @Nullable Long populatedBytes,
      @Nullable String parentId) {

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

    /** Creates a disk that is whole by itself. */
    public DraftDisk(
        String id,
        @Nullable String fileId,
        long capacityBytes,
        @Nullable String format,
        @Nullable Long populatedBytes) {
      this(id, fileId, capacityBytes, format, populatedBytes, null);
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
      List<DraftProperty> properties,
      DraftDetails details) {

    /** Creates a machine without details. */
    public DraftMachine(
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
      this(
          id,
          name,
          hardwareFamilies,
          cpus,
          coresPerSocket,
          memoryBytes,
          firmware,
          guestOs,
          transports,
          controllers,
          attachments,
          nics,
          properties,
          DraftDetails.none());
    }

    /** Returns the same machine with details. */
    public DraftMachine withDetails(DraftDetails more) {
      return new DraftMachine(
          id,
          name,
          hardwareFamilies,
          cpus,
          coresPerSocket,
          memoryBytes,
          firmware,
          guestOs,
          transports,
          controllers,
          attachments,
          nics,
          properties,
          more);
    }

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
      Objects.requireNonNull(details, "details");
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
   * @param optionValues the values in single deployment options, by id
   */
  public record DraftProperty(
      String key,
      String type,
      @Nullable String value,
      boolean userConfigurable,
      boolean password,
      @Nullable String label,
      Map<String, String> optionValues) {

    /** Validates the parts. */
    public DraftProperty {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(type, "type");
      optionValues = Map.copyOf(optionValues);
    }

    /** Creates a property with one value for all deployment options. */
    public DraftProperty(
        String key,
        String type,
        @Nullable String value,
        boolean userConfigurable,
        boolean password,
        @Nullable String label) {
      this(key, type, value, userConfigurable, password, label, Map.of());
    }

    /** Names the property; the value only when it is no secret. */
    @Override
    public String toString() {
      return key + "=" + (password || Secrets.named(key, type) ? "***" : value);
    }
  }

  /** Returns the descriptor as OVF 1.1, UTF-8. */
  public byte[] toXml() {
    return toXml(WriterProfile.STRICT);
  }

  /** Returns the descriptor in the form for a consumer, UTF-8. */
  public byte[] toXml(WriterProfile profile) {
    EnvelopeDraft fitted = new DraftFitting(profile).fit(this);
    return XmlWriter.indented().toBytes(XmlDocument.of(new DraftXml(fitted, profile).envelope()));
  }

  /** Returns the same draft with something said about all machines together. */
  public EnvelopeDraft withGroup(DraftGroup together) {
    return new EnvelopeDraft(id, files, disks, networks, machines, together);
  }

  /**
   * Returns how much room the descriptor needs whatever the sizes of its files turn out to be, for
   * an archive written in one pass.
   */
  public int roomBytes() {
    return roomBytes(WriterProfile.STRICT);
  }

  /** Returns how much room the descriptor for a consumer needs, as the other does. */
  public int roomBytes(WriterProfile profile) {
    List<DraftFile> largest = files.stream().map(f -> f.withSize(Long.MAX_VALUE)).toList();
    List<DraftDisk> fullest =
        disks.stream()
            .map(
                d ->
                    new DraftDisk(
                        d.id(),
                        d.fileId(),
                        d.capacityBytes(),
                        d.format(),
                        Long.MAX_VALUE,
                        d.parentId()))
            .toList();
    return new EnvelopeDraft(id, largest, fullest, networks, machines, group).toXml(profile).length;
  }

  /**
   * Returns the same envelope with the sizes that were written.
   *
   * @param sizes sizes as stored, by name; files not among them keep theirs
   */
  public EnvelopeDraft withSizes(Map<String, Long> sizes) {
    List<DraftFile> sized =
        files.stream().map(f -> f.withSize(sizes.getOrDefault(f.name(), f.sizeBytes()))).toList();
    return new EnvelopeDraft(id, sized, disks, networks, machines, group);
  }
}
