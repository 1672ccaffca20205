package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the texts of an item's children of CIM's; they are picked out once for many questions. */
final class CimTexts {

  private final List<XmlElement> children;

  CimTexts(XmlElement item) {
    List<XmlElement> all = item.childElements();
    children = new ArrayList<>(all.size());
    for (XmlElement child : all) {
      if (child.namespace().startsWith(Dialect.CIM)) {
        children.add(child);
      }
    }
  }

  /** Returns the trimmed text of the first child of a name; null when absent or empty. */
  @Nullable String text(String name) {
    for (int i = 0; i < children.size(); i++) {
      XmlElement child = children.get(i);
      if (child.localName().equals(name)) {
        return Dialect.blankToNull(child.text());
      }
    }
    return null;
  }

  @Nullable String either(String first, String second) {
    String text = text(first);
    return text != null ? text : text(second);
  }

  /** Returns the trimmed texts of all children of a name, empty ones left out. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>(1);
    for (int i = 0; i < children.size(); i++) {
      XmlElement child = children.get(i);
      String text = child.localName().equals(name) ? Dialect.blankToNull(child.text()) : null;
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }
}
