package io.intermodal.disk.internal.vhd;

import java.util.LinkedHashMap;
import java.util.Map;

/** Says about an image what its size does not, by stable names. */
final class Details {

  private Details() {}

  static Map<String, String> of(Footer footer) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("subformat", footer.type().word());
    details.put("creator", footer.creator().replaceAll("\\p{Cntrl}", "").strip());
    details.put("uuid", footer.uuid().toString());
    details.put("geometry", footer.geometry().toString());
    details.put("originalSizeBytes", Long.toUnsignedString(footer.originalSizeBytes()));
    return details;
  }

  static Map<String, String> of(Footer footer, DynamicHeader header) {
    Map<String, String> details = of(footer);
    details.put("blockBytes", Integer.toString(header.blockBytes()));
    if (footer.type() == VhdType.DIFFERENCING) {
      details.put("parentUuid", header.parentUuid().toString());
      details.put("parentName", header.parentName().replaceAll("\\p{Cntrl}", ""));
    }
    return details;
  }
}
