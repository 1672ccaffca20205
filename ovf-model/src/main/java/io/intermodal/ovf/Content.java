package io.intermodal.ovf;

import io.intermodal.xml.XmlElement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Is a virtual system or a collection of them, nested to any depth. Immutable. */
public sealed interface Content {

  /** Returns the id; null when absent. */
  @Nullable String id();

  /** Returns the name; null when absent. */
  @Nullable String name();

  /** Returns the sections in order. */
  List<Section> sections();

  /** Returns the element as written. */
  XmlElement element();

  /** Returns the sections of a kind in order. */
  default <T extends Section> Stream<T> sections(Class<T> kind) {
    return sections().stream().filter(kind::isInstance).map(kind::cast);
  }

  /** Is one machine. */
  record VirtualSystem(
      @Nullable String id, @Nullable String name, List<Section> sections, XmlElement element)
      implements Content {

    /** Copies the list. */
    public VirtualSystem {
      sections = List.copyOf(sections);
      Objects.requireNonNull(element, "element");
    }

    /** Returns the first hardware section, the one that counts when there are alternatives. */
    public Optional<Section.VirtualHardware> hardware() {
      return sections(Section.VirtualHardware.class).findFirst();
    }
  }

  /** Is a group of machines and groups. */
  record VirtualSystemCollection(
      @Nullable String id,
      @Nullable String name,
      List<Section> sections,
      List<Content> members,
      XmlElement element)
      implements Content {

    /** Copies the lists. */
    public VirtualSystemCollection {
      sections = List.copyOf(sections);
      members = List.copyOf(members);
      Objects.requireNonNull(element, "element");
    }
  }
}
