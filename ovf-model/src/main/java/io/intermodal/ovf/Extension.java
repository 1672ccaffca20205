package io.intermodal.ovf;

import java.util.Objects;

/**
 * Is something in a descriptor that OVF does not define: a section, an element in a section or an
 * attribute (DSP0243 "Extensibility"). The content of a foreign element belongs to it and is not
 * listed again.
 *
 * @param path the place: elements from the root; the attribute's name last
 * @param namespace of its name; OVF's own where OVF has no such section
 * @param name the local name; a section's name for a section
 * @param required whether a consumer that does not understand it must not deploy; true for sections
 *     and elements where nothing is said, never for attributes
 * @param stated whether the descriptor itself says so by {@code ovf:required}
 * @param honoured whether {@link Machine} has all that it says
 */
public record Extension(
    Kind kind,
    String path,
    String namespace,
    String name,
    boolean required,
    boolean stated,
    boolean honoured) {

  /** Tells what is foreign. */
  public enum Kind {
    /** A section of the envelope, a system or a collection. */
    SECTION,
    /** An element inside of a section. */
    ELEMENT,
    /** An attribute; a consumer may always pass it over. */
    ATTRIBUTE
  }

  /** Validates the parts. */
  public Extension {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
  }

  /** Tells whether a section is one of OVF's, or ours that asks for nothing. */
  static boolean understood(Section section) {
    return !(section instanceof Section.Other
        || section instanceof VmwareSection
        || section instanceof VcloudSection);
  }
}
