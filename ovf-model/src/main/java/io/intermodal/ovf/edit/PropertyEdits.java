package io.intermodal.ovf.edit;

import io.intermodal.ovf.EnvelopeDraft.DraftProperty;
import io.intermodal.ovf.ProductProperty;
import io.intermodal.ovf.PropertyQualifiers;
import io.intermodal.ovf.PropertyType;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.SecretNames;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sets, adds and removes properties of products. */
final class PropertyEdits {

  private static final List<String> TYPES =
      Stream.of(PropertyType.Kind.values())
          .filter(kind -> kind != PropertyType.Kind.UNKNOWN)
          .map(kind -> kind.name().toLowerCase(Locale.ROOT))
          .toList();

  private final Work work;

  PropertyEdits(Work work) {
    this.work = work;
  }

  /** Is a property with the element it was read from. */
  private record Found(XmlElement element, ProductProperty property) {}

  private List<Found> all() {
    Dialect dialect = work.dialect();
    List<Found> all = new ArrayList<>();
    for (Section.Product product : products()) {
      List<XmlElement> elements =
          dialect
              .children(product.header().element(), "Property")
              .filter(e -> dialect.filled(e, "key") != null)
              .toList();
      for (int i = 0; i < product.properties().size(); i++) {
        all.add(new Found(elements.get(i), product.properties().get(i)));
      }
    }
    return all;
  }

  /** Returns what is seen: of the chosen machine and the collections around it, else all. */
  private List<Section.Product> products() {
    List<Section.Product> products = work.envelope().products();
    if (!work.oneMachineSelected()) {
      return products;
    }
    List<XmlElement> around = new ArrayList<>();
    work.machines("choose properties")
        .forEach(
            m -> {
              for (XmlElement at = m.element(); at != null; at = work.places().parent(at)) {
                around.add(at);
              }
            });
    return products.stream()
        .filter(
            p -> {
              XmlElement parent = work.places().parent(p.header().element());
              return around.stream().anyMatch(a -> TreePlaces.same(a, parent));
            })
        .toList();
  }

  private List<Found> named(String what, String fullKey) {
    List<Found> all = all();
    List<Found> found = all.stream().filter(f -> f.property().fullKey().equals(fullKey)).toList();
    if (found.isEmpty()) {
      throw Rejections.unknown(
          what, "property", fullKey, all.stream().map(f -> f.property().fullKey()).toList());
    }
    return found;
  }

  void set(String fullKey, String value, @Nullable String option) {
    String what = "set the property " + Texts.shorten(fullKey);
    Rejections.holdable(what, value);
    if (option != null) {
      work.requireOption(what, option);
    }
    TreePatch patch = work.patch();
    List<Found> meant = named(what, fullKey);
    meant.forEach(found -> requireFitting(what, found.property(), value));
    for (Found found : meant) {
      if (option == null) {
        set(found, value, patch);
      } else {
        setIn(found, value, option, patch);
      }
    }
    work.apply(patch);
  }

  /** Refuses a value that no deployer could give; the value itself may be a secret. */
  private static void requireFitting(String what, ProductProperty property, String value) {
    List<String> problems = property.checkDefault(value);
    if (!problems.isEmpty()) {
      throw Rejections.rejected(what, "its value " + String.join(" and ", problems));
    }
  }

  private static String shown(ProductProperty property, String value) {
    return property.password() ? "another value" : "\"" + Texts.shorten(value) + "\"";
  }

  private void set(Found found, String value, TreePatch patch) {
    ProductProperty property = found.property();
    if (!value.equals(property.value())) {
      patch.attribute(found.element(), work.attribute(found.element(), "value"), value);
      // One for no option says the same, and counts where the property's own is empty.
      work.dialect()
          .children(found.element(), "Value")
          .filter(v -> work.dialect().filled(v, "configuration") == null)
          .forEach(v -> patch.attribute(v, work.attribute(v, "value"), value));
      work.changed(found.element(), "sets " + property.fullKey() + " to " + shown(property, value));
      if (property.password()) {
        work.noted(
            found.element(), "a password in a descriptor can be read by whoever has the package");
      }
    }
    if (!property.configurationValues().isEmpty()) {
      work.noted(
          found.element(),
          property.fullKey()
              + " has values of their own in the options "
              + String.join(
                  ", ", property.configurationValues().keySet().stream().sorted().toList()));
    }
  }

  private void setIn(Found found, String value, String option, TreePatch patch) {
    ProductProperty property = found.property();
    if (value.equals(property.configurationValues().get(option))) {
      return;
    }
    XmlElement element = found.element();
    Dialect dialect = work.dialect();
    XmlElement like = null;
    boolean done = false;
    for (XmlElement v : dialect.children(element, "Value").toList()) {
      like = v;
      List<String> options = Texts.words(dialect.filled(v, "configuration"));
      if (!options.contains(option) || done) {
        continue;
      }
      if (options.size() == 1) {
        patch.attribute(v, work.attribute(v, "value"), value);
        done = true;
      } else {
        String rest = String.join(" ", options.stream().filter(o -> !o.equals(option)).toList());
        patch.attribute(v, work.attribute(v, "configuration"), rest);
      }
    }
    if (!done) {
      XmlName name =
          like == null
              ? new XmlName(element.namespace(), "Value", element.name().prefix())
              : like.name();
      XmlElement added =
          XmlElement.builder(name)
              .attribute(like(like, element, "value"), value)
              .attribute(like(like, element, "configuration"), option)
              .build();
      new Placing(work).addRanked(patch, element, added, List.of("Label", "Description", "Value"));
    }
    work.changed(
        element,
        "sets "
            + property.fullKey()
            + " to "
            + shown(property, value)
            + " in the option "
            + option);
  }

