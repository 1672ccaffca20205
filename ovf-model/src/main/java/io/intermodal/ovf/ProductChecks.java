package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reports what is wrong with products and their properties (DSP0243 "ProductSection"). */
final class ProductChecks {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}]{1,200})}");
  private static final Pattern KEY = Pattern.compile("[^.:\\s]+");
  private static final Set<String> TYPES =
      Set.of(
          "uint8",
          "uint16",
          "uint32",
          "uint64",
          "sint8",
          "sint16",
          "sint32",
          "sint64",
          "string",
          "boolean",
          "real32",
          "real64",
          "int",
          "real",
          "ip",
          "password",
          "expression");

  private final Envelope envelope;
  private final Dialect dialect;
  private final Findings findings;
  private final Set<String> options;

  ProductChecks(Envelope envelope, Dialect dialect, Findings findings) {
    this.envelope = envelope;
    this.dialect = dialect;
    this.findings = findings;
    this.options =
        envelope.deploymentOptions().stream().map(DeploymentOption::id).collect(Collectors.toSet());
  }

  /** Holds the keys that a value may name: the entity's own and those of what is around it. */
  record Scope(Set<String> keys, @Nullable Scope outer) {

    boolean has(String key) {
      for (Scope scope = this; scope != null; scope = scope.outer()) {
        if (scope.keys().contains(key)) {
          return true;
        }
      }
      return false;
    }
  }

  /** Checks the products among the sections of one entity; returns what its members see. */
  Scope check(List<Section> sections, @Nullable Scope outer) {
    List<Section.Product> products =
        sections.stream()
            .filter(Section.Product.class::isInstance)
            .map(Section.Product.class::cast)
            .toList();
    Set<String> names = new HashSet<>();
    Set<String> keys = new HashSet<>();
    for (Section.Product product : products) {
      XmlElement at = product.header().element();
      if (!names.add(product.productClass() + "\n" + product.instance())) {
        findings.add(
            FindingCode.PRODUCT_DUPLICATE,
            at,
            "two product sections have the same class and instance");
      }
      icons(at);
      List<XmlElement> elements = elements(at);
      List<ProductProperty> properties = product.properties();
      for (int i = 0; i < properties.size(); i++) {
        property(properties.get(i), elements.get(i), keys);
      }
      keyForm(properties, elements);
    }
    Scope scope = new Scope(keys, outer);
    for (Section.Product product : products) {
      List<XmlElement> elements = elements(product.header().element());
      for (int i = 0; i < product.properties().size(); i++) {
        values(product.properties().get(i), elements.get(i), scope);
      }
    }
    return scope;
  }

  /** Returns the elements of the properties of a section, which are those with a key. */
  private List<XmlElement> elements(XmlElement section) {
    return dialect
        .children(section, "Property")
        .filter(p -> dialect.filled(p, "key") != null)
        .toList();
  }

  private void icons(XmlElement section) {
    dialect
        .children(section, "Icon")
        .forEach(
            icon -> {
              String file = dialect.filled(icon, "fileRef");
              if (file != null && envelope.file(file).isEmpty()) {
                findings.add(
                    FindingCode.REFERENCE_DANGLING,
                    icon,
                    "the icon names a file that is not in References: " + Texts.shorten(file));
              }
            });
  }

  private void property(ProductProperty property, XmlElement at, Set<String> keys) {
    if (!keys.add(property.fullKey())) {
      findings.add(
          FindingCode.PROPERTY_KEY_DUPLICATE,
          at,
          "two properties have the key " + Texts.shorten(property.fullKey()));
    }
    String type = property.type();
    if (type == null) {
      findings.add(
          FindingCode.PROPERTY_TYPE,
          at,
          "the property " + Texts.shorten(property.key()) + " has no type");
    } else {
      String base = type.split("[:(\\[]", 2)[0].strip().toLowerCase(Locale.ROOT);
      if (!TYPES.contains(base)) {
        findings.add(
            FindingCode.PROPERTY_TYPE,
            at,
            "the property "
                + Texts.shorten(property.key())
                + " has a type that is not known: "
                + Texts.shorten(type));
      }
    }
    Stream.concat(
            property.configurationValues().keySet().stream(),
            Texts.words(dialect.filled(at, "configuration")).stream())
        .filter(id -> !options.contains(id))
        .sorted()
        .forEach(
            id ->
                findings.add(
                    FindingCode.CONFIGURATION_UNKNOWN,
                    at,
                    "there is no deployment option " + Texts.shorten(id)));
  }

  /** Reports one key for a section: appliances have dotted keys by the hundred. */
  private void keyForm(List<ProductProperty> properties, List<XmlElement> elements) {
    for (int i = 0; i < properties.size(); i++) {
      String key = properties.get(i).key();
      if (!KEY.matcher(key).matches()) {
        findings.add(
            FindingCode.PROPERTY_KEY_FORM,
            elements.get(i),
            "the key holds a dot, a colon or a blank: " + Texts.shorten(key));
        return;
      }
    }
  }

  /** Never quotes a value; of a secret not even the names that it refers to. */
  private void values(ProductProperty property, XmlElement at, Scope scope) {
    Stream<String> all =
        Stream.concat(
            Stream.ofNullable(property.value()), property.configurationValues().values().stream());
    if (property.password()) {
      if (all.anyMatch(v -> !v.isBlank() && !v.contains("${"))) {
        findings.add(
            FindingCode.SECRET_STATED,
            at,
            "the property "
                + Texts.shorten(property.key())
                + " is a secret and has a value in the descriptor");
      }
      return;
    }
    all.filter(v -> v.contains("${"))
        .flatMap(v -> REFERENCE.matcher(v).results().map(m -> m.group(1)))
        .filter(key -> !scope.has(key))
        .findFirst()
        .ifPresent(
            key ->
                findings.add(
                    FindingCode.PROPERTY_UNRESOLVED,
                    at,
                    "the property "
                        + Texts.shorten(property.key())
                        + " refers to one that does not exist: "
                        + Texts.shorten(key)));
  }
}
