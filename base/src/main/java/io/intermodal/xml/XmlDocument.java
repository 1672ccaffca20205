package io.intermodal.xml;

import java.util.List;
import java.util.Objects;

/**
 * Holds a whole document.
 *
 * @param prolog comments and instructions before the root
 * @param root the root element
 * @param epilog comments and instructions after the root
 * @param encoding the encoding the bytes were in; a writer always writes UTF-8
 * @param warnings what had to be set right to read it
 */
public record XmlDocument(
    List<XmlNode> prolog,
    XmlElement root,
    List<XmlNode> epilog,
    String encoding,
    List<XmlWarning> warnings) {

  /** Copies the lists. */
  public XmlDocument {
    prolog = List.copyOf(prolog);
    Objects.requireNonNull(root, "root");
    epilog = List.copyOf(epilog);
    Objects.requireNonNull(encoding, "encoding");
    warnings = List.copyOf(warnings);
  }

  /** Creates a document that is only a root. */
  public static XmlDocument of(XmlElement root) {
    return new XmlDocument(List.of(), root, List.of(), "UTF-8", List.of());
  }
}
