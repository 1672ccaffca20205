package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Hrefs;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reports what is wrong with a descriptor as a whole, its references and its disks. */
final class EnvelopeChecks {

  private static final Set<String> PLAIN_ATTRIBUTES =
      Set.of(
          "id", "href", "size", "configuration", "diskId", "fileRef", "capacity", "key", "bound");

  private final Envelope envelope;
  private final Dialect dialect;
  private final Findings findings;

  EnvelopeChecks(Envelope envelope, Dialect dialect, Findings findings) {
    this.envelope = envelope;
    this.dialect = dialect;
    this.findings = findings;
  }

  void run() {
    XmlElement root = envelope.document().root();
    root(root);
    files();
    disks();
    options();
    new ContentChecks(envelope, dialect, findings).run();
    plainAttributes(root);
  }

  private void root(XmlElement root) {
    if (!Dialect.known(root.namespace())) {
      findings.add(
          FindingCode.NAMESPACE_UNKNOWN,
          root,
          "the namespace "
              + Texts.shorten(root.namespace())
              + " is not one of OVF's; the nearest is "
              + Dialect.OVF1);
    } else if (root.namespace().isEmpty()) {
      findings.add(
          FindingCode.NAMESPACE_ABSENT,
          root,
          "the envelope is in no namespace; read it as " + Dialect.OVF1);
    }
    if (dialect.child(root, "References").isEmpty()) {
      findings.add(FindingCode.REFERENCES_MISSING, root, "the envelope has no References");
    }
    if (envelope.contents().isEmpty()) {
      findings.add(FindingCode.CONTENT_MISSING, root, "the envelope has no virtual system");
    } else if (envelope.contents().size() > 1) {
      findings.add(
          FindingCode.CONTENT_MULTIPLE,
          envelope.contents().get(1).element(),
          "the envelope has "
              + envelope.contents().size()
              + " systems at its top; put them into one VirtualSystemCollection");
    }
    if (root.namespace().equals(Dialect.OVF1) && Versions.draftSpelling(root)) {
      findings.add(
          FindingCode.DRAFT_SPELLING,
          root,
          "InstanceId is written, the drafts' name of InstanceID");
    }
  }

  private void files() {
    Set<String> ids = new HashSet<>();
    Set<String> hrefs = new HashSet<>();
    for (FileReference file : envelope.files()) {
      XmlElement at = file.element();
      if (file.id() == null) {
        findings.add(FindingCode.ID_MISSING, at, "the file has no id");
      } else if (!ids.add(file.id())) {
        findings.add(
            FindingCode.ID_DUPLICATE, at, "two files have the id " + Texts.shorten(file.id()));
      }
      String href = file.href();
      if (href == null) {
        findings.add(FindingCode.HREF_MISSING, at, "the file has no href");
      } else if (!hrefs.add(href)) {
        findings.add(FindingCode.HREF_DUPLICATE, at, "two files are " + Texts.shorten(href));
      } else if (Hrefs.remote(href)) {
        findings.add(
            FindingCode.HREF_REMOTE,
            at,
            "the file is at a URL, which is never fetched; put it beside the descriptor");
      } else if (Hrefs.unsafe(href)) {
        findings.add(
            FindingCode.HREF_UNSAFE,
            at,
            "the file is outside of the package: " + Texts.shorten(href));
      }
      String compression = file.compression();
      if (compression != null && !file.gzip() && !compression.equals("identity")) {
        findings.add(
            FindingCode.COMPRESSION_UNKNOWN,
            at,
            "the compression is not gzip or identity: " + Texts.shorten(compression));
      }
      String size = dialect.attribute(at, "size");
      if (size != null && size.isBlank()) {
        findings.add(FindingCode.NUMBER_INVALID, at, "the size is empty");
      }
    }
  }

