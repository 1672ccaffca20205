package io.intermodal.ovf.edit;

import io.intermodal.ovf.Content;
import io.intermodal.ovf.Item;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.util.List;

/** Sets the name of a machine and the family of hardware it is for. */
final class IdentityEdits {

  private final Work work;

  IdentityEdits(Work work) {
    this.work = work;
  }

  void name(String name) {
    String what = "set the name";
    Rejections.name(what, name);
    List<Content.VirtualSystem> machines = work.machines(what);
    if (machines.size() > 1) {
      throw Rejections.rejected(what, "a name is for one machine; choose which");
    }
    Dialect dialect = work.dialect();
    TreePatch patch = work.patch();
    Content.VirtualSystem system = machines.get(0);
    XmlElement there = dialect.child(system.element(), "Name").orElse(null);
    if (there == null) {
      Placing placing = new Placing(work);
      placing.addRanked(
          patch,
          system.element(),
          placing.text(system.element(), "Name", name),
          List.of("Info", "Name"));
      work.added(system.element(), "names the machine " + Texts.shorten(name));
    } else if (!there.text().strip().equals(name)) {
      patch.text(there, name);
      work.changed(there, "names the machine " + Texts.shorten(name));
    }
    for (Section.VirtualHardware hardware :
        system.sections(Section.VirtualHardware.class).toList()) {
      XmlElement section = hardware.header().element();
      dialect
          .child(section, "System")
          .flatMap(s -> Dialect.cim(s, "VirtualSystemIdentifier").findFirst())
          .filter(e -> !e.text().strip().equals(name))
          .ifPresent(
              e -> {
                patch.text(e, name);
                work.changed(e, "names the virtual system " + Texts.shorten(name));
              });
    }
    new VirtualBoxSettings(work, patch).name(system, name);
    if (!patch.isEmpty() && system.id() != null && !system.id().equals(name)) {
      work.noted(
          system.element(), "the id stays " + Texts.shorten(system.id()) + ": others refer to it");
    }
    work.apply(patch);
  }

  void hardwareFamily(List<String> families) {
    String what = "set the hardware family";
    if (families.isEmpty()) {
      throw Rejections.rejected(what, "there is none; name one, such as vmx-14");
    }
    for (String family : families) {
      Rejections.name(what, family);
      if (Texts.words(family).size() != 1) {
        throw Rejections.rejected(what, "a family holds no blank or comma: " + family);
      }
    }
    TreePatch patch = work.patch();
    String text = String.join(" ", families);
    for (Section.VirtualHardware hardware : work.hardware(what)) {
      XmlElement section = hardware.header().element();
      XmlElement system = work.dialect().child(section, "System").orElse(null);
      if (system == null) {
        addSystem(section, text, patch);
      } else if (!hardware.virtualSystemTypes().equals(families)) {
        set(system, text, patch);
      } else {
        continue;
      }
      for (Item item : hardware.items()) {
        HardwareFamilies.consequences(families, item)
            .forEach(consequence -> work.noted(item.element(), consequence));
      }
      HardwareFamilies.consequences(families, section)
          .forEach(consequence -> work.noted(section, consequence));
    }
    work.apply(patch);
  }

  private void set(XmlElement system, String text, TreePatch patch) {
    XmlElement there = Dialect.cim(system, "VirtualSystemType").findFirst().orElse(null);
    if (there == null) {
      String namespace =
          system
              .elements()
              .map(XmlElement::namespace)
              .filter(n -> n.startsWith(Dialect.CIM))
              .findFirst()
              .orElse(Dialect.VSSD);
      patch.append(
          system,
          XmlElement.builder(work.places().element(system, namespace, "VirtualSystemType"))
              .text(text)
              .build());
    } else {
      patch.text(there, text);
    }
    work.changed(system, "is for the hardware family " + text);
  }

  private void addSystem(XmlElement section, String text, TreePatch patch) {
    XmlName name = work.child(section, "System");
    XmlElement.Builder system = XmlElement.builder(name);
    work.declare(system, section, Dialect.VSSD);
    List.of("ElementName=Virtual Hardware Family", "InstanceID=0", "VirtualSystemType=" + text)
        .forEach(
            pair -> {
              int equals = pair.indexOf('=');
              system.add(
                  XmlElement.builder(
                          work.places().element(section, Dialect.VSSD, pair.substring(0, equals)))
                      .text(pair.substring(equals + 1))
                      .build());
            });
    new Placing(work).addRanked(patch, section, system.build(), List.of("Info", "System"));
    work.added(section, "is for the hardware family " + text);
  }
}
