package io.intermodal.ovf.edit;

import io.intermodal.ovf.Content;
import io.intermodal.ovf.Item;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds and removes network adapters. */
final class NetworkEdits {

  static final Set<Integer> ADAPTERS = Set.of(10, 11);
  private static final int ETHERNET = 10;

  private final Work work;

  NetworkEdits(Work work) {
    this.work = work;
  }

  static boolean adapter(Item item) {
    return item.kind() == Item.Kind.ETHERNET_PORT
        || (item.resourceType() != null && ADAPTERS.contains(item.resourceType()));
  }

  void addNic(String network, @Nullable String model, @Nullable String mac) {
    String what = "add a network adapter";
    Rejections.name(what, network);
    Rejections.holdable(what, model == null ? "" : model);
    if (mac != null && !mac.matches("[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}")) {
      throw Rejections.rejected(what, "the address is not of the form 00:50:56:01:02:03");
    }
    TreePatch patch = work.patch();
    List<Section.VirtualHardware> sections = work.hardware(what);
    if (work.envelope().networks().stream().noneMatch(n -> n.name().equals(network))) {
      addNetwork(network, patch);
    }
    for (Section.VirtualHardware hardware : sections) {
      addNic(hardware, network, model, mac, patch);
    }
    for (Content.VirtualSystem system : work.machines(what)) {
      new VirtualBoxSettings(work, patch).drop(system, "the added network adapter");
    }
    work.apply(patch);
  }

  private void addNic(
      Section.VirtualHardware hardware,
      String network,
      @Nullable String wanted,
      @Nullable String mac,
      TreePatch patch) {
    List<Item> there = hardware.items().stream().filter(NetworkEdits::adapter).toList();
    Set<String> models = new LinkedHashSet<>();
    there.forEach(n -> models.add(n.resourceSubType() == null ? "" : n.resourceSubType()));
    // A model is stated only where the author stated one; then all adapters are alike.
    String model =
        wanted == null && models.size() == 1 && !models.contains("")
            ? models.iterator().next()
            : wanted;
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("AutomaticAllocation", "true");
    fields.put("Connection", network);
    if (model != null) {
      fields.put("ResourceSubType", model);
    }
    if (mac != null) {
      fields.put("Address", mac);
    }
    boolean port =
        !there.isEmpty() && there.stream().allMatch(i -> i.kind() == Item.Kind.ETHERNET_PORT);
    String id =
        new NewItem(work, hardware, patch)
            .add(
                port ? Item.Kind.ETHERNET_PORT : Item.Kind.ITEM,
                ETHERNET,
                "Network adapter on " + network,
                fields,
                null);
    work.added(
        hardware.header().element(),
        "adds a network adapter on "
            + network
            + (model == null ? "" : " of the model " + model)
            + " with InstanceID "
            + id);
  }

  private void addNetwork(String network, TreePatch patch) {
    Dialect dialect = work.dialect();
    XmlElement section =
        work.envelope().sections().stream()
            .filter(Section.Networks.class::isInstance)
            .map(s -> s.header().element())
            .findFirst()
            .orElse(null);
    XmlElement like =
        section == null
            ? null
            : dialect.children(section, "Network").reduce((a, b) -> b).orElse(null);
    XmlElement in = section == null ? work.root() : section;
    XmlElement added =
        XmlElement.builder(like == null ? work.child(in, "Network") : like.name())
            .attribute(
                like == null ? work.newAttribute(in, "name") : work.attribute(like, "name"),
                network)
            .build();
    Placing placing = new Placing(work);
    if (section == null) {
      placing.addSection(
          patch, in, placing.section(in, "NetworkSection", "Logical networks").add(added).build());
    } else {
      placing.addRanked(patch, in, added, List.of("Info", "Network"));
    }
    work.added(in, "adds the network " + Texts.shorten(network));
  }

  void removeNic(String instanceId) {
    String what = "remove the network adapter " + Texts.shorten(instanceId);
    TreePatch patch = work.patch();
    List<String> ids = new ArrayList<>();
    for (Content.VirtualSystem system : work.machines(what)) {
      boolean found = false;
      for (Section.VirtualHardware hardware :
          system.sections(Section.VirtualHardware.class).toList()) {
        for (Item item : hardware.items()) {
          if (!adapter(item)) {
            continue;
          }
          ids.add(String.valueOf(item.instanceId()));
          if (instanceId.equals(item.instanceId())) {
            found = true;
            patch.remove(item.element());
            work.removed(item.element(), "removes the network adapter " + instanceId);
          }
        }
      }
      if (found) {
        new VirtualBoxSettings(work, patch).drop(system, "the removed network adapter");
      }
    }
    if (patch.isEmpty()) {
      throw Rejections.unknown(what, "network adapter with the InstanceID", instanceId, ids);
    }
    work.apply(patch);
  }
}
