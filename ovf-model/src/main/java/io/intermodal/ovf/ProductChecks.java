package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports what is wrong with products and their properties (DSP0243 "ProductSection"). */
final class ProductChecks {

  private final Envelope envelope;
  private final Dialect dialect;
  private final Findings findings;
  private final PropertyChecks properties;

  ProductChecks(Envelope envelope, Dialect dialect, Findings findings) {
    this.envelope = envelope;
    this.dialect = dialect;
    this.findings = findings;
    this.properties = new PropertyChecks(envelope, findings);
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
    Map<String, Set<String>> keys = new HashMap<>();
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
      for (int i = 0; i < product.properties().size(); i++) {
        properties.check(product.properties().get(i), elements.get(i), keys);
      }
      properties.keyForm(product.properties(), elements);
    }
    Scope scope = new Scope(keys.keySet(), outer);
    for (Section.Product product : products) {
      List<XmlElement> elements = elements(product.header().element());
      for (int i = 0; i < product.properties().size(); i++) {
        properties.values(product.properties().get(i), elements.get(i), scope);
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
}
