package io.intermodal.ovf.edit;

import io.intermodal.ovf.Content;
import io.intermodal.ovf.Item;
import io.intermodal.ovf.Network;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Adds and removes network adapters, and renames networks wherever they are named. */
final class NetworkEdits {

  private static final Set<Integer> ADAPTERS = Set.of(10, 11);
  private static final int ETHERNET = 10;
  private static final String VCLOUD = "http://www.vmware.com/vcloud/v";

  /** What VMware puts into types and qualifiers: {@code ip:name}, {@code Ip("name")}. */
  private static final Pattern QUALIFIER =
      Pattern.compile("([A-Za-z]+\\()(\\s*)(\"[^\"]*\"|'[^']*'|[^()\"']*)(\\s*\\))");

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

  void rename(String old, String name) {
    String what = "rename the network " + Texts.shorten(old);
    Rejections.name(what, name);
    if (old.equals(name)) {
      return;
    }
    Set<String> known = new LinkedHashSet<>();
    work.envelope().networks().stream().map(Network::name).forEach(known::add);
    for (Section.VirtualHardware hardware : work.everyHardware()) {
      hardware.items().stream()
          .filter(NetworkEdits::adapter)
          .forEach(i -> known.addAll(i.connections()));
    }
    if (!known.contains(old)) {
      throw Rejections.unknown(what, "network", old, known);
    }
    if (known.contains(name)) {
      throw Rejections.rejected(what, "there is a network " + Texts.shorten(name) + " already");
    }
    TreePatch patch = work.patch();
    rename(work.root(), old, name, false, patch);
    work.apply(patch);
  }

  private void rename(XmlElement e, String old, String name, boolean adapter, TreePatch patch) {
    Dialect dialect = work.dialect();
    if (dialect.is(e, "Network") && old.equals(dialect.filled(e, "name"))) {
      patch.attribute(e, work.attribute(e, "name"), name);
      work.changed(e, "renames the network to " + Texts.shorten(name));
    }
    boolean connection =
        e.localName().equals("Connection") && e.namespace().startsWith(Dialect.CIM);
    if (adapter && connection && e.text().strip().equals(old)) {
      patch.text(e, name);
      work.changed(e, "connects to " + Texts.shorten(name));
    }
    if (dialect.is(e, "Property")) {
      property(e, old, name, patch);
    }
    if (e.namespace().startsWith(VCLOUD)) {
      vcloud(e, old, name, patch);
    }
    for (XmlElement child : e.elements().toList()) {
      rename(child, old, name, isAdapter(e), patch);
    }
  }

  /** Connections of other devices are no networks: XenCenter has them on disks. */
  private boolean isAdapter(XmlElement e) {
    Dialect dialect = work.dialect();
    if (dialect.is(e, "EthernetPortItem")) {
      return true;
    }
    Integer type = Texts.number(Dialect.cimText(e, "ResourceType"));
    return dialect.is(e, "Item") && type != null && ADAPTERS.contains(type);
  }

  private void vcloud(XmlElement e, String old, String name, TreePatch patch) {
    boolean named =
        Set.of("NetworkConfig", "NetworkConnection", "ParentNetwork").contains(e.localName());
    for (XmlAttribute a : e.attributes()) {
      boolean holds = Set.of("networkName", "network", "name").contains(a.name().localName());
      if (named && holds && a.value().equals(old)) {
        patch.attribute(e, a.name(), name);
        work.changed(e, "names the network " + Texts.shorten(name));
      }
    }
  }

  private void property(XmlElement e, String old, String name, TreePatch patch) {
    for (XmlAttribute a : e.attributes()) {
      String local = a.name().localName();
      String value = a.value();
      String now = value;
      if (local.equals("type") && value.equals("ip:" + old)) {
        now = "ip:" + name;
      } else if (local.equals("qualifiers")) {
        now = qualifiers(value, old, name);
      }
      if (!now.equals(value)) {
        patch.attribute(e, a.name(), now);
        work.changed(e, "takes its address from " + Texts.shorten(name));
      }
    }
  }

  static String qualifiers(String text, String old, String name) {
    Matcher matcher = QUALIFIER.matcher(text);
    StringBuilder result = new StringBuilder();
    int end = 0;
    while (matcher.find()) {
      String argument = matcher.group(3).strip();
      boolean quoted = argument.length() >= 2 && "\"'".indexOf(argument.charAt(0)) >= 0;
      String bare = quoted ? argument.substring(1, argument.length() - 1) : argument;
      if (bare.equals(old)) {
        String quote = quoted ? argument.substring(0, 1) : "\"";
        result
            .append(text, end, matcher.start(3))
            .append(quoted || !name.matches("[A-Za-z0-9_.-]+") ? quote + name + quote : name);
        end = matcher.end(3);
      }
    }
    return result.append(text, end, text.length()).toString();
  }
}
