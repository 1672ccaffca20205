package io.intermodal.xml;

/** Is one child of an element, or one thing beside the root. */
public sealed interface XmlNode permits XmlElement, XmlText, XmlComment, XmlInstruction {}
