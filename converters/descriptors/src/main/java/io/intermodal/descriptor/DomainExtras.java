package io.intermodal.descriptor;

import io.intermodal.convert.Loss;
import io.intermodal.hypervisor.Extra;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what a domain says and the neutral machine has no place for, as extras whose values are
 * the elements themselves, within bounds. Not thread-safe.
 */
final class DomainExtras {

  /** Extra that says which kind of domain the others were read from. */
  static final String KIND = "kind";

  static final String DISK = "devices/disk:";
  static final String DRIVE = "devices/drive:";
  static final String NIC = "devices/interface:";

  private static final int MAX_EXTRAS = 1000;
  private static final int MAX_CHARACTERS = 1 << 20;

  private final List<Extra> extras = new ArrayList<>();
  private final List<Loss> losses;
  private int characters;

  DomainExtras(List<Loss> losses) {
    this.losses = losses;
  }

  List<Extra> all() {
    return extras;
  }

  void keep(String name, XmlElement element) {
    keep(name, DomainXml.text(element));
  }

  void keep(String name, String value) {
    if (extras.size() >= MAX_EXTRAS || value.length() > MAX_CHARACTERS - characters) {
      losses.add(
          new Loss(
              "libvirt.extra.too-many",
              Loss.Severity.WARNING,
              path(name),
              null,
              "the domain has more settings of its own than are carried along",
              null));
      return;
    }
    characters += value.length();
    extras.add(new Extra(LibvirtFormat.ID, name, value));
  }

  static String path(String name) {
    return "extras[" + LibvirtFormat.ID + "]." + name;
  }
}