  private XmlName like(@Nullable XmlElement like, XmlElement in, String name) {
    return like == null ? work.attribute(in, name) : work.attribute(like, name);
  }

  void remove(String fullKey) {
    String what = "remove the property " + Texts.shorten(fullKey);
    TreePatch patch = work.patch();
    for (Found found : named(what, fullKey)) {
      patch.remove(found.element());
      work.removed(found.element(), "removes the property " + fullKey);
    }
    work.apply(patch);
  }

  void add(@Nullable String productClass, @Nullable String instance, DraftProperty property) {
    String what = "add the property " + Texts.shorten(property.key());
    Rejections.name(what, property.key());
    Rejections.name(what, property.type());
    Rejections.holdable(what, Objects.requireNonNullElse(property.label(), ""));
    Rejections.holdable(what, Objects.requireNonNullElse(productClass, ""));
    Rejections.holdable(what, Objects.requireNonNullElse(instance, ""));
    String fullKey =
        (productClass == null ? "" : productClass + ".")
            + property.key()
            + (instance == null ? "" : "." + instance);
    if (all().stream().anyMatch(f -> f.property().fullKey().equals(fullKey))) {
      throw Rejections.rejected(what, "there is one of that key already; set its value instead");
    }
    ProductProperty typed = typed(what, fullKey, property);
    Stream.concat(Stream.ofNullable(property.value()), property.optionValues().values().stream())
        .forEach(value -> requireFitting(what, typed, Rejections.holdable(what, value)));
    property.optionValues().keySet().forEach(option -> work.requireOption(what, option));
    TreePatch patch = work.patch();
    for (var machine : work.machines(what)) {
      Section.Product section =
          machine
              .sections(Section.Product.class)
              .filter(
                  p ->
                      Objects.equals(p.productClass(), productClass)
                          && Objects.equals(p.instance(), instance))
              .findFirst()
              .orElse(null);
      XmlElement in = section == null ? machine.element() : section.header().element();
      XmlElement added = element(in, property);
      if (section != null) {
        place(patch, in, added);
      } else {
        Placing placing = new Placing(work);
        XmlElement.Builder made =
            placing.section(in, "ProductSection", "Properties of the machine");
        if (productClass != null) {
          made.attribute(work.newAttribute(in, "class"), productClass);
        }
        if (instance != null) {
          made.attribute(work.newAttribute(in, "instance"), instance);
        }
        placing.addSection(patch, in, made.add(added).build());
      }
      work.added(in, "adds the property " + fullKey);
      boolean stated = property.value() != null || !property.optionValues().isEmpty();
      if (typed.password() && stated) {
        work.noted(in, "a password in a descriptor can be read by whoever has the package");
      }
    }
    work.apply(patch);
  }

  private static ProductProperty typed(String what, String fullKey, DraftProperty property) {
    PropertyType type = PropertyType.parse(property.type());
    if (type.kind() == PropertyType.Kind.UNKNOWN) {
      throw Rejections.unknown(what, "type", property.type(), TYPES);
    }
    return new ProductProperty(
        property.key(),
        fullKey,
        type,
        PropertyQualifiers.none(),
        property.value(),
        property.optionValues(),
        List.of(),
        property.userConfigurable(),
        property.password() || type.isSecret() || SecretNames.matches(property.key()),
        property.label(),
        null,
        null);
  }

  /** Puts it behind the last property or heading, before what is foreign. */
  private void place(TreePatch patch, XmlElement section, XmlElement added) {
    Dialect dialect = work.dialect();
    XmlElement last =
        section.elements().filter(e -> dialect.ovf(e.namespace())).reduce((a, b) -> b).orElse(null);
    if (last == null) {
      patch.append(section, added);
    } else {
      patch.after(last, added);
    }
  }

  private XmlElement element(XmlElement in, DraftProperty property) {
    XmlElement.Builder element =
        XmlElement.builder(work.child(in, "Property"))
            .attribute(work.newAttribute(in, "key"), property.key())
            .attribute(work.newAttribute(in, "type"), property.type());
    if (property.value() != null) {
      element.attribute(work.newAttribute(in, "value"), property.value());
    }
    element.attribute(
        work.newAttribute(in, "userConfigurable"), String.valueOf(property.userConfigurable()));
    if (property.password()) {
      element.attribute(work.newAttribute(in, "password"), "true");
    }
    if (property.label() != null) {
      element.add(new Placing(work).text(in, "Label", property.label()));
    }
    new TreeMap<>(property.optionValues())
        .forEach(
            (option, value) ->
                element.add(
                    XmlElement.builder(work.child(in, "Value"))
                        .attribute(work.newAttribute(in, "value"), value)
                        .attribute(work.newAttribute(in, "configuration"), option)
                        .build()));
    return element.build();
  }
}
