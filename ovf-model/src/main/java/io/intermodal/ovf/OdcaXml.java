package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes and reads the section of {@link OdcaAttributes}. What is wrong in one is left out. */
final class OdcaXml {

  static final String SECTION = "OdcaAttributesSection";

  private static final String INFO = "Attributes of the ODCA usage model, in Intermodal's own form";

  private OdcaXml() {}

  static boolean isSection(XmlElement element) {
    return element.is(OdcaAttributes.NAMESPACE, SECTION);
  }

  static XmlElement write(OdcaAttributes of, String ovf) {
    XmlElement.Builder section =
        XmlElement.builder(name(SECTION))
            .namespace("odca", OdcaAttributes.NAMESPACE)
            .attribute(new XmlName(ovf, "required", "ovf"), "false")
            .add(XmlElement.builder(new XmlName(ovf, "Info", "ovf")).text(INFO).build());
    of.stakeholders()
        .forEach(
            s ->
                add(
                    section,
                    "Stakeholder",
                    "role",
                    s.role(),
                    "name",
                    s.name(),
                    "contact",
                    s.contact()));
    OdcaAttributes.Lease lease = of.lease();
    if (lease != null) {
      add(section, "Lease", "from", lease.from(), "until", lease.until());
    }
    of.levels()
        .forEach(l -> add(section, "ServiceLevel", "element", l.element(), "level", l.level()));
    of.objectives()
        .forEach(
            o -> add(section, "Objective", "name", o.name(), "value", o.value(), "unit", o.unit()));
    of.securityZones().forEach(z -> add(section, "SecurityZone", "name", z));
    of.compliance().forEach(c -> add(section, "Compliance", "rule", c));
    of.geoRules().forEach(g -> add(section, "Geo", "allowed", g.allowed(), "region", g.region()));
    OdcaAttributes.Carbon carbon = of.carbon();
    if (carbon != null) {
      add(
          section,
          "Carbon",
          "maxGramsPerKwh",
          carbon.maxGramsPerKwh(),
          "renewableOnly",
          carbon.renewableOnly());
    }
    of.rules().forEach(r -> add(section, "Rule", "kind", r.kind(), "text", r.text()));
    of.licences()
        .forEach(
            l ->
                add(
                    section,
                    "Licence",
                    "product",
                    l.product(),
                    "vendor",
                    l.vendor(),
                    "count",
                    l.count(),
                    "transferable",
                    l.transferable()));
    of.drivers()
        .forEach(
            d ->
                add(
                    section,
                    "Driver",
                    "name",
                    d.name(),
                    "version",
                    d.version(),
                    "hypervisor",
                    d.hypervisor()));
    of.hooks()
        .forEach(
            h ->
                add(
                    section,
                    "Hook",
                    "phase",
                    h.phase(),
                    "action",
                    h.action(),
                    "timeout",
                    h.timeout()));
    OdcaAttributes.CloneStatus clone = of.cloneStatus();
    if (clone != null) {
      add(
          section,
          "Clone",
          "role",
          clone.role(),
          "source",
          clone.source(),
          "version",
          clone.version());
    }
    return section.build();
  }

  private static XmlName name(String local) {
    return new XmlName(OdcaAttributes.NAMESPACE, local, "odca");
  }

  /** Adds an element with attributes; a value that is null is left out, an enum is lower case. */
  private static void add(XmlElement.Builder to, String element, @Nullable Object... pairs) {
    XmlElement.Builder built = XmlElement.builder(name(element));
    for (int i = 0; i < pairs.length; i += 2) {
      Object value = pairs[i + 1];
      if (value != null) {
        String text =
            value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : value.toString();
        built.attribute(XmlName.local(String.valueOf(pairs[i])), text);
      }
    }
    to.add(built.build());
  }

