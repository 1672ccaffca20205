package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the sections of 2.x, under whichever OVF namespace they stand: real files mix them. */
final class Ovf2Sections {

  private final Dialect dialect;
  private final Findings findings;

  Ovf2Sections(Dialect dialect, Findings findings) {
    this.dialect = dialect;
    this.findings = findings;
  }

  Section parse(Section.Header header) {
    XmlElement e = header.element();
    return switch (header.name()) {
      case "ScaleOutSection" ->
          new Section.ScaleOut(
              header,
              dialect.filled(e, "id"),
              dialect.text(e, "Description"),
              dialect.children(e, "InstanceCount").map(this::count).toList());
      case "PlacementGroupSection" ->
          new Section.PlacementGroup(
              header,
              dialect.filled(e, "id"),
              dialect.filled(e, "policy"),
              dialect.text(e, "Description"));
      case "PlacementSection" -> new Section.Placement(header, dialect.filled(e, "group"));
      case "BootDeviceSection" ->
          new Section.BootDevices(
              header,
              Dialect.cim(e, "CIM_BootConfigSetting").map(Ovf2Sections::configuration).toList());
      case "EnvironmentFilesSection" ->
          new Section.EnvironmentFiles(
              header,
              dialect
                  .children(e, "File")
                  .map(
                      f ->
                          new EnvironmentFile(
                              dialect.filled(f, "fileRef"), dialect.filled(f, "path")))
                  .toList(),
              Texts.words(dialect.filled(e, "transport")));
      case "EncryptionSection" ->
          new Section.Encryption(header, e.elements().flatMap(Ovf2Sections::key).toList());
      default ->
          dialect.is(e, "Section")
              ? VendorSections.vmware(header, dialect)
              : new Section.Other(header);
    };
  }

  private InstanceCount count(XmlElement e) {
    Integer minimum = number(e, "minimum");
    return new InstanceCount(
        minimum == null ? 1 : minimum,
        number(e, "default"),
        number(e, "maximum"),
        Texts.words(dialect.filled(e, "configuration")));
  }

  private @Nullable Integer number(XmlElement e, String attribute) {
    return Numbers.small(dialect.attribute(e, attribute), "the number of instances", e, findings);
  }

  /** The sources are settings inside of the configuration, or one level deeper, in a Source. */
  private static BootConfiguration configuration(XmlElement e) {
    Stream<XmlElement> inner = Stream.concat(e.elements(), e.elements().flatMap(c -> c.elements()));
    return new BootConfiguration(
        Dialect.cimText(e, "InstanceID"),
        Optional.ofNullable(Dialect.cimText(e, "ElementName"))
            .orElse(Dialect.cimText(e, "Caption")),
        inner.flatMap(Ovf2Sections::source).toList());
  }

  private static Stream<BootSource> source(XmlElement e) {
    for (String name : List.of("StructuredBootString", "BootString", "BIOSBootString")) {
      String text = Dialect.cimText(e, name);
      if (text != null) {
        return Stream.of(BootSource.structured(text));
      }
    }
    return Stream.empty();
  }

  private static Stream<EncryptionKey> key(XmlElement e) {
    boolean derived = e.is(Dialect.XENC11, "DerivedKey");
    if (!derived && !e.is(Dialect.XENC, "EncryptedKey")) {
      return Stream.empty();
    }
    return Stream.of(
        new EncryptionKey(
            derived ? EncryptionKey.Kind.DERIVED : EncryptionKey.Kind.ENCRYPTED,
            attribute(e, "Id"),
            child(e, derived ? "KeyDerivationMethod" : "EncryptionMethod")
                .map(m -> attribute(m, "Algorithm"))
                .orElse(null),
            child(e, derived ? "DerivedKeyName" : "CarriedKeyName")
                .map(n -> Dialect.blankToNull(n.text()))
                .orElse(null),
            attribute(e, "Recipient"),
            child(e, "ReferenceList").stream()
                .flatMap(XmlElement::elements)
                .map(r -> attribute(r, "URI"))
                .filter(Objects::nonNull)
                .toList()));
  }

  private static Optional<XmlElement> child(XmlElement e, String localName) {
    return e.elements()
        .filter(c -> c.localName().equals(localName) && Dialect.encryption(c.namespace()))
        .findFirst();
  }

  private static @Nullable String attribute(XmlElement e, String localName) {
    return e.attribute("", localName).map(Dialect::blankToNull).orElse(null);
  }
}
