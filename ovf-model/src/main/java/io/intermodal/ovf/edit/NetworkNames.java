package io.intermodal.ovf.edit;

import io.intermodal.ovf.Network;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlAttribute;
import io.intermodal.xml.XmlElement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Renames networks, and merges them, wherever they are named. */
final class NetworkNames {

  /** What VMware puts into types and qualifiers: {@code ip:name}, {@code Ip("name")}. */
  private static final Pattern QUALIFIER =
      Pattern.compile("([A-Za-z]+\\()(\\s*)(\"[^\"]*\"|'[^']*'|[^()\"']*)(\\s*\\))");

  private final Work work;

  NetworkNames(Work work) {
    this.work = work;
  }

  void rename(String old, String name) {
    String what = "rename the network " + Texts.shorten(old);
    Rejections.name(what, name);
    if (old.equals(name)) {
      return;
    }
    Set<String> known = known();
    if (!known.contains(old)) {
      throw Rejections.unknown(what, "network", old, known);
    }
    if (known.contains(name)) {
      throw Rejections.rejected(
          what,
          "there is a network "
              + Texts.shorten(name)
              + " already; to put what is on "
              + Texts.shorten(old)
              + " on it too, merge the networks (--merge-network)");
    }
    apply(new Renaming(old, name, false));
  }

  /** Puts what is on one network on another one, and removes the first. */
  void merge(String old, String into) {
    String what = "merge the network " + Texts.shorten(old) + " into another";
    Set<String> known = known();
    for (String name : List.of(old, into)) {
      if (!known.contains(name)) {
        throw Rejections.unknown(what, "network", name, known);
      }
    }
    if (old.equals(into)) {
      throw Rejections.rejected(what, "it is the same network");
    }
    apply(new Renaming(old, into, true));
  }

  private Set<String> known() {
    Set<String> known = new LinkedHashSet<>();
    work.envelope().networks().stream().map(Network::name).forEach(known::add);
    for (Section.VirtualHardware hardware : work.everyHardware()) {
      hardware.items().stream()
          .filter(NetworkEdits::adapter)
          .forEach(i -> known.addAll(i.connections()));
    }
    return known;
  }

  /** Is the change of a name; {@code merges} when the new one is that of another network. */
  private record Renaming(String old, String name, boolean merges) {

    String shownOld() {
      return Texts.shorten(old);
    }

    String shown() {
      return Texts.shorten(name);
    }
  }

  private void apply(Renaming renaming) {
    TreePatch patch = work.patch();
    rename(work.root(), renaming, false, patch);
    work.apply(patch);
  }

  private void rename(XmlElement e, Renaming renaming, boolean adapter, TreePatch patch) {
    Dialect dialect = work.dialect();
    if (renaming.merges() && removed(e, renaming, patch)) {
      return;
    }
    if (network(e, renaming.old())) {
      patch.attribute(e, work.attribute(e, "name"), renaming.name());
      work.changed(e, "renames the network to " + renaming.shown());
    }
    if (adapter && connects(e, renaming.old())) {
      patch.text(e, renaming.name());
      work.changed(e, "connects to " + renaming.shown());
    }
    if (dialect.is(e, "Property")) {
      property(e, renaming, patch);
    }
    if (Dialect.vcloud(e.namespace())) {
      vcloud(e, renaming, patch);
    }
    boolean connected = isAdapter(e);
    if (connected && renaming.merges()) {
      connections(e, renaming, patch);
    }
    for (XmlElement child : e.elements().toList()) {
      rename(child, renaming, connected, patch);
    }
  }

  private boolean network(XmlElement e, String name) {
    return work.dialect().is(e, "Network") && name.equals(work.dialect().filled(e, "name"));
  }

  /** Removes what would say the same of the other network a second time. */
  private boolean removed(XmlElement e, Renaming renaming, TreePatch patch) {
    if (patch.removes(e)) {
      return true;
    }
    if (network(e, renaming.old())
        && work.envelope().networks().stream().anyMatch(n -> n.name().equals(renaming.name()))) {
      patch.remove(e);
      work.removed(
          e,
          "removes the network "
              + renaming.shownOld()
              + "; what was on it is on "
              + renaming.shown());
      return true;
    }
    XmlElement parent = work.places().parent(e);
    if (configures(e, renaming.old())
        && parent != null
        && parent.elements().anyMatch(other -> configures(other, renaming.name()))) {
      patch.remove(e);
      work.lost(
          e,
          "drops the settings of the network "
              + renaming.shownOld()
              + ": those of "
              + renaming.shown()
              + " count");
      return true;
    }
    return false;
  }

  private static boolean connects(XmlElement e, String network) {
    return e.localName().equals("Connection")
        && e.namespace().startsWith(Dialect.CIM)
        && e.text().strip().equals(network);
  }

  /** Keeps one connection of an adapter that would have the same twice. */
  private void connections(XmlElement adapter, Renaming renaming, TreePatch patch) {
    boolean there = adapter.elements().anyMatch(c -> connects(c, renaming.name()));
    for (XmlElement c : adapter.childElements()) {
      if (connects(c, renaming.old())) {
        if (there) {
          patch.remove(c);
          work.removed(
              c,
              "removes the connection to "
                  + renaming.shownOld()
                  + ": the adapter has one to "
                  + renaming.shown());
        }
        there = true;
      }
    }
  }

  private static boolean configures(XmlElement e, String network) {
    return Dialect.vcloud(e.namespace())
        && e.localName().equals("NetworkConfig")
        && e.attribute("", "networkName").filter(network::equals).isPresent();
  }

  /** Connections of other devices are no networks: XenCenter has them on disks. */
  private boolean isAdapter(XmlElement e) {
    Dialect dialect = work.dialect();
    if (dialect.is(e, "EthernetPortItem")) {
      return true;
    }
    Integer type = Texts.number(Dialect.cimText(e, "ResourceType"));
    return dialect.is(e, "Item") && type != null && NetworkEdits.ADAPTERS.contains(type);
  }

  private void vcloud(XmlElement e, Renaming renaming, TreePatch patch) {
    boolean named =
        Set.of("NetworkConfig", "NetworkConnection", "ParentNetwork").contains(e.localName());
    for (XmlAttribute a : e.attributes()) {
      boolean holds = Set.of("networkName", "network", "name").contains(a.name().localName());
      if (named && holds && a.value().equals(renaming.old())) {
        patch.attribute(e, a.name(), renaming.name());
        work.changed(e, "names the network " + renaming.shown());
      }
    }
  }

  private void property(XmlElement e, Renaming renaming, TreePatch patch) {
    for (XmlAttribute a : e.attributes()) {
      String local = a.name().localName();
      String value = a.value();
      String now = value;
      if (local.equals("type") && value.equals("ip:" + renaming.old())) {
        now = "ip:" + renaming.name();
      } else if (local.equals("qualifiers")) {
        now = qualifiers(value, renaming.old(), renaming.name());
      }
      if (!now.equals(value)) {
        patch.attribute(e, a.name(), now);
        work.changed(e, "takes its address from " + renaming.shown());
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
