package io.intermodal.ovf.packaging;

import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.FileReference;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlDocument;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlNode;
import io.intermodal.xml.XmlWriter;
import java.util.IdentityHashMap;
import java.util.Map;

/** Corrects the sizes that a descriptor states for its files, and nothing else. */
final class DescriptorSizes {

  private final IdentityHashMap<XmlElement, Long> sizes = new IdentityHashMap<>();

  private DescriptorSizes(Map<FileReference, Long> real) {
    real.forEach((reference, size) -> sizes.put(reference.element(), size));
  }

  /** Returns the descriptor with these sizes; one that is not stated stays so. */
  static byte[] correct(Envelope envelope, Map<FileReference, Long> real) {
    XmlDocument document = envelope.document();
    XmlElement root = new DescriptorSizes(real).rebuilt(document.root(), 0);
    return XmlWriter.exact()
        .toBytes(
            new XmlDocument(
                document.prolog(),
                root,
                document.epilog(),
                document.encoding(),
                document.warnings()));
  }

  /** Files are children of the root's children. */
  private XmlElement rebuilt(XmlElement element, int depth) {
    if (depth > 2) {
      return element;
    }
    Long size = sizes.get(element);
    XmlElement.Builder copy = XmlElement.builder(element.name());
    element.namespaces().forEach(n -> copy.namespace(n.prefix(), n.uri()));
    for (XmlAttribute attribute : element.attributes()) {
      boolean stated = size != null && attribute.name().localName().equals("size");
      copy.attribute(attribute.name(), stated ? String.valueOf(size) : attribute.value());
    }
    for (XmlNode child : element.children()) {
      copy.add(child instanceof XmlElement inner ? rebuilt(inner, depth + 1) : child);
    }
    return copy.build();
  }
}
