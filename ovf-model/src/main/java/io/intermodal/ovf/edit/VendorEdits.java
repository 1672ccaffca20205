package io.intermodal.ovf.edit;

import io.intermodal.ovf.FileReference;
import io.intermodal.ovf.Firmware;
import io.intermodal.ovf.Machine;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Drops the parts that vendors added, or marks them as what others may leave aside. */
final class VendorEdits {

  private final Work work;
  private final Dialect dialect;

  VendorEdits(Work work) {
    this.work = work;
    dialect = work.dialect();
  }

  boolean foreign(XmlName name) {
    return foreign(name, dialect);
  }

  /** Tells whether a name is neither OVF's nor CIM's nor XML's own. */
  static boolean foreign(XmlName name, Dialect dialect) {
    String namespace = name.namespace();
    return !dialect.ovf(namespace)
        && !namespace.startsWith(Dialect.CIM)
        && !namespace.equals(Dialect.XML)
        && !namespace.equals(Dialect.XSI);
  }

  void dropOptional() {
    TreePatch patch = work.patch();
    dropOptional(work.root(), patch);
    finish(patch);
  }

  private void dropOptional(XmlElement in, TreePatch patch) {
    for (XmlAttribute a : in.attributes()) {
      if (foreign(a.name())) {
        patch.dropAttribute(in, a.name());
        work.removed(in, "drops the attribute " + a.name().qualified());
      }
    }
    for (XmlElement e : in.elements().toList()) {
      if (!foreign(e.name())) {
        dropOptional(e, patch);
      } else if (Texts.isFalse(dialect.filled(e, "required"))) {
        drop(e, patch);
      } else {
        work.noted(e, "keeps " + e.name().qualified() + ", which is required");
      }
    }
  }

  private void drop(XmlElement e, TreePatch patch) {
    String key = key(e);
    patch.remove(e);
    work.removed(
        e, "drops " + e.name().qualified() + (key == null ? "" : " " + Texts.shorten(key)));
  }

  private static @Nullable String key(XmlElement e) {
    return e.attribute(e.namespace(), "key").or(() -> e.attribute("", "key")).orElse(null);
  }

  void drop(String name) {
    TreePatch patch = work.patch();
    Set<String> known = new LinkedHashSet<>();
    drop(work.root(), name, known, patch);
    if (patch.isEmpty()) {
      throw Rejections.unknown(
          "drop the vendor key " + Texts.shorten(name), "vendor key or element", name, known);
    }
    finish(patch);
  }

  private void drop(XmlElement in, String name, Set<String> known, TreePatch patch) {
    for (XmlAttribute a : in.attributes()) {
      if (foreign(a.name())) {
        known.add(a.name().qualified());
        if (a.name().qualified().equals(name)) {
          patch.dropAttribute(in, a.name());
          work.removed(in, "drops the attribute " + name);
        }
      }
    }
    for (XmlElement e : in.elements().toList()) {
      if (!foreign(e.name())) {
        drop(e, name, known, patch);
        continue;
      }
      String key = key(e);
      known.add(key == null ? e.name().qualified() : key);
      if (name.equals(key) || name.equals(e.name().qualified())) {
        drop(e, patch);
      } else {
        drop(e, name, known, patch);
      }
    }
  }

  /** Drops files that only dropped parts named, and says what is not stated any more. */
  private void finish(TreePatch patch) {
    Map<String, List<XmlElement>> users = new FileEdits(work).users();
    for (FileReference file : work.envelope().files()) {
      List<XmlElement> of = users.getOrDefault(String.valueOf(file.id()), List.of());
      if (!of.isEmpty() && of.stream().allMatch(u -> gone(u, patch))) {
        patch.remove(file.element());
        work.removed(file.element(), "removes the file " + file.id() + ", which only that named");
      }
    }
    List<@Nullable Firmware> before = firmware();
    work.apply(patch);
    List<@Nullable Firmware> after = firmware();
    for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
      Firmware was = before.get(i);
      if (was != null && after.get(i) == null) {
        work.noted(work.root(), "the firmware " + was + " is not stated any more");
      }
    }
  }

  private List<@Nullable Firmware> firmware() {
    List<@Nullable Firmware> all = new ArrayList<>();
    for (Machine machine : work.envelope().machines(null)) {
      all.add(machine.firmware());
    }
    return all;
  }

  private boolean gone(XmlElement e, TreePatch patch) {
    for (XmlElement at = e; at != null; at = work.places().parent(at)) {
      if (patch.removes(at)) {
        return true;
      }
    }
    return false;
  }

  void markOptional() {
    TreePatch patch = work.patch();
    markOptional(work.root(), patch);
    work.apply(patch);
  }

  private void markOptional(XmlElement in, TreePatch patch) {
    for (XmlElement e : in.elements().toList()) {
      if (!foreign(e.name())) {
        markOptional(e, patch);
      } else if (!Texts.isFalse(dialect.filled(e, "required"))) {
        XmlName there =
            e.attributes().stream()
                .map(XmlAttribute::name)
                .filter(n -> n.localName().equals("required") && !n.namespace().isEmpty())
                .filter(n -> dialect.ovf(n.namespace()))
                .findFirst()
                .orElseGet(() -> work.newAttribute(e, "required"));
        patch.attribute(e, there, "false");
        work.changed(e, "lets others leave " + e.name().qualified() + " aside");
      }
    }
  }
}
