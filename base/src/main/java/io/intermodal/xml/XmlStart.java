package io.intermodal.xml;

import java.util.List;

/**
 * Holds what a start tag says and where it stands.
 *
 * @param namespaces a list that does not change, as the other one is
 */
record XmlStart(
    XmlName name,
    List<XmlNamespace> namespaces,
    List<XmlAttribute> attributes,
    int line,
    int column) {}
