package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Reports what is wrong inside of single sections. */
final class SectionChecks {

  private static final Set<String> SECRETS = Set.of("adminpassword", "domainuserpassword");

  private final Envelope envelope;
  private final Dialect dialect;
  private final Findings findings;
  private final Set<String> groups = new HashSet<>();

  SectionChecks(Envelope envelope, Dialect dialect, Findings findings) {
    this.envelope = envelope;
    this.dialect = dialect;
    this.findings = findings;
    envelope.sections().stream()
        .filter(s -> s.name().equals("PlacementGroupSection"))
        .map(s -> dialect.filled(s.header().element(), "id"))
        .forEach(
            id -> {
              if (id != null) {
                groups.add(id);
              }
            });
  }

  void check(Section section) {
    XmlElement at = section.header().element();
    if (dialect.ovf(at.namespace())) {
      switch (section.name()) {
        case "OperatingSystemSection" -> system(at);
        case "NetworkSection" -> networks(at);
        case "EulaSection" -> licence(at);
        case "InstallSection" -> install(at);
        case "ScaleOutSection" ->
            dialect.children(at, "InstanceCount").forEach(this::instanceCount);
        case "PlacementSection" -> placement(at);
        case "EnvironmentFilesSection" -> environmentFiles(at);
        default -> {}
      }
    } else {
      secrets(at);
    }
  }

  private void system(XmlElement section) {
    String id = dialect.filled(section, "id");
    Integer number = Texts.number(id);
    if (number == null || !FileChecks.ushort(number)) {
      findings.add(
          FindingCode.OS_ID_INVALID,
          section,
          "the id of the operating system is absent or not a number from 0 to 65535"
              + (id == null ? "" : ": " + Texts.shorten(id)));
    }
  }

  private void networks(XmlElement section) {
    Set<String> names = new HashSet<>();
    dialect
        .children(section, "Network")
        .forEach(
            network -> {
              String name = dialect.filled(network, "name");
              if (name != null && !names.add(name)) {
                findings.add(
                    FindingCode.NETWORK_DUPLICATE,
                    network,
                    "two networks have the name " + Texts.shorten(name));
              }
            });
    if (dialect.child(section, "Network").isEmpty()) {
      findings.add(FindingCode.NETWORKS_EMPTY, section, "the section lists no network");
    }
  }

  /** A licence may be in a text of another language only, which a msgid names. */
  private void licence(XmlElement section) {
    XmlElement licence = dialect.child(section, "License").orElse(null);
    if (licence == null || (licence.text().isBlank() && dialect.filled(licence, "msgid") == null)) {
      findings.add(FindingCode.LICENSE_MISSING, section, "the section holds no licence");
    }
  }

  /** 2.x has a default for the delay: no limit. */
  private void install(XmlElement section) {
    String stated = dialect.filled(section, "initialBootStopDelay");
    if (stated == null && section.namespace().equals(Dialect.OVF2)) {
      return;
    }
    Integer delay = Texts.number(stated);
    if (delay == null || !FileChecks.ushort(delay)) {
      findings.add(
          FindingCode.INSTALL_DELAY,
          section,
          "the delay of the first boot is absent or not a number from 0 to 65535");
    }
  }

  private void instanceCount(XmlElement count) {
    Integer normal = Texts.number(dialect.filled(count, "default"));
    String least = dialect.filled(count, "minimum");
    Integer minimum = least == null ? Integer.valueOf(1) : Texts.number(least);
    Integer maximum = Texts.number(dialect.filled(count, "maximum"));
    if (normal == null || minimum == null) {
      findings.add(
          FindingCode.SCALE_OUT_INVALID, count, "the instance count has no default number");
    } else if (normal < minimum || (maximum != null && normal > maximum)) {
      findings.add(
          FindingCode.SCALE_OUT_INVALID,
          count,
          "the default of the instance count is outside of its range: " + normal);
    }
  }

  private void placement(XmlElement section) {
    String group = dialect.filled(section, "group");
    if (group == null || !groups.contains(group)) {
      findings.add(
          FindingCode.REFERENCE_DANGLING,
          section,
          "the system names a placement group that is not there: "
              + (group == null ? "none" : Texts.shorten(group)));
    }
  }

  private void environmentFiles(XmlElement section) {
    dialect
        .children(section, "File")
        .forEach(
            file -> {
              String reference = dialect.filled(file, "fileRef");
              if (reference == null || envelope.file(reference).isEmpty()) {
                findings.add(
                    FindingCode.REFERENCE_DANGLING,
                    file,
                    "the guest's file is not in References: "
                        + (reference == null ? "none" : Texts.shorten(reference)));
              }
            });
  }

  /** Vendors' sections have passwords in elements of their own; the value is never quoted. */
  private void secrets(XmlElement parent) {
    parent
        .elements()
        .forEach(
            e -> {
              if (SECRETS.contains(e.localName().toLowerCase(Locale.ROOT)) && !e.text().isBlank()) {
                findings.add(
                    FindingCode.SECRET_STATED,
                    e,
                    "the element " + e.localName() + " has a password in the descriptor");
              }
              secrets(e);
            });
  }
}