  /** Reads a section; what cannot be understood in it is told to {@code broken} and left out. */
  static OdcaAttributes read(XmlElement section, List<XmlElement> broken) {
    Reader read = new Reader(section, broken);
    return new OdcaAttributes(
        read.all(
            "Stakeholder",
            e ->
                new OdcaAttributes.Stakeholder(
                    must(e, "role"), must(e, "name"), text(e, "contact"))),
        read.one("Lease", e -> new OdcaAttributes.Lease(instant(e, "from"), instant(e, "until"))),
        read.all(
            "ServiceLevel",
            e ->
                new OdcaAttributes.ServiceLevel(
                    must(e, "element"), word(OdcaAttributes.Level.class, e, "level"))),
        read.all(
            "Objective",
            e -> new OdcaAttributes.Objective(must(e, "name"), must(e, "value"), text(e, "unit"))),
        read.all("SecurityZone", e -> must(e, "name")),
        read.all("Compliance", e -> must(e, "rule")),
        read.all("Geo", e -> new OdcaAttributes.GeoRule(flag(e, "allowed"), must(e, "region"))),
        read.one(
            "Carbon",
            e -> new OdcaAttributes.Carbon(number(e, "maxGramsPerKwh"), flag(e, "renewableOnly"))),
        read.all("Rule", e -> new OdcaAttributes.Rule(must(e, "kind"), must(e, "text"))),
        read.all(
            "Licence",
            e ->
                new OdcaAttributes.Licence(
                    must(e, "product"),
                    text(e, "vendor"),
                    number(e, "count"),
                    flag(e, "transferable"))),
        read.all(
            "Driver",
            e ->
                new OdcaAttributes.Driver(
                    must(e, "name"), text(e, "version"), text(e, "hypervisor"))),
        read.all(
            "Hook",
            e ->
                new OdcaAttributes.Hook(
                    word(OdcaAttributes.Phase.class, e, "phase"),
                    must(e, "action"),
                    duration(e, "timeout"))),
        read.one(
            "Clone",
            e ->
                new OdcaAttributes.CloneStatus(
                    word(OdcaAttributes.CloneRole.class, e, "role"),
                    text(e, "source"),
                    text(e, "version"))));
  }

  private static @Nullable String text(XmlElement e, String attribute) {
    return e.attribute("", attribute).map(Dialect::blankToNull).orElse(null);
  }

  private static String must(XmlElement e, String attribute) {
    return Optional.ofNullable(text(e, attribute))
        .orElseThrow(() -> new IllegalArgumentException(attribute + " is absent"));
  }

  private static boolean flag(XmlElement e, String attribute) {
    String text = must(e, attribute);
    if (!Texts.isTrue(text) && !Texts.isFalse(text)) {
      throw new IllegalArgumentException(attribute + " is neither true nor false");
    }
    return Texts.isTrue(text);
  }

  private static @Nullable Integer number(XmlElement e, String attribute) {
    String text = text(e, attribute);
    return text == null ? null : Integer.valueOf(text);
  }

  private static @Nullable Instant instant(XmlElement e, String attribute) {
    String text = text(e, attribute);
    return text == null ? null : Instant.parse(text);
  }

  private static @Nullable Duration duration(XmlElement e, String attribute) {
    String text = text(e, attribute);
    return text == null ? null : Duration.parse(text);
  }

  private static <T extends Enum<T>> T word(Class<T> type, XmlElement e, String attribute) {
    return Enum.valueOf(type, must(e, attribute).toUpperCase(Locale.ROOT));
  }

  /** Reads elements one by one, so that a broken one spoils no other. */
  private record Reader(XmlElement section, List<XmlElement> broken) {

    <T> List<T> all(String name, Function<XmlElement, T> form) {
      List<T> list = new ArrayList<>();
      named(name)
          .forEach(
              e -> {
                try {
                  list.add(form.apply(e));
                } catch (IllegalArgumentException | DateTimeException | ArithmeticException x) {
                  broken.add(e);
                }
              });
      return list;
    }

    <T> @Nullable T one(String name, Function<XmlElement, T> form) {
      List<T> found = all(name, form);
      return found.isEmpty() ? null : found.get(0);
    }

    private Stream<XmlElement> named(String name) {
      return section.elements().filter(e -> e.is(OdcaAttributes.NAMESPACE, name));
    }
  }
}
