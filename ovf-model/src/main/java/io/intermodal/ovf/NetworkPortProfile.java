package io.intermodal.ovf;

import io.intermodal.xml.XmlElement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what the ports of a network must be like (2.x, DSP0243 "NetworkSection"): named by a URI, or
 * written out as items.
 *
 * @param uri where the profile is; null when it is written out
 * @param items allocation settings of ports, in order
 * @param element the profile as written
 */
public record NetworkPortProfile(@Nullable String uri, List<Item> items, XmlElement element) {

  /** Copies the list. */
  public NetworkPortProfile {
    items = List.copyOf(items);
    Objects.requireNonNull(element, "element");
  }
}
