package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reports what is wrong with a descriptor as a whole, and runs the checks of its parts. */
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
    new FileChecks(envelope, dialect, findings).run();
    new DiskChecks(envelope, dialect, findings).run();
    options();
    new ContentChecks(envelope, dialect, findings).run();
    new MessageChecks(envelope, dialect, findings).run();
    new OrderChecks(dialect, findings).run(root);
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
    boolean old = root.namespace().equals(Dialect.OVF09) || root.namespace().equals(Dialect.DRAFT);
    if (old && dialect.filled(root, "version") == null) {
      findings.add(
          FindingCode.VERSION_MISSING, root, "the envelope of OVF 0.9 does not state its version");
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
              + " systems at its top, where one belongs");
    }
    if (root.namespace().equals(Dialect.OVF1) && Versions.draftSpelling(root)) {
      findings.add(
          FindingCode.DRAFT_SPELLING,
          root,
          "InstanceId is written, the drafts' name of InstanceID");
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
              dialect
                  .children(at, "Configuration")
                  .filter(o -> dialect.filled(o, "id") != null)
                  .filter(o -> !worded(o, "Label") || !worded(o, "Description"))
                  .findFirst()
                  .ifPresent(
                      o ->
                          findings.add(
                              FindingCode.CONFIGURATION_TEXT,
                              at,
                              "the option "
                                  + Texts.shorten(String.valueOf(dialect.filled(o, "id")))
                                  + " lacks its Label or Description"));
            });
  }

  /** A text may be among the messages only, which a msgid names. */
  private boolean worded(XmlElement option, String text) {
    return dialect
        .child(option, text)
        .filter(e -> !e.text().isBlank() || dialect.filled(e, "msgid") != null)
        .isPresent();
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
