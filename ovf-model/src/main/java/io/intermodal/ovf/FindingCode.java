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
  /** A 0.9 envelope does not state its version, which its readers ask for. */
  VERSION_MISSING(Severity.WARNING, Severity.ERROR, "state ovf:version=\"0.9\" on the envelope"),
  /** A 1.x envelope has something that only 2.x defines. */
  VERSION_MIXED(
      Severity.INFO,
      Severity.WARNING,
      "use the namespace http://schemas.dmtf.org/ovf/envelope/2, or leave it out"),
  /** Elements stand in another order than the schema's; readers differ in whether they mind. */
  ELEMENT_ORDER(Severity.INFO, Severity.INFO, "write them in the order of the schema, DSP8023"),
  /** The envelope has no References. */
  REFERENCES_MISSING(
      Severity.ERROR, Severity.ERROR, "add a References element, empty if there are no files"),
  /** The envelope has no virtual system or collection. */
  CONTENT_MISSING(
      Severity.ERROR, Severity.ERROR, "add a VirtualSystem or a VirtualSystemCollection"),
  /** The envelope has more than one virtual system or collection at its top. */
  CONTENT_MULTIPLE(
      Severity.WARNING, Severity.ERROR, "put the systems into one VirtualSystemCollection"),
  /** A collection holds no system. */
  COLLECTION_EMPTY(Severity.INFO, Severity.WARNING, "put a VirtualSystem in it or leave it out"),
  /** Two systems or collections have one id; orders and options cannot tell them apart. */
  SYSTEM_ID_DUPLICATE(
      Severity.WARNING, Severity.ERROR, "give each system and collection an id of its own"),
  /** A section or system lacks its Info. */
  INFO_MISSING(Severity.WARNING, Severity.ERROR, "let Info be the first child"),
  /** An id that others refer to is absent or empty. */
  ID_MISSING(Severity.ERROR, Severity.ERROR, "give it an id of its own"),
  /** Two things of one kind have one id. */
  ID_DUPLICATE(Severity.ERROR, Severity.ERROR, "give each an id of its own"),
  /** A File names no file. */
  HREF_MISSING(Severity.ERROR, Severity.ERROR, "state ovf:href"),
  /**
   * A File names something outside of the package. It will not be opened, so the package counts as
   * one without the file; the descriptor by itself is readable.
   */
  HREF_UNSAFE(
      Severity.WARNING,
      Severity.WARNING,
      "put the file beside the descriptor and use a relative path without \"..\""),
  /** A File names a URL; it is never fetched. */
  HREF_REMOTE(Severity.INFO, Severity.INFO, "fetch the file and put it into the package"),
  /** Nothing in the descriptor uses a File. */
  FILE_UNUSED(Severity.INFO, Severity.INFO, "leave the file out if nothing needs it"),
  /** Two Files name one file. */
  HREF_DUPLICATE(Severity.WARNING, Severity.ERROR, "let several disks or drives refer to one File"),
  /** A number is not one, or out of range; the field is taken as absent. */
  NUMBER_INVALID(
      Severity.ERROR, Severity.ERROR, "state a whole number in range, or leave the field out"),
  /** The size of a file is below zero; it is taken as not stated. */
  SIZE_NEGATIVE(
      Severity.WARNING, Severity.WARNING, "state the size of the file as stored, or leave it out"),
  /** A field holds a placeholder of a template that was never filled. */
  PLACEHOLDER(Severity.ERROR, Severity.ERROR, "fill the template in before using it"),
  /** An allocation unit is not understood; the quantity is taken as absent. */
  UNIT_UNKNOWN(Severity.ERROR, Severity.ERROR, "use a programmatic unit such as byte * 2^20"),
  /**
   * A quantity of memory or of a disk has no unit, which means bytes, and is too small for that.
   */
  UNIT_ABSENT(Severity.WARNING, Severity.WARNING, "state byte * 2^20 if MiB are meant"),
  /** Something is named that is not there. */
  REFERENCE_DANGLING(Severity.ERROR, Severity.ERROR, "correct the reference or add what it names"),
  /** A device names a parent that is not there. */
  PARENT_UNKNOWN(
      Severity.WARNING, Severity.WARNING, "let Parent hold the InstanceID of a controller"),
  /** A delta disk stands before its parent, or in a circle with it. */
  PARENT_ORDER(Severity.ERROR, Severity.ERROR, "list a parent disk before its deltas"),
  /** Devices are each other's parents, in a circle. */
  PARENT_CYCLE(Severity.WARNING, Severity.ERROR, "let Parent hold the InstanceID of a controller"),
  /** Disks come in another order than their files, so that they cannot be made in one pass. */
  DISK_ORDER(
      Severity.INFO, Severity.ERROR, "list the disks in the order of their files in References"),
  /** No device uses a disk. */
  DISK_UNUSED(Severity.INFO, Severity.WARNING, "attach the disk to a machine or leave it out"),
  /** Several devices use one disk that is not shared; each gets a copy of its own. */
  DISK_ATTACHED_TWICE(
      Severity.INFO,
      Severity.WARNING,
      "list the disk once for each device, or in a SharedDiskSection if it is shared"),
  /** A disk is said to hold more than its capacity. */
  POPULATED_OVER_CAPACITY(Severity.ERROR, Severity.ERROR, "correct populatedSize or leave it out"),
  /** A disk states no capacity. */
  CAPACITY_MISSING(Severity.ERROR, Severity.ERROR, "state ovf:capacity and its unit"),
  /** A disk has a capacity of zero. */
  CAPACITY_ZERO(Severity.WARNING, Severity.WARNING, "state the size that the guest sees"),
  /** The format of a disk is not one that is known; what the file holds decides. */
  FORMAT_UNKNOWN(
      Severity.INFO,
      Severity.WARNING,
      "use http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized for VMDK"),
  /** A disk with a file states no format. */
  FORMAT_MISSING(Severity.WARNING, Severity.ERROR, "state ovf:format"),
  /** Two disks name one file. */
  FILE_SHARED(Severity.WARNING, Severity.ERROR, "attach one Disk to several devices instead"),
  /** Two networks have one name. */
  NETWORK_DUPLICATE(Severity.WARNING, Severity.ERROR, "list each network once"),
  /** A NIC names a network that the network section does not list. */
  NETWORK_UNKNOWN(Severity.WARNING, Severity.ERROR, "add the network to the NetworkSection"),
  /** A network section lists no network. */
  NETWORKS_EMPTY(Severity.WARNING, Severity.ERROR, "add a Network or leave the section out"),
  /** A section that must be understood is not one of OVF's. */
  SECTION_REQUIRED_UNKNOWN(
      Severity.ERROR, Severity.ERROR, "mark it ovf:required=\"false\" if it can be done without"),
  /** A section that must be understood is one of a vendor's, known to that vendor's products. */
  SECTION_VENDOR_REQUIRED(
      Severity.WARNING,
      Severity.WARNING,
      "mark it ovf:required=\"false\" if other products shall take the package"),
  /** A section that may be ignored is not one of OVF's. */
  SECTION_UNKNOWN(Severity.INFO, Severity.INFO, "nothing needs to be done"),
  /** A section stands where the schema has no place for it. */
  SECTION_MISPLACED(Severity.ERROR, Severity.ERROR, "move it to where the schema has it"),
  /** A section that may occur once occurs again. */
  SECTION_DUPLICATE(Severity.WARNING, Severity.ERROR, "join the two sections"),
  /** An element that must be understood is not one of OVF's or of a known vendor's. */
  ELEMENT_REQUIRED_UNKNOWN(
      Severity.WARNING, Severity.ERROR, "mark it ovf:required=\"false\" or take it out"),
  /** An element that must be understood is one of a vendor's; other products refuse it. */
  ELEMENT_VENDOR_REQUIRED(Severity.WARNING, Severity.WARNING, "mark it ovf:required=\"false\""),
  /** A virtual system has no virtual hardware section. */
  HARDWARE_MISSING(Severity.WARNING, Severity.ERROR, "add a VirtualHardwareSection"),
  /** A 0.9 System does not say which family of hardware it is; its readers ask for that. */
  SYSTEM_TYPE_MISSING(
      Severity.WARNING, Severity.ERROR, "state VirtualSystemType in System, as vmx-04"),
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
  /** Two devices of one InstanceID are for the same deployment option. */
  CONFIGURATION_OVERLAP(
      Severity.WARNING, Severity.WARNING, "let one Item of an InstanceID be for each option"),
  /** A deployment option lacks its Label or Description. */
  CONFIGURATION_TEXT(Severity.INFO, Severity.WARNING, "give each option a Label and a Description"),
  /** More than one deployment option is the default. */
  CONFIGURATION_DEFAULT(Severity.ERROR, Severity.ERROR, "mark one option as default"),
  /** A device has no InstanceID. */
  INSTANCE_ID_MISSING(Severity.ERROR, Severity.ERROR, "give the device an InstanceID"),
  /** Two devices have one InstanceID without being options or bounds. */
  INSTANCE_ID_DUPLICATE(
      Severity.WARNING, Severity.ERROR, "give each device an InstanceID of its own"),
  /** A device has no ResourceType, or one that is not a number. */
  RESOURCE_TYPE_MISSING(Severity.ERROR, Severity.ERROR, "state rasd:ResourceType as a number"),
  /** A range marker stands alone, twice, or is not a number. */
  BOUND_INVALID(
      Severity.ERROR,
      Severity.ERROR,
      "use one min and one max with whole numbers beside a normal Item"),
  /** A range goes from more to less, or leaves out the value of the device itself. */
  BOUND_CONTRADICTS(
      Severity.WARNING, Severity.WARNING, "let min be at most, and max at least, the value"),
  /** A processor or memory item states no quantity, or zero. */
  QUANTITY_MISSING(Severity.WARNING, Severity.ERROR, "state rasd:VirtualQuantity, at least 1"),
  /** Devices have no ElementName. */
  ELEMENT_NAME_MISSING(Severity.INFO, Severity.WARNING, "give each Item an ElementName"),
  /** Two devices have one place on one controller; old VirtualBox wrote IDE channels so. */
  ADDRESS_TAKEN(
      Severity.WARNING, Severity.WARNING, "give each device an AddressOnParent of its own"),
  /** A place on a controller is no number, or one that the controller does not have. */
  ADDRESS_INVALID(
      Severity.WARNING,
      Severity.WARNING,
      "use 0 to 15 without 7 for SCSI, 0 and 1 for IDE, 0 to 29 for SATA"),
  /** A start order names something that is not a member of the collection. */
  STARTUP_UNKNOWN(
      Severity.WARNING, Severity.ERROR, "name systems of this collection in its StartupSection"),
  /** An item of a start order has no order, a number out of range or an action not known. */
  STARTUP_INVALID(
      Severity.WARNING,
      Severity.WARNING,
      "state ovf:order and delays from 0 to 65535, and actions such as powerOn and powerOff"),
  /** A start order stands in the envelope, where most products refuse it. */
  STARTUP_AT_ENVELOPE(
      Severity.WARNING, Severity.ERROR, "move the section into the VirtualSystemCollection"),
  /** The delay of an installation is not stated, or out of range. */
  INSTALL_DELAY(
      Severity.INFO,
      Severity.WARNING,
      "state ovf:initialBootStopDelay in seconds from 0 to 65535; 0 waits for ever"),
  /** A licence section holds no licence. */
  LICENSE_MISSING(Severity.WARNING, Severity.WARNING, "put the text into License"),
  /** Translated texts cannot be found: their file, their language or their id is not there. */
  MESSAGES_INVALID(
      Severity.WARNING,
      Severity.WARNING,
      "state xml:lang, an ovf:msgid for each Msg, and a fileRef that is in References"),
  /** The numbers of a scale-out contradict each other. */
  SCALE_OUT_INVALID(
      Severity.WARNING, Severity.ERROR, "let minimum be at most, and maximum at least, default"),
  /** Two product sections of one system have the same class and instance. */
  PRODUCT_DUPLICATE(
      Severity.ERROR, Severity.ERROR, "tell the sections apart by ovf:class or ovf:instance"),
  /** A property has no key. */
  PROPERTY_KEY_MISSING(Severity.ERROR, Severity.ERROR, "state ovf:key"),
  /** Two properties have one key. */
  PROPERTY_KEY_DUPLICATE(Severity.ERROR, Severity.ERROR, "give each property a key of its own"),
  /** A property has no type, or one that is not known. */
  PROPERTY_TYPE(Severity.ERROR, Severity.ERROR, "use a CIM type such as string, boolean or uint16"),
  /** Keys hold a dot, a colon or a blank, which part the keys of an environment. */
  PROPERTY_KEY_FORM(Severity.INFO, Severity.WARNING, "use keys of letters, digits and underscores"),
  /** A password has its value in the descriptor, for everyone to read. */
  SECRET_STATED(
      Severity.WARNING, Severity.WARNING, "leave the value out and let the deployer state it"),
  /** A default value is not of its property's type, or outside of its qualifiers. */
  PROPERTY_VALUE(
      Severity.WARNING, Severity.ERROR, "state a default the property can have, or none"),
  /** A qualifier is not known or not whole; it bounds nothing. */
  PROPERTY_QUALIFIER(
      Severity.WARNING, Severity.WARNING, "use MinLen(n), MaxLen(n) or ValueMap{\"a\",\"b\"}"),
  /** A value names a property that does not exist. */
  PROPERTY_UNRESOLVED(
      Severity.WARNING, Severity.WARNING, "define the property, or write the value without ${...}"),
  /** A file is packed in a way that is not known. */
  COMPRESSION_UNKNOWN(Severity.ERROR, Severity.ERROR, "use gzip or no compression"),
  /** A file is called .gz and not said to be compressed. */
  COMPRESSION_NAME(
      Severity.INFO, Severity.WARNING, "state ovf:compression=\"gzip\" or rename the file"),
  /** The id of the operating system is absent or not a number from 0 to 65535. */
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
  /** An unlisted file has a name that other readers take for that of a listed one. */
  MEMBER_LOOKALIKE(
      Severity.ERROR, Severity.ERROR, "get the package again, or leave out the file nobody signed"),
  /** The descriptor is not the first member; some products refuse that. */
  DESCRIPTOR_NOT_FIRST(
      Severity.WARNING, Severity.WARNING, "pack it again with the descriptor first"),
  /** The package holds two descriptors; the first one counts. */
  DESCRIPTOR_SECOND(Severity.ERROR, Severity.ERROR, "keep one descriptor in a package"),
  /** The archive lacks its end mark. */
  ARCHIVE_END_MISSING(
      Severity.WARNING, Severity.WARNING, "copy the archive again, it may be cut short"),
  /** The extension of the file is not the one for its content. */
  EXTENSION(Severity.WARNING, Severity.WARNING, "rename the file"),
  /** The archive is compressed as a whole, which OVF does not allow. */
  ARCHIVE_COMPRESSED(Severity.WARNING, Severity.ERROR, "unpack it with gzip -d"),
  /** Something other than zeros follows the end of the archive. */
  ARCHIVE_TRAILING(
      Severity.WARNING, Severity.WARNING, "pack it again; what follows the end is never read"),
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
      Severity.WARNING, Severity.WARNING, "make the manifest again with the descriptor in it"),
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
  /** The certificate file lacks a signature or a certificate that can be read. */
  CERTIFICATE_MALFORMED(Severity.ERROR, Severity.ERROR, "sign the manifest again"),
  /** The certificate file holds more than one signature and its certificates. */
  CERTIFICATE_EXTRA(Severity.WARNING, Severity.WARNING, "keep one signature and its certificates"),
  /** The signature is said to be of a manifest with another name. */
  CERTIFICATE_NAME(
      Severity.WARNING, Severity.ERROR, "sign the manifest under the name it has in the package"),
  /** The certificate of the signer is not as its issuer signed it. */
  CERTIFICATE_ALTERED(
      Severity.WARNING, Severity.ERROR, "get the package again from a source you trust"),
  /** The signature does not belong to the manifest, or to no certificate that is there. */
  SIGNATURE_BROKEN(Severity.ERROR, Severity.ERROR, "get the package again from a source you trust"),
  /** The signature cannot be checked. */
  SIGNATURE_UNCHECKABLE(
      Severity.ERROR, Severity.ERROR, "sign the manifest again with an RSA or EC key and SHA256"),
  /** A digest or key of the signature is too weak to prove much. */
  SIGNATURE_WEAK(
      Severity.WARNING, Severity.WARNING, "sign with SHA256 and an RSA key of 2048 bits or more"),
  /** Nobody who is trusted vouches for the signer. */
  SIGNER_UNKNOWN(
      Severity.INFO, Severity.WARNING, "get the signer's certificate from a source you trust"),
  /** A certificate of the signature is over. */
  SIGNER_EXPIRED(
      Severity.WARNING, Severity.ERROR, "sign again, or verify for the time it was signed at"),
  /** A certificate of the signature does not hold yet. */
  SIGNER_NOT_YET_VALID(
      Severity.WARNING, Severity.ERROR, "set the clock right, or wait until it is valid"),
  /** A file is not the one the manifest was made for. */
  DIGEST_MISMATCH(Severity.ERROR, Severity.ERROR, "get the package again from a source you trust"),
  /** A product is not known to read that dialect of OVF. */
  TARGET_DIALECT(
      Severity.WARNING, Severity.WARNING, "write it as http://schemas.dmtf.org/ovf/envelope/1"),
  /** A product refuses an item of OVF 2. */
  TARGET_ITEM(
      Severity.ERROR, Severity.ERROR, "write StorageItem and EthernetPortItem as Item of 1.x"),
  /** A product refuses what must be understood and is another vendor's. */
  TARGET_REQUIRED(Severity.ERROR, Severity.ERROR, "mark it ovf:required=\"false\" or take it out"),
  /** A product has no hardware of the families that are stated. */
  TARGET_FAMILY(
      Severity.ERROR, Severity.ERROR, "add a family of the product's to VirtualSystemType"),
  /** A product refuses a section at that place. */
  TARGET_PLACE(Severity.ERROR, Severity.ERROR, "move the section into a VirtualSystemCollection"),
  /** A product is not known to read that format of disks. */
  TARGET_FORMAT(Severity.WARNING, Severity.WARNING, "convert the disk for the product"),
  /** A product is not known to read compressed or cut files. */
  TARGET_STORAGE(Severity.WARNING, Severity.WARNING, "store the file as it is, in one piece"),
  /** Versions of a product do not read that digest. */
  TARGET_DIGEST(Severity.WARNING, Severity.WARNING, "make the manifest with SHA-1 for them"),
  /** A product was reported to misread that. */
  TARGET_MISREAD(Severity.WARNING, Severity.WARNING, "check the machine after the import"),
  /** A digest of the manifest was not computed while the file went by. */
  DIGEST_NOT_COMPUTED(
      Severity.WARNING, Severity.ERROR, "read it again and ask for this digest beforehand"),
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
