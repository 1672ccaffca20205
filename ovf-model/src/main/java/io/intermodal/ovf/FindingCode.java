package io.intermodal.ovf;

/** Names what a finding is about; stable and fit for programs. */
public enum FindingCode {
  /** The declared encoding is not the one of the bytes. */
  XML_ENCODING(Severity.WARNING),
  /** Something stands before the XML declaration, or it names another version. */
  XML_PROLOG(Severity.WARNING),
  /** The namespace of the root is not one of OVF's. */
  NAMESPACE_UNKNOWN(Severity.ERROR),
  /** The envelope has no References. */
  REFERENCES_MISSING(Severity.ERROR),
  /** The envelope has no virtual system or collection. */
  CONTENT_MISSING(Severity.ERROR),
  /** The envelope has more than one virtual system or collection at its top. */
  CONTENT_MULTIPLE(Severity.ERROR),
  /** A section or system lacks its Info. */
  INFO_MISSING(Severity.WARNING),
  /** An id that others refer to is absent or empty. */
  ID_MISSING(Severity.ERROR),
  /** Two things of one kind have one id. */
  ID_DUPLICATE(Severity.ERROR),
  /** A File names no file. */
  HREF_MISSING(Severity.ERROR),
  /** A File names something outside of the package; it will not be opened. */
  HREF_UNSAFE(Severity.ERROR),
  /** A File names a URL; it is never fetched. */
  HREF_REMOTE(Severity.INFO),
  /** Two Files name one file. */
  HREF_DUPLICATE(Severity.WARNING),
  /** A number is not one, or out of range; the field is taken as absent. */
  NUMBER_INVALID(Severity.ERROR),
  /** A field holds a placeholder of a template that was never filled. */
  PLACEHOLDER(Severity.ERROR),
  /** An allocation unit is not understood; the quantity is taken as absent. */
  UNIT_UNKNOWN(Severity.ERROR),
  /** A quantity of memory has no unit, which means bytes, and is too small for that. */
  UNIT_ABSENT(Severity.WARNING),
  /** Something is named that is not there. */
  REFERENCE_DANGLING(Severity.ERROR),
  /** A device names a parent that is not there. */
  PARENT_UNKNOWN(Severity.WARNING),
  /** A delta disk stands before its parent, or in a circle with it. */
  PARENT_ORDER(Severity.ERROR),
  /** A disk is said to hold more than its capacity. */
  POPULATED_OVER_CAPACITY(Severity.ERROR),
  /** A disk states no capacity. */
  CAPACITY_MISSING(Severity.ERROR),
  /** A disk with a file states no format. */
  FORMAT_MISSING(Severity.WARNING),
  /** Two disks name one file. */
  FILE_SHARED(Severity.WARNING),
  /** A NIC names a network that the network section does not list. */
  NETWORK_UNKNOWN(Severity.WARNING),
  /** A network section lists no network. */
  NETWORKS_EMPTY(Severity.WARNING),
  /** A section that must be understood is not one of OVF's. */
  SECTION_REQUIRED_UNKNOWN(Severity.ERROR),
  /** A section that may be ignored is not one of OVF's. */
  SECTION_UNKNOWN(Severity.INFO),
  /** A section stands where the schema has no place for it. */
  SECTION_MISPLACED(Severity.ERROR),
  /** A section that may occur once occurs again. */
  SECTION_DUPLICATE(Severity.WARNING),
  /** A foreign element asks to be understood; other products refuse it. */
  ELEMENT_REQUIRED_UNKNOWN(Severity.WARNING),
  /** A virtual system has no virtual hardware section. */
  HARDWARE_MISSING(Severity.WARNING),
  /** Two hardware sections of one system are for the same hardware family. */
  HARDWARE_AMBIGUOUS(Severity.WARNING),
  /** Attributes lack the ovf prefix; they were read as if they had it. */
  ATTRIBUTE_UNQUALIFIED(Severity.WARNING),
  /** Names of a draft are used, InstanceId for InstanceID. */
  DRAFT_SPELLING(Severity.INFO),
  /** Something is for a deployment option that does not exist; it never counts. */
  CONFIGURATION_UNKNOWN(Severity.WARNING),
  /** More than one deployment option is the default. */
  CONFIGURATION_DEFAULT(Severity.ERROR),
  /** A device has no InstanceID. */
  INSTANCE_ID_MISSING(Severity.ERROR),
  /** Two devices have one InstanceID without being options or bounds. */
  INSTANCE_ID_DUPLICATE(Severity.ERROR),
  /** A device has no ResourceType, or one that is not a number. */
  RESOURCE_TYPE_MISSING(Severity.ERROR),
  /** A range marker stands alone, twice, or is not a number. */
  BOUND_INVALID(Severity.ERROR),
  /** Two product sections of one system have the same class and instance. */
  PRODUCT_DUPLICATE(Severity.ERROR),
  /** A property has no key. */
  PROPERTY_KEY_MISSING(Severity.ERROR),
  /** Two properties have one key. */
  PROPERTY_KEY_DUPLICATE(Severity.ERROR),
  /** A property has no type, or one that is not known. */
  PROPERTY_TYPE(Severity.ERROR),
  /** A value names a property that does not exist. */
  PROPERTY_UNRESOLVED(Severity.WARNING),
  /** A file is packed in a way that is not known. */
  COMPRESSION_UNKNOWN(Severity.ERROR),
  /** The id of the operating system is absent or not a number. */
  OS_ID_INVALID(Severity.WARNING),
  /** The firmware is neither bios nor efi. */
  FIRMWARE_UNKNOWN(Severity.WARNING),
  /** A file that is referred to is not in the package. */
  FILE_MISSING(Severity.ERROR),
  /** The stated size of a file is not its real one. */
  SIZE_DIFFERS(Severity.WARNING),
  /** The package holds a file that nothing refers to. */
  MEMBER_UNREFERENCED(Severity.WARNING),
  /** The descriptor is not the first member; some products refuse that. */
  DESCRIPTOR_NOT_FIRST(Severity.WARNING),
  /** The package holds two descriptors; the first one counts. */
  DESCRIPTOR_SECOND(Severity.ERROR),
  /** The archive lacks its end mark. */
  ARCHIVE_END_MISSING(Severity.WARNING),
  /** The extension of the file is not the one for its content. */
  EXTENSION(Severity.WARNING),
  /** There is no manifest: nothing proves that the files are whole. */
  MANIFEST_MISSING(Severity.WARNING),
  /** A line of the manifest is not understood. */
  MANIFEST_LINE(Severity.ERROR),
  /** A digest in the manifest has the wrong length, or two differ for one file. */
  MANIFEST_DIGEST(Severity.ERROR),
  /** The manifest mixes digest algorithms. */
  MANIFEST_MIXED(Severity.INFO),
  /** The manifest has SHA-1 digests, which do not protect against forgery. */
  MANIFEST_WEAK(Severity.INFO),
  /** The manifest does not list the descriptor. */
  MANIFEST_DESCRIPTOR(Severity.WARNING),
  /** The manifest does not list a file that the descriptor refers to. */
  MANIFEST_INCOMPLETE(Severity.ERROR),
  /** The manifest does not list a file of the package. */
  MANIFEST_UNLISTED(Severity.WARNING),
  /** The manifest lists a file that is not in the package. */
  MANIFEST_ABSENT_FILE(Severity.ERROR),
  /** There is a certificate but no manifest that it could sign. */
  CERTIFICATE_WITHOUT_MANIFEST(Severity.ERROR),
  /** There is a certificate; its signature was not checked. */
  CERTIFICATE_UNCHECKED(Severity.INFO),
  /** A file is not the one the manifest was made for. */
  DIGEST_MISMATCH(Severity.ERROR),
  /** There is more to report than is reported. */
  TOO_MANY(Severity.WARNING);

  private final Severity severity;

  FindingCode(Severity severity) {
    this.severity = severity;
  }

  /** Returns how grave it is unless a finding says otherwise. */
  public Severity severity() {
    return severity;
  }
}
