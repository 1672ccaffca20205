package io.intermodal.xml;

/**
 * Bounds what a reader takes. They hold alike on every JDK: its own limits, which differ from
 * release to release, are switched off or set to these.
 *
 * @param maxBytes the length of a document
 * @param maxDepth how deep elements may nest; the root is at 1
 * @param maxAttributes attributes and namespace declarations on one element; twice as many
 *     namespaces may be declared on an element and those around it together
 * @param maxElements elements in a document
 * @param maxTextLength characters of one run of text, one attribute value, one comment
 */
public record XmlLimits(
    long maxBytes, int maxDepth, int maxAttributes, int maxElements, int maxTextLength) {

  private static final XmlLimits DEFAULTS = new XmlLimits(64L << 20, 200, 512, 1_000_000, 16 << 20);

  /** Validates that all are positive and a document fits an array. */
  public XmlLimits {
    if (maxBytes < 1 || maxBytes > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException("maxBytes out of range: " + maxBytes);
    }
    if (maxDepth < 1 || maxDepth > 2000) {
      throw new IllegalArgumentException("maxDepth out of range: " + maxDepth);
    }
    if (maxAttributes < 1 || maxElements < 1 || maxTextLength < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** The parser looks through all that is in scope for each name. */
  long maxNamespacesInScope() {
    return 2L * maxAttributes;
  }

  /** Returns bounds that every real descriptor fits: 64 MiB, 200 levels, a million elements. */
  public static XmlLimits defaults() {
    return DEFAULTS;
  }
}
