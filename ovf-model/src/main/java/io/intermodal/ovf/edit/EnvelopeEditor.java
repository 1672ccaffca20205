package io.intermodal.ovf.edit;

import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.EnvelopeDraft.DraftProperty;
import io.intermodal.ovf.Firmware;
import io.intermodal.ovf.OvfVersion;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Edits an envelope of any dialect. What an edit does not touch stays as it was written. Every edit
 * checks first and then changes all or nothing; what it refuses is an {@link
 * io.intermodal.IntermodalException} with {@code EDIT_REJECTED} that names what is near. The same
 * setting twice is the same as once. Not thread-safe; the envelope it began with is not changed.
 *
 * <p>Edits of a machine are for the only one there is. Where there are several, choose one with
 * {@link #machine} or all of them with {@link #everyMachine}. Of several virtual hardware sections
 * of a machine all are edited.
 */
public final class EnvelopeEditor {

  private final Work work;

  private EnvelopeEditor(Envelope envelope) {
    work = new Work(envelope);
  }

  /** Starts with an envelope. */
  public static EnvelopeEditor of(Envelope envelope) {
    return new EnvelopeEditor(Objects.requireNonNull(envelope, "envelope"));
  }

  /** Lets the edits that follow be for one machine, by its id or its name. */
  public EnvelopeEditor machine(String idOrName) {
    work.select(idOrName);
    return this;
  }

  /** Lets the edits that follow be for every machine. */
  public EnvelopeEditor everyMachine() {
    work.selectAll();
    return this;
  }

  /** Sets the memory in every deployment option. */
  public EnvelopeEditor setMemory(long bytes) {
    new QuantityEdits(work).memory(bytes, null);
    return this;
  }

  /**
   * Sets the memory in one deployment option; an Item for it is made where there is none (DSP0243
   * "DeploymentOptionSection": it replaces the Item with its InstanceID).
   */
  public EnvelopeEditor setMemory(long bytes, String option) {
    new QuantityEdits(work).memory(bytes, Objects.requireNonNull(option, "option"));
    return this;
  }

  /** Sets the number of virtual processors in every deployment option. */
  public EnvelopeEditor setCpus(int cpus) {
    new QuantityEdits(work).cpus(cpus, null);
    return this;
  }

  /** Sets the number of virtual processors in one deployment option, as for the memory. */
  public EnvelopeEditor setCpus(int cpus, String option) {
    new QuantityEdits(work).cpus(cpus, Objects.requireNonNull(option, "option"));
    return this;
  }

  /** Sets the layout of processors: VMware's element, or oVirt's where it is used. */
  public EnvelopeEditor setCoresPerSocket(int cores) {
    new SocketEdits(work).set(cores);
    return this;
  }

  /**
   * Sets the value of a property. One that its type or its qualifiers do not allow is refused; the
   * empty value, which asks the deployer, and one with <code>${name}</code> are not.
   *
   * @param fullKey the key with class and instance, as the environment has it
   */
  public EnvelopeEditor setProperty(String fullKey, String value) {
    new PropertyEdits(work).set(fullKey, value, null);
    return this;
  }

  /** Sets the value that a property has in one deployment option; it is checked as well. */
  public EnvelopeEditor setProperty(String fullKey, String value, String option) {
    new PropertyEdits(work).set(fullKey, value, Objects.requireNonNull(option, "option"));
    return this;
  }

  /** Adds a property to the product section without class and instance, made if need be. */
  public EnvelopeEditor addProperty(DraftProperty property) {
    return addProperty(null, null, property);
  }

  /**
   * Adds a property to the product section of a class and instance, made if need be. Its type has
   * to be one of CIM's or VMware's ({@link io.intermodal.ovf.PropertyType}), and its values of that
   * type.
   */
  public EnvelopeEditor addProperty(
      @Nullable String productClass, @Nullable String instance, DraftProperty property) {
    new PropertyEdits(work).add(productClass, instance, property);
    return this;
  }

  /** Removes a property by its full key. */
  public EnvelopeEditor removeProperty(String fullKey) {
    new PropertyEdits(work).remove(fullKey);
    return this;
  }

  /**
   * Adds a disk with its file and its device: to the controller that has disks already, or another
   * one with a free address, or a new one. Ids, controller and address are in the report.
   */
  public EnvelopeEditor addDisk(NewDisk disk) {
    new DiskEdits(work).add(disk);
    return this;
  }

  /** Removes a disk, its devices in every machine, and its file when nothing else names it. */
  public EnvelopeEditor removeDisk(String diskId) {
    new DiskEdits(work).remove(diskId);
    return this;
  }

  /** Lets a disk hold another file; its id, devices and addresses stay. */
  public EnvelopeEditor replaceDisk(String diskId, NewDisk by) {
    new DiskEdits(work).replace(diskId, by);
    return this;
  }

  /**
   * Lists a file.
   *
   * @param id null to have a free one chosen
   * @param name the name in the package, not percent-encoded
   * @param bytes the size as stored; null when not known
   */
  public EnvelopeEditor addFile(@Nullable String id, String name, @Nullable Long bytes) {
    new FileEdits(work).add("add the file " + Texts.shorten(name), id, name, bytes);
    return this;
  }

  /** Removes a file that nothing refers to, by its id or href. */
  public EnvelopeEditor removeFile(String idOrHref) {
    new FileEdits(work).remove(idOrHref);
    return this;
  }

  /** Sets the stated size of a file, as stored, by its id or href. */
  public EnvelopeEditor setFileSize(String idOrHref, long bytes) {
    new FileEdits(work).size(idOrHref, bytes);
    return this;
  }

  /**
   * Adds a network adapter; the network is added too where it is new.
   *
   * @param model null to take the one that all adapters have, or to leave the choice
   * @param mac null to leave the choice
   */
  public EnvelopeEditor addNic(String network, @Nullable String model, @Nullable String mac) {
    new NetworkEdits(work).addNic(network, model, mac);
    return this;
  }

  /** Removes a network adapter by its InstanceID. */
  public EnvelopeEditor removeNic(String instanceId) {
    new NetworkEdits(work).removeNic(instanceId);
    return this;
  }

  /**
   * Renames a network wherever it is named: the network section, the connections of adapters,
   * VMware's property types and qualifiers, vCloud's sections. The new name must be free; see
   * {@link #mergeNetwork}.
   */
  public EnvelopeEditor renameNetwork(String old, String name) {
    new NetworkNames(work).rename(old, name);
    return this;
  }

  /**
   * Puts what is on one network on another one that is there too, and removes the first, wherever a
   * rename would rename it. What vCloud's sections say about both is taken from the other one.
   */
  public EnvelopeEditor mergeNetwork(String old, String into) {
    new NetworkNames(work).merge(old, into);
    return this;
  }

  /**
   * Sets the firmware where the dialect has it: VMware's keys, VirtualBox's settings, oVirt's
   * BiosType.
   *
   * @param secureBoot null to leave it as it is
   */
  public EnvelopeEditor setFirmware(Firmware firmware, @Nullable Boolean secureBoot) {
    new FirmwareEdits(work).set(Objects.requireNonNull(firmware, "firmware"), secureBoot);
    return this;
  }

  /** Sets the name of the machine; its id stays, since others refer to it. */
  public EnvelopeEditor setName(String name) {
    new IdentityEdits(work).name(name);
    return this;
  }

  /** Sets the alternatives of hardware families, as {@code vmx-14}; consequences are reported. */
  public EnvelopeEditor setHardwareFamily(String... families) {
    new IdentityEdits(work).hardwareFamily(Arrays.asList(families));
    return this;
  }

  /** Keeps one deployment option as the only one, with its devices and values put in place. */
  public EnvelopeEditor keepOption(String option) {
    new OptionEdits(work).keep(option, false);
    return this;
  }

  /** Keeps what one deployment option means, and no option to choose any more. */
  public EnvelopeEditor flatten(String option) {
    new OptionEdits(work).keep(option, true);
    return this;
  }

  /** Removes a deployment option with all that is for it alone. */
  public EnvelopeEditor removeOption(String option) {
    new OptionEdits(work).remove(option);
    return this;
  }

  /**
   * Drops what a vendor added: a key of VMware's, or an element or attribute by its name as
   * written, such as {@code vbox:Machine}. A file that only it names goes with it.
   */
  public EnvelopeEditor dropVendor(String keyOrName) {
    new VendorEdits(work).drop(keyOrName);
    return this;
  }

  /** Drops every vendor's element that is marked as not required, and every vendor's attribute. */
  public EnvelopeEditor dropOptionalVendorParts() {
    new VendorEdits(work).dropOptional();
    return this;
  }

  /** Marks every vendor's element {@code ovf:required="false"}, so that other products take it. */
  public EnvelopeEditor markVendorOptional() {
    new VendorEdits(work).markOptional();
    return this;
  }

  /**
   * Puts a section into the machine, in place of one of the same name (and, of products, class and
   * instance).
   */
  public EnvelopeEditor putSection(XmlElement section) {
    new SectionEdits(work).put(section);
    return this;
  }

  /** Puts a section into the envelope itself, as for a machine. */
  public EnvelopeEditor putEnvelopeSection(XmlElement section) {
    new SectionEdits(work).putInEnvelope(section);
    return this;
  }

  /** Sets what the first product section says about the product; it is made if need be. */
  public EnvelopeEditor setProduct(ProductInfo info) {
    new SectionEdits(work).product(info);
    return this;
  }

  /** Sets the text of the first licence; it is made if need be. */
  public EnvelopeEditor setLicense(String text) {
    new SectionEdits(work).license(text);
    return this;
  }

  /** Sets the note; it is made if need be. */
  public EnvelopeEditor setAnnotation(String text) {
    new SectionEdits(work).annotation(text);
    return this;
  }

  /**
   * Converts to another dialect: from any to {@link OvfVersion#V1_1}, or to {@link
   * OvfVersion#V2_0}. The report names what does not carry over.
   *
   * @throws IllegalArgumentException for the dialects that are not to be written any more
   */
  public EnvelopeEditor convertTo(OvfVersion version, ForeignParts foreign) {
    new DialectConversion(work, foreign).to(version);
    return this;
  }

  /** Returns what the edits so far did. */
  public EditReport report() {
    return work.report();
  }

  /** Returns the descriptor as it is now, UTF-8. */
  public byte[] toBytes() {
    return XmlWriter.exact().toBytes(work.envelope().document());
  }

  /** Returns the envelope as it is now, with lines and columns of what {@link #toBytes} gives. */
  public Envelope toEnvelope() {
    return Envelope.read("the edited envelope", toBytes());
  }

  /** Names the edits so far by number only. */
  @Override
  public String toString() {
    List<Change> changes = work.report().changes();
    return "editor with " + changes.size() + " changes";
  }
}
