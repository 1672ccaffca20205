package io.intermodal.xml;

import java.util.List;

/** Holds what a start tag says and where it stands; used again for others at its depth. */
final class OpenElement {

  XmlName name = XmlName.local("none");
  List<XmlNamespace> namespaces = List.of();
  List<XmlAttribute> attributes = List.of();
  int line;
  int column;

  /** Where the children begin on the stack of all. */
  int children;

  /** How many of the children are elements. */
  int elements;
}
