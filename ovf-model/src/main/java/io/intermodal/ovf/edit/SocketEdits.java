package io.intermodal.ovf.edit;

import io.intermodal.ovf.Item;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Sets how processors are laid out on sockets, in the form of the document. */
final class SocketEdits {

  private final Work work;

  SocketEdits(Work work) {
    this.work = work;
  }

  void set(int cores) {
    String what = "set the cores per socket";
    if (cores < 1) {
      throw Rejections.rejected(what, "there must be at least one");
    }
    TreePatch patch = work.patch();
    List<Item> all = new ArrayList<>();
    for (Section.VirtualHardware hardware : work.hardware(what)) {
      all.addAll(QuantityEdits.normal(hardware, Amount.PROCESSOR));
    }
    if (all.isEmpty()) {
      throw Rejections.rejected(what, "the machine states no processors; set their number first");
    }
    for (Item item : all) {
      cores(item, cores, what, patch);
    }
    work.apply(patch);
  }

  private void cores(Item item, int cores, String what, TreePatch patch) {
    XmlElement element = item.element();
    BigInteger cpus = item.virtualQuantity();
    if (cpus != null && cpus.mod(BigInteger.valueOf(cores)).signum() != 0) {
      throw Rejections.rejected(
          what, cpus + " processors cannot be put on sockets of " + cores + " cores each");
    }
    Integer sockets = Texts.number(Dialect.cimText(element, "num_of_sockets"));
    Integer per = Texts.number(Dialect.cimText(element, "cpu_per_socket"));
    if (sockets != null && per != null) {
      long total = (long) sockets * per;
      if (total % cores != 0) {
        throw Rejections.rejected(
            what, total + " cores cannot be put on sockets of " + cores + " cores each");
      }
      Placing placing = new Placing(work);
      boolean changed = placing.setCim(patch, element, "cpu_per_socket", String.valueOf(cores));
      changed |= placing.setCim(patch, element, "num_of_sockets", String.valueOf(total / cores));
      if (changed) {
        work.changed(element, "sets " + cores + " cores per socket");
      }
      return;
    }
    XmlElement there = element.element(Dialect.VMW, "CoresPerSocket").orElse(null);
    if (there != null && !there.text().strip().equals(String.valueOf(cores))) {
      patch.text(there, String.valueOf(cores));
      work.changed(element, "sets " + cores + " cores per socket");
    } else if (there == null) {
      XmlName required = work.newAttribute(element, "required");
      patch.append(
          element,
          XmlElement.builder(work.places().element(element, Dialect.VMW, "CoresPerSocket"))
              .attribute(required, "false")
              .text(String.valueOf(cores))
              .build());
      work.added(element, "states " + cores + " cores per socket, as VMware does");
    }
  }
}