  private void disks() {
    Map<String, Disk> earlier = new HashMap<>();
    Set<String> files = new HashSet<>();
    for (Disk disk : envelope.disks()) {
      XmlElement at = disk.element();
      capacity(disk);
      if (disk.fileRef() != null && envelope.fileOf(disk).isEmpty()) {
        findings.add(
            FindingCode.REFERENCE_DANGLING,
            at,
            "the disk names a file that is not in References: " + Texts.shorten(disk.fileRef()));
      } else if (disk.fileRef() != null && !files.add(disk.fileRef())) {
        findings.add(
            FindingCode.FILE_SHARED,
            at,
            "two disks name the file " + Texts.shorten(disk.fileRef()));
      }
      if (disk.format() == null && disk.fileRef() != null) {
        findings.add(FindingCode.FORMAT_MISSING, at, "the disk states no format");
      }
      String parent = disk.parentRef();
      if (parent != null && !earlier.containsKey(parent)) {
        boolean exists = envelope.disk(parent).isPresent();
        findings.add(
            exists ? FindingCode.PARENT_ORDER : FindingCode.REFERENCE_DANGLING,
            at,
            exists
                ? "the disk stands before its parent " + Texts.shorten(parent)
                : "the disk names a parent that is not there: " + Texts.shorten(parent));
      }
      if (disk.id() == null) {
        findings.add(FindingCode.ID_MISSING, at, "the disk has no diskId");
      } else if (earlier.putIfAbsent(disk.id(), disk) != null) {
        findings.add(
            FindingCode.ID_DUPLICATE, at, "two disks have the id " + Texts.shorten(disk.id()));
      }
    }
  }

  private void capacity(Disk disk) {
    XmlElement at = disk.element();
    String text = disk.capacityText();
    if (text == null) {
      findings.add(FindingCode.CAPACITY_MISSING, at, "the disk states no capacity");
    } else if (disk.capacityUnits() != null
        && ProgrammaticUnit.parse(disk.capacityUnits())
            .filter(u -> u.base().equals("byte"))
            .isEmpty()) {
      findings.add(
          FindingCode.UNIT_UNKNOWN,
          at,
          "the capacity has a unit that is not known: " + Texts.shorten(disk.capacityUnits()));
    } else if (disk.capacityBytes() == null) {
      if (text.contains("${")) {
        findings.add(
            FindingCode.PROPERTY_UNRESOLVED,
            at,
            "the capacity names a property without a number: " + Texts.shorten(text));
      } else if (text.matches("[+-]?[0-9]+")) {
        findings.add(
            FindingCode.NUMBER_INVALID, at, "the capacity is out of range: " + Texts.shorten(text));
      } else {
        Numbers.report(text, "the capacity", at, findings);
      }
    } else if (disk.populatedBytes() != null && disk.populatedBytes() > disk.capacityBytes()) {
      findings.add(
          FindingCode.POPULATED_OVER_CAPACITY, at, "the populated size is above the capacity");
    }
  }

  private void options() {
    List<DeploymentOption> options = envelope.deploymentOptions();
    Set<String> ids = options.stream().map(DeploymentOption::id).collect(Collectors.toSet());
    envelope
        .everywhere(Section.DeploymentOptions.class)
        .forEach(
            section -> {
              XmlElement at = section.header().element();
              if (section.options().stream().filter(DeploymentOption::markedDefault).count() > 1) {
                findings.add(
                    FindingCode.CONFIGURATION_DEFAULT, at, "more than one option is the default");
              }
              if (ids.size() < options.size()) {
                findings.add(FindingCode.ID_DUPLICATE, at, "two options have one id");
              }
            });
  }

  /** Reports each kind of unqualified attribute once: appliances have them by the hundred. */
  private void plainAttributes(XmlElement root) {
    Map<String, XmlElement> first = new TreeMap<>();
    collectPlain(root, first);
    first.forEach(
        (name, at) ->
            findings.add(
                FindingCode.ATTRIBUTE_UNQUALIFIED,
                at,
                "the attribute " + name + " lacks the ovf prefix; read it as ovf:" + name));
  }

  private void collectPlain(XmlElement element, Map<String, XmlElement> first) {
    if (!element.namespace().isEmpty() && dialect.ovf(element.namespace())) {
      for (XmlAttribute attribute : element.attributes()) {
        String name = attribute.name().localName();
        if (attribute.name().namespace().isEmpty() && PLAIN_ATTRIBUTES.contains(name)) {
          first.putIfAbsent(name, element);
        }
      }
    }
    for (XmlElement child : element.childElements()) {
      collectPlain(child, first);
    }
  }
}
