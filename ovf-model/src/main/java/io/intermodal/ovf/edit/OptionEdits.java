package io.intermodal.ovf.edit;

import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reduces the deployment options: leaves one out, or keeps one with all that it means. */
final class OptionEdits {

  private final Work work;
  private final Dialect dialect;

  OptionEdits(Work work) {
    this.work = work;
    dialect = work.dialect();
  }

  /** Keeps one option as the only one; with {@code flat} the section goes too. */
  void keep(String option, boolean flat) {
    work.requireOption("keep the deployment option " + Texts.shorten(option), option);
    TreePatch patch = work.patch();
    resolve(work.root(), option, patch);
    for (XmlElement section : optionSections()) {
      if (flat) {
        patch.remove(section);
        work.removed(section, "leaves the deployment options out; " + option + " is what is left");
        continue;
      }
      for (XmlElement configuration : dialect.children(section, "Configuration").toList()) {
        String id = dialect.filled(configuration, "id");
        if (!option.equals(id)) {
          patch.remove(configuration);
          work.removed(configuration, "removes the deployment option " + id);
        }
      }
    }
    work.apply(patch);
  }

  private List<XmlElement> optionSections() {
    return work.envelope().sections().stream()
        .filter(Section.DeploymentOptions.class::isInstance)
        .map(s -> s.header().element())
        .toList();
  }

  private void resolve(XmlElement in, String option, TreePatch patch) {
    Set<String> replaced = replacedItems(in, option);
    for (XmlElement e : in.elements().toList()) {
      XmlName attribute = configuration(e);
      if (attribute == null) {
        if (isItem(e) && normal(e) && replaced.contains(instanceId(e))) {
          patch.remove(e);
          work.removed(e, "is replaced by the item of the option " + option);
        } else {
          resolve(e, option, patch);
        }
        continue;
      }
      boolean kept = options(e, attribute).contains(option);
      boolean value = dialect.is(e, "Value");
      if (!kept || value) {
        patch.remove(e);
        if (!kept) {
          work.removed(e, "is for other options");
        } else {
          takeValue(in, e, patch);
        }
        continue;
      }
      patch.dropAttribute(e, attribute);
      work.changed(e, "is for every configuration, since " + option + " is the only one");
      resolve(e, option, patch);
    }
  }

  /** Lets the value for the option be the value of the property. */
  private void takeValue(XmlElement property, XmlElement value, TreePatch patch) {
    String text = dialect.attribute(value, "value");
    patch.attribute(property, work.attribute(property, "value"), text == null ? "" : text);
    work.changed(property, "has the value of the option");
  }

  /** Returns the InstanceIDs that devices of an option have in a section. */
  private Set<String> replacedItems(XmlElement section, String option) {
    Set<String> replaced = new HashSet<>();
    for (XmlElement e : section.elements().toList()) {
      XmlName attribute = configuration(e);
      String id = instanceId(e);
      if (attribute != null
          && id != null
          && isItem(e)
          && normal(e)
          && options(e, attribute).contains(option)) {
        replaced.add(id);
      }
    }
    return replaced;
  }

  private boolean isItem(XmlElement e) {
    return dialect.is(e, "Item")
        || dialect.is(e, "StorageItem")
        || dialect.is(e, "EthernetPortItem");
  }

  private boolean normal(XmlElement e) {
    String bound = dialect.filled(e, "bound");
    return bound == null || !(bound.equalsIgnoreCase("min") || bound.equalsIgnoreCase("max"));
  }

  private static @Nullable String instanceId(XmlElement e) {
    String id = Dialect.cimText(e, "InstanceID");
    return id == null ? Dialect.cimText(e, "InstanceId") : id;
  }

  private List<String> options(XmlElement e, XmlName attribute) {
    return Texts.words(e.attribute(attribute.namespace(), attribute.localName()).orElse(""));
  }

  /** Returns the attribute that says which options an element is for; null when for all. */
  private @Nullable XmlName configuration(XmlElement e) {
    return dialect.filled(e, "configuration") == null ? null : work.attribute(e, "configuration");
  }

  /** Leaves one option out, with what is for it alone. */
  void remove(String option) {
    work.requireOption("remove the deployment option " + Texts.shorten(option), option);
    TreePatch patch = work.patch();
    boolean wasDefault =
        work.envelope().defaultDeploymentOption().filter(option::equals).isPresent();
    boolean last = work.envelope().deploymentOptions().size() == 1;
    for (XmlElement section : optionSections()) {
      if (last) {
        patch.remove(section);
        work.removed(section, "removes the only deployment option " + option);
        continue;
      }
      dialect
          .children(section, "Configuration")
          .filter(c -> option.equals(dialect.filled(c, "id")))
          .forEach(
              c -> {
                patch.remove(c);
                work.removed(c, "removes the deployment option " + option);
              });
    }
    narrow(work.root(), option, patch);
    work.apply(patch);
    if (wasDefault) {
      work.envelope()
          .defaultDeploymentOption()
          .ifPresent(now -> work.noted(work.root(), "the default option is " + now + " now"));
    }
  }

  private void narrow(XmlElement in, String option, TreePatch patch) {
    for (XmlElement e : in.elements().toList()) {
      XmlName attribute = configuration(e);
      List<String> options = attribute == null ? List.of() : options(e, attribute);
      if (attribute == null || !options.contains(option)) {
        narrow(e, option, patch);
        continue;
      }
      List<String> rest = options.stream().filter(o -> !o.equals(option)).toList();
      if (rest.isEmpty()) {
        patch.remove(e);
        work.removed(e, "was for the option " + option + " alone");
      } else {
        patch.attribute(e, attribute, String.join(" ", rest));
        work.changed(e, "is for " + String.join(", ", rest));
        narrow(e, option, patch);
      }
    }
  }
}
