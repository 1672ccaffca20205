package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the plain elements that oVirt and RHV write beside the sections of a machine, as {@code
 * TemplateName} or {@code BiosType}: those without elements in them, in order, at most {@link
 * #MOST}. The first of two with one name counts.
 *
 * @param values texts by names as written; empty elements are left out, as are names of secrets
 */
public record OvirtSettings(Map<String, String> values) {

  /** Bounds the number of values. */
  public static final int MOST = 1000;

  /** Copies the map in its order. */
  public OvirtSettings {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Finds the settings of a system; empty when it is not of oVirt's. */
  public static Optional<OvirtSettings> of(Content.VirtualSystem system) {
    Dialect dialect = new Dialect(Dialect.OVIRT);
    XmlElement element = system.element();
    Map<String, String> values = new LinkedHashMap<>();
    for (XmlElement e : element.elements().toList()) {
      boolean plain =
          dialect.ovf(e.namespace())
              && e.elements().findAny().isEmpty()
              && !dialect.sectionName(e).endsWith("Section")
              && !e.localName().equals("Name")
              && !e.localName().equals("Info")
              && !Secrets.named(e.localName(), null);
      String text = plain ? Dialect.blankToNull(e.text()) : null;
      if (text != null && values.size() < MOST) {
        values.putIfAbsent(e.localName(), text);
      }
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(new OvirtSettings(values));
  }

  /** Finds a value, as {@code get("ClusterName")}. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
