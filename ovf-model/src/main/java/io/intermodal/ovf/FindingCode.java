package io.intermodal.ovf;

/** Names what a finding is about; stable and fit for programs. */
public enum FindingCode {
  /** The declared encoding is not the one of the bytes. */
  XML_ENCODING(Severity.WARNING, Severity.WARNING, "save the file as UTF-8 and declare it so"),
  /** Something stands before the XML declaration, or it names another version. */
  XML_PROLOG(
      Severity.WARNING,
      Severity.WARNING,
      "let the file begin with <?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
  /** The namespace of the root is not one of OVF's. */
  NAMESPACE_UNKNOWN(Severity.ERROR, Severity.ERROR, "use http://schemas.dmtf.org/ovf/envelope/1"),
  /** The envelope is in no namespace; it was read as 1.x. */
  NAMESPACE_ABSENT(Severity.WARNING, Severity.ERROR, "use http://schemas.dmtf.org/ovf/envelope/1"),
  /** The envelope has no References. */
  REFERENCES_MISSING(
      Severity.ERROR, Severity.ERROR, "add a References element, empty if there are no files"),
  /** The envelope has no virtual system or collection. */
  CONTENT_MISSING(
      Severity.ERROR, Severity.ERROR, "add a VirtualSystem or a VirtualSystemCollection"),
  /** The envelope has more than one virtual system or collection at its top. */
  CONTENT_MULTIPLE(
      Severity.ERROR, Severity.ERROR, "put the systems into one VirtualSystemCollection"),
  /** A section or system lacks its Info. */
  INFO_MISSING(Severity.WARNING, Severity.ERROR, "let Info be the first child"),
  /** An id that others refer to is absent or empty. */
  ID_MISSING(Severity.ERROR, Severity.ERROR, "give it an id of its own"),
  /** Two things of one kind have one id. */
  ID_DUPLICATE(Severity.ERROR, Severity.ERROR, "give each an id of its own"),
  /** A File names no file. */
  HREF_MISSING(Severity.ERROR, Severity.ERROR, "state ovf:href"),
  /** A File names something outside of the package; it will not be opened. */
  HREF_UNSAFE(
      Severity.ERROR, Severity.ERROR, "use a path relative to the descriptor, without \"..\""),
  /** A File names a URL; it is never fetched. */
  HREF_REMOTE(Severity.INFO, Severity.INFO, "fetch the file and put it into the package"),
  /** Two Files name one file. */
  HREF_DUPLICATE(Severity.WARNING, Severity.ERROR, "let several disks or drives refer to one File"),
  /** A number is not one, or out of range; the field is taken as absent. */
  NUMBER_INVALID(
      Severity.ERROR, Severity.ERROR, "state a whole number in range, or leave the field out"),
  /** A field holds a placeholder of a template that was never filled. */
  PLACEHOLDER(Severity.ERROR, Severity.ERROR, "fill the template in before using it"),
  /** An allocation unit is not understood; the quantity is taken as absent. */
  UNIT_UNKNOWN(Severity.ERROR, Severity.ERROR, "use a programmatic unit such as byte * 2^20"),
  /** A quantity of memory has no unit, which means bytes, and is too small for that. */
  UNIT_ABSENT(Severity.WARNING, Severity.WARNING, "state byte * 2^20 if MiB are meant"),
  /** Something is named that is not there. */
  REFERENCE_DANGLING(Severity.ERROR, Severity.ERROR, "correct the reference or add what it names"),
  /** A device names a parent that is not there. */
  PARENT_UNKNOWN(
      Severity.WARNING, Severity.WARNING, "let Parent hold the InstanceID of a controller"),
  /** A delta disk stands before its parent, or in a circle with it. */
  PARENT_ORDER(Severity.ERROR, Severity.ERROR, "list a parent disk before its deltas"),
  /** A disk is said to hold more than its capacity. */
  POPULATED_OVER_CAPACITY(Severity.ERROR, Severity.ERROR, "correct populatedSize or leave it out"),
  /** A disk states no capacity. */
  CAPACITY_MISSING(Severity.ERROR, Severity.ERROR, "state ovf:capacity and its unit"),
  /** A disk with a file states no format. */
  FORMAT_MISSING(Severity.WARNING, Severity.ERROR, "state ovf:format"),
  /** Two disks name one file. */
  FILE_SHARED(Severity.WARNING, Severity.ERROR, "attach one Disk to several devices instead"),
  /** A NIC names a network that the network section does not list. */
  NETWORK_UNKNOWN(Severity.WARNING, Severity.ERROR, "add the network to the NetworkSection"),
  /** A network section lists no network. */
  NETWORKS_EMPTY(Severity.WARNING, Severity.ERROR, "add a Network or leave the section out"),
  /** A section that must be understood is not one of OVF's. */
  SECTION_REQUIRED_UNKNOWN(
      Severity.ERROR, Severity.ERROR, "mark it ovf:required=\"false\" if it can be done without"),
  /** A section that may be ignored is not one of OVF's. */
  SECTION_UNKNOWN(Severity.INFO, Severity.INFO, "nothing needs to be done"),
  /** A section stands where the schema has no place for it. */
  SECTION_MISPLACED(Severity.ERROR, Severity.ERROR, "move it to where the schema has it"),
  /** A section that may occur once occurs again. */
  SECTION_DUPLICATE(Severity.WARNING, Severity.ERROR, "join the two sections"),
  /** A foreign element asks to be understood; other products refuse it. */
  ELEMENT_REQUIRED_UNKNOWN(Severity.WARNING, Severity.ERROR, "mark it ovf:required=\"false\""),
  /** A virtual system has no virtual hardware section. */
  HARDWARE_MISSING(Severity.WARNING, Severity.ERROR, "add a VirtualHardwareSection"),
  /** Two hardware sections of one system are for the same hardware family. */
  HARDWARE_AMBIGUOUS(Severity.WARNING, Severity.ERROR, "keep one section for each hardware family"),
  /** Attributes lack the ovf prefix; they were read as if they had it. */
  ATTRIBUTE_UNQUALIFIED(
      Severity.WARNING, Severity.WARNING, "write OVF's attributes with the ovf prefix"),
  /** Names of a draft are used, InstanceId for InstanceID. */
  DRAFT_SPELLING(Severity.INFO, Severity.INFO, "write InstanceID and ElementName"),
  /** Something is for a deployment option that does not exist; it never counts. */
  CONFIGURATION_UNKNOWN(
      Severity.WARNING, Severity.ERROR, "name an option of the DeploymentOptionSection"),
  /** More than one deployment option is the default. */
  CONFIGURATION_DEFAULT(Severity.ERROR, Severity.ERROR, "mark one option as default"),
  /** A device has no InstanceID. */
  INSTANCE_ID_MISSING(Severity.ERROR, Severity.ERROR, "give the device an InstanceID"),
  /** Two devices have one InstanceID without being options or bounds. */
  INSTANCE_ID_DUPLICATE(
      Severity.ERROR, Severity.ERROR, "give each device an InstanceID of its own"),
  /** A device has no ResourceType, or one that is not a number. */
  RESOURCE_TYPE_MISSING(Severity.ERROR, Severity.ERROR, "state rasd:ResourceType as a number"),
  /** A range marker stands alone, twice, or is not a number. */
  BOUND_INVALID(
      Severity.ERROR,
      Severity.ERROR,
      "use one min and one max with whole numbers beside a normal Item"),
  /** Two product sections of one system have the same class and instance. */
  PRODUCT_DUPLICATE(
      Severity.ERROR, Severity.ERROR, "tell the sections apart by ovf:class or ovf:instance"),
  /** A property has no key. */
  PROPERTY_KEY_MISSING(Severity.ERROR, Severity.ERROR, "state ovf:key"),
  /** Two properties have one key. */
  PROPERTY_KEY_DUPLICATE(Severity.ERROR, Severity.ERROR, "give each property a key of its own"),
  /** A property has no type, or one that is not known. */
  PROPERTY_TYPE(Severity.ERROR, Severity.ERROR, "use a CIM type such as string, boolean or uint16"),
  /** A value names a property that does not exist. */
  PROPERTY_UNRESOLVED(
      Severity.WARNING, Severity.WARNING, "define the property, or write the value without ${...}"),
  /** A file is packed in a way that is not known. */
  COMPRESSION_UNKNOWN(Severity.ERROR, Severity.ERROR, "use gzip or no compression"),
  /** The id of the operating system is absent or not a number. */
  OS_ID_INVALID(
      Severity.WARNING,
      Severity.WARNING,
      "state the CIM number of the operating system, 1 for other"),
  /** The firmware is neither bios nor efi. */
  FIRMWARE_UNKNOWN(Severity.WARNING, Severity.WARNING, "state bios or efi"),
  /** An attribute of Intermodal's ODCA section is incomplete or wrong; it is left out. */
  ODCA_INVALID(
      Severity.WARNING, Severity.ERROR, "state what docs/odca-attributes.md asks of the element"),
  /** A file that is referred to is not in the package. */
  FILE_MISSING(Severity.ERROR, Severity.ERROR, "get the package again, with all of its files"),
  /** The stated size of a file is not its real one. */
  SIZE_DIFFERS(Severity.WARNING, Severity.ERROR, "state the real size in ovf:size"),
  /** The package holds a file that nothing refers to. */
  MEMBER_UNREFERENCED(Severity.WARNING, Severity.WARNING, "list it in References or leave it out"),
  /** The descriptor is not the first member; some products refuse that. */
  DESCRIPTOR_NOT_FIRST(Severity.WARNING, Severity.ERROR, "pack it again with the descriptor first"),
  /** The package holds two descriptors; the first one counts. */
  DESCRIPTOR_SECOND(Severity.ERROR, Severity.ERROR, "keep one descriptor in a package"),
  /** The archive lacks its end mark. */
  ARCHIVE_END_MISSING(
      Severity.WARNING, Severity.WARNING, "copy the archive again, it may be cut short"),
  /** The extension of the file is not the one for its content. */
  EXTENSION(Severity.WARNING, Severity.WARNING, "rename the file"),
  /** There is no manifest: nothing proves that the files are whole. */
  MANIFEST_MISSING(Severity.WARNING, Severity.WARNING, "pack it again to get a manifest"),
  /** A line of the manifest is not understood. */
  MANIFEST_LINE(Severity.ERROR, Severity.ERROR, "write lines as SHA256(name)= digest"),
  /** A digest in the manifest has the wrong length, or two differ for one file. */
  MANIFEST_DIGEST(Severity.ERROR, Severity.ERROR, "make the manifest again"),
  /** The manifest mixes digest algorithms. */
  MANIFEST_MIXED(Severity.INFO, Severity.INFO, "use one algorithm throughout"),
  /** The manifest has SHA-1 digests, which do not protect against forgery. */
  MANIFEST_WEAK(Severity.INFO, Severity.WARNING, "make the manifest again with SHA256"),
  /** The manifest does not list the descriptor. */
  MANIFEST_DESCRIPTOR(
      Severity.WARNING, Severity.ERROR, "make the manifest again with the descriptor in it"),
  /** The manifest does not list a file that the descriptor refers to. */
  MANIFEST_INCOMPLETE(
      Severity.ERROR, Severity.ERROR, "make the manifest again with every file in it"),
  /** The manifest does not list a file of the package. */
  MANIFEST_UNLISTED(
      Severity.WARNING, Severity.WARNING, "make the manifest again with every file in it"),
  /** The manifest lists a file that is not in the package. */
  MANIFEST_ABSENT_FILE(
      Severity.ERROR, Severity.ERROR, "get the package again, with all of its files"),
  /** There is a certificate but no manifest that it could sign. */
  CERTIFICATE_WITHOUT_MANIFEST(
      Severity.ERROR, Severity.ERROR, "leave the certificate out, or make and sign a manifest"),
  /** There is a certificate; its signature was not checked. */
  CERTIFICATE_UNCHECKED(Severity.INFO, Severity.INFO, "verify the package"),
  /** A file is not the one the manifest was made for. */
  DIGEST_MISMATCH(Severity.ERROR, Severity.ERROR, "get the package again from a source you trust"),
  /** There is more to report than is reported. */
  TOO_MANY(Severity.WARNING, Severity.WARNING, "mend the ones shown first");

  private final Severity lenient;
  private final Severity strict;
  private final String remedy;

  FindingCode(Severity lenient, Severity strict, String remedy) {
    this.lenient = lenient;
    this.strict = strict;
    this.remedy = remedy;
  }

  /** Returns how grave it is to a reader of that kind. */
  public Severity severity(Strictness strictness) {
    return strictness == Strictness.STRICT ? strict : lenient;
  }

  /** Returns what to do about it, as an order to the author of the package. */
  public String remedy() {
    return remedy;
  }
}
