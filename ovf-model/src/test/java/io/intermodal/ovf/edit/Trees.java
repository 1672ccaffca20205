package io.intermodal.ovf.edit;

import io.intermodal.ovf.Envelope;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlNode;
import io.intermodal.xml.XmlText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads the samples and compares trees. */
final class Trees {

  private Trees() {}

  static Envelope sample(String name) {
    try (InputStream in = Objects.requireNonNull(Trees.class.getResourceAsStream(name), name)) {
      return Envelope.read(name, in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Envelope appliance() {
    return sample("appliance.ovf");
  }

  /**
   * Names the elements of the first tree that are not the same in the second one, the innermost
   * that can be told: where the number of children differs it is the parent.
   */
  static List<XmlElement> differing(XmlElement a, XmlElement b) {
    List<XmlElement> differing = new ArrayList<>();
    collect(a, b, differing);
    return differing;
  }

  private static void collect(XmlElement a, XmlElement b, List<XmlElement> to) {
    List<XmlNode> left = meaning(a);
    List<XmlNode> right = meaning(b);
    boolean same =
        a.name().equals(b.name())
            && a.namespaces().equals(b.namespaces())
            && a.attributes().equals(b.attributes())
            && left.size() == right.size();
    if (!same) {
      to.add(a);
      return;
    }
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i) instanceof XmlElement x && right.get(i) instanceof XmlElement y) {
        collect(x, y, to);
      } else if (!left.get(i).equals(right.get(i))) {
        to.add(a);
      }
    }
  }

  /** Leaves out what only breaks lines. */
  private static List<XmlNode> meaning(XmlElement e) {
    return e.children().stream()
        .filter(n -> !(n instanceof XmlText text && text.value().isBlank()))
        .toList();
  }
}
