package io.intermodal.ovf;

import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reports what is wrong with one property of a product. */
final class PropertyChecks {

  /** Stands for all options; no id of one has a blank. */
  private static final String ALL = " ";

  /** Far more than options in real files; each value is held against each choice. */
  private static final int MOST_DEFAULTS = 200;

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}]{1,200})}");
  private static final Pattern KEY = Pattern.compile("[^.:\\s]+");

  private final Findings findings;
  private final Set<String> options;

  PropertyChecks(Envelope envelope, Findings findings) {
    this.findings = findings;
    this.options =
        envelope.deploymentOptions().stream().map(DeploymentOption::id).collect(Collectors.toSet());
  }

  /** Reports one key for a section: appliances have dotted keys by the hundred. */
  void keyForm(List<ProductProperty> properties, List<XmlElement> elements) {
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

  /** Checks one property among those of its entity. */
  void check(ProductProperty property, XmlElement at, Map<String, Set<String>> keys) {
    if (!isNew(property, keys)) {
      findings.add(
          FindingCode.PROPERTY_KEY_DUPLICATE,
          at,
          "two properties have the key " + Texts.shorten(property.fullKey()));
    }
    String name = "the property " + Texts.shorten(property.key());
    if (property.type() == null) {
      findings.add(FindingCode.PROPERTY_TYPE, at, name + " has no type");
    } else if (property.kind() == PropertyType.Kind.UNKNOWN) {
      findings.add(
          FindingCode.PROPERTY_TYPE,
          at,
          name + " has a type that is not known: " + Texts.shorten(property.type().text()));
    }
    for (PropertyQualifiers.Qualifier qualifier : property.qualifiers().notUnderstood()) {
      findings.add(
          FindingCode.PROPERTY_QUALIFIER,
          at,
          name + " has a qualifier that is not understood: " + Texts.shorten(qualifier.name()));
    }
    defaults(property, name, at);
    Stream.concat(
            property.configurationValues().keySet().stream(), property.configurations().stream())
        .filter(id -> !options.contains(id))
        .sorted()
        .forEach(
            id ->
                findings.add(
                    FindingCode.CONFIGURATION_UNKNOWN,
                    at,
                    "there is no deployment option " + Texts.shorten(id)));
  }

  /** Tells whether no other property of the key exists in one of the same options. */
  private static boolean isNew(ProductProperty property, Map<String, Set<String>> keys) {
    Set<String> taken = keys.computeIfAbsent(property.fullKey(), key -> new HashSet<>());
    List<String> own = property.configurations();
    boolean free =
        own.isEmpty()
            ? taken.isEmpty()
            : !taken.contains(ALL) && own.stream().noneMatch(taken::contains);
    taken.addAll(own.isEmpty() ? List.of(ALL) : own);
    return free;
  }

  private void defaults(ProductProperty property, String name, XmlElement at) {
    Set<String> problems = new TreeSet<>();
    Stream.concat(
            Stream.ofNullable(property.value()), property.configurationValues().values().stream())
        .distinct()
        .limit(MOST_DEFAULTS)
        .forEach(value -> problems.addAll(property.checkDefault(value)));
    for (String problem : problems) {
      findings.add(FindingCode.PROPERTY_VALUE, at, "the default of " + name + " " + problem);
    }
  }

  /** Never quotes a value; of a secret not even the names that it refers to. */
  void values(ProductProperty property, XmlElement at, ProductChecks.Scope scope) {
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
