package io.intermodal.ovf.edit;

import io.intermodal.ovf.Content;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sets the texts of products, licences and notes, and puts in whole sections. */
final class SectionEdits {

  private final Work work;
  private final Dialect dialect;

  SectionEdits(Work work) {
    this.work = work;
    dialect = work.dialect();
  }

  void license(String text) {
    text("EulaSection", "License", text, "set the licence", "The licence to be agreed to");
  }

  void annotation(String text) {
    text("AnnotationSection", "Annotation", text, "set the annotation", "A note");
  }

  private void text(String section, String child, String text, String what, String info) {
    Rejections.holdable(what, text);
    TreePatch patch = work.patch();
    Placing placing = new Placing(work);
    for (Content.VirtualSystem system : work.machines(what)) {
      XmlElement there =
          system.sections().stream()
              .filter(s -> s.name().equals(section) && !(s instanceof Section.Other))
              .map(s -> s.header().element())
              .findFirst()
              .orElse(null);
      if (there == null) {
        XmlElement made =
            placing
                .section(system.element(), section, info)
                .add(placing.text(system.element(), child, text))
                .build();
        placing.addSection(patch, system.element(), made);
        work.added(system.element(), "adds the " + section);
      } else {
        setText(there, child, text, List.of("Info", child), patch);
      }
    }
    work.apply(patch);
  }

  private void setText(
      XmlElement in, String name, String text, List<String> order, TreePatch patch) {
    XmlElement child = dialect.child(in, name).orElse(null);
    if (child == null) {
      Placing placing = new Placing(work);
      placing.addRanked(patch, in, placing.text(in, name, text), order);
      work.added(in, "adds the " + name);
    } else if (!child.text().equals(text)) {
      patch.text(child, text);
      work.changed(child, "sets the " + name);
    }
  }

  void product(ProductInfo info) {
    String what = "set the product";
    Map<String, String> texts = new LinkedHashMap<>();
    put(texts, "Product", info.product(), what);
    put(texts, "Vendor", info.vendor(), what);
    put(texts, "Version", info.version(), what);
    put(texts, "FullVersion", info.fullVersion(), what);
    put(texts, "ProductUrl", info.productUrl(), what);
    put(texts, "VendorUrl", info.vendorUrl(), what);
    put(texts, "AppUrl", info.appUrl(), what);
    TreePatch patch = work.patch();
    Placing placing = new Placing(work);
    for (Content.VirtualSystem system : work.machines(what)) {
      XmlElement there =
          system
              .sections(Section.Product.class)
              .map(s -> s.header().element())
              .findFirst()
              .orElse(null);
      if (there == null) {
        XmlElement in = system.element();
        XmlElement.Builder made = placing.section(in, "ProductSection", "About the product");
        texts.forEach((name, text) -> made.add(placing.text(in, name, text)));
        placing.addSection(patch, in, made.build());
        work.added(in, "adds the ProductSection");
      } else {
        setTexts(there, texts, patch);
      }
    }
    work.apply(patch);
  }

  private void setTexts(XmlElement section, Map<String, String> texts, TreePatch patch) {
    List<XmlElement> missing = new ArrayList<>();
    texts.forEach(
        (name, text) -> {
          if (dialect.child(section, name).isPresent()) {
            setText(section, name, text, Placing.PRODUCT, patch);
          } else {
            Placing placing = new Placing(work);
            missing.add(placing.text(section, name, text));
          }
        });
    for (XmlElement one : missing) {
      new Placing(work).addRanked(patch, section, one, Placing.PRODUCT);
      work.added(section, "adds the " + one.localName());
    }
  }

  private static void put(
      Map<String, String> texts, String name, @Nullable String text, String what) {
    if (text != null) {
      texts.put(name, Rejections.holdable(what, text));
    }
  }

  /** Puts a section into the chosen machines, in place of the one it is another version of. */
  void put(XmlElement section) {
    TreePatch patch = work.patch();
    for (Content.VirtualSystem system : work.machines("put in a section")) {
      put(system.element(), system.sections(), section, patch);
    }
    work.apply(patch);
  }

  void putInEnvelope(XmlElement section) {
    TreePatch patch = work.patch();
    put(work.root(), work.envelope().sections(), section, patch);
    work.apply(patch);
  }

  private void put(XmlElement in, List<Section> there, XmlElement section, TreePatch patch) {
    check(section);
    XmlElement old =
        there.stream()
            .map(s -> s.header().element())
            .filter(e -> same(e, section))
            .findFirst()
            .orElse(null);
    String name = section.name().qualified();
    if (old == null) {
      new Placing(work).addSection(patch, in, section);
      work.added(in, "adds the section " + Texts.shorten(name));
    } else if (!old.equals(section)
        && !TreePatch.indented(section, work.places().indentation(old), work.places().unit())
            .equals(old)) {
      patch.before(old, section);
      patch.remove(old);
      work.changed(old, "replaces the section " + Texts.shorten(name));
    }
  }

  private boolean same(XmlElement a, XmlElement b) {
    boolean bothOvf = dialect.ovf(a.namespace()) && dialect.ovf(b.namespace());
    return dialect.sectionName(a).equals(dialect.sectionName(b))
        && (bothOvf || a.namespace().equals(b.namespace()))
        && Objects.equals(dialect.filled(a, "class"), dialect.filled(b, "class"))
        && Objects.equals(dialect.filled(a, "instance"), dialect.filled(b, "instance"));
  }

  /** Refuses characters that could not be written. */
  private static void check(XmlElement e) {
    String what = "put in a section";
    e.attributes().forEach(a -> Rejections.holdable(what, a.value()));
    if (e.elements().findAny().isEmpty()) {
      Rejections.holdable(what, e.text());
    }
    e.elements().forEach(SectionEdits::check);
  }
}
