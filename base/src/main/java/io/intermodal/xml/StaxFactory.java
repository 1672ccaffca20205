package io.intermodal.xml;

import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;

/** Makes the JDK's own StAX factory, hardened; a parser on the class path is never taken. */
final class StaxFactory {

  private static final String PREFIX = "http://www.oracle.com/xml/jaxp/properties/";
  private static final String ATTRIBUTE_LIMIT = "elementAttributeLimit";

  /** Limits of the JDK that differ between its versions; ours count instead. */
  private static final List<String> JDK_LIMITS =
      List.of(
          "entityExpansionLimit",
          "maxOccurLimit",
          "totalEntitySizeLimit",
          "maxGeneralEntitySizeLimit",
          "maxParameterEntitySizeLimit",
          "entityReplacementLimit",
          "maxElementDepth",
          "maxXMLNameLimit");

  /** Zero would mean "no limit" for most, but JDK 17 takes it at its word for namespaces. */
  private static final String UNLIMITED = String.valueOf(Integer.MAX_VALUE);

  private StaxFactory() {}

  /**
   * Makes a factory. One factory keeps its last parser and so the text that it read; each document
   * therefore has a factory of its own.
   *
   * @param maxAttributes of one element; the parser stops there, before it has collected more
   */
  static XMLInputFactory create(int maxAttributes) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("external entities are refused");
        });
    for (String limit : JDK_LIMITS) {
      if (factory.isPropertySupported(PREFIX + limit)) {
        factory.setProperty(PREFIX + limit, UNLIMITED);
      }
    }
    if (factory.isPropertySupported(PREFIX + ATTRIBUTE_LIMIT)) {
      factory.setProperty(PREFIX + ATTRIBUTE_LIMIT, String.valueOf(maxAttributes));
    }
    return factory;
  }

  /** Tells whether the parser stopped at a limit that was given to it. */
  static boolean isLimit(XMLStreamException e) {
    return e.getMessage() != null && e.getMessage().contains("JAXP0001000");
  }
}
