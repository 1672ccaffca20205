package io.intermodal.ovf.edit;

import io.intermodal.ovf.Content;
import io.intermodal.ovf.Item;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.xml.XmlElement;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets how much of processors and memory a machine has, for all options or for one. */
final class QuantityEdits {

  private final Work work;

  QuantityEdits(Work work) {
    this.work = work;
  }

  void memory(long bytes, @Nullable String option) {
    String what = "set the memory";
    if (bytes < 1) {
      throw Rejections.rejected(what, "it must be positive and is " + bytes);
    }
    set(Amount.memory(what, bytes), option);
  }

  void cpus(int cpus, @Nullable String option) {
    String what = "set the processors";
    if (cpus < 1) {
      throw Rejections.rejected(what, "there must be at least one");
    }
    set(Amount.processors(what, cpus), option);
  }

  private void set(Amount amount, @Nullable String option) {
    if (option != null) {
      work.requireOption(amount.what(), option);
    }
    TreePatch patch = work.patch();
    boolean machineMeant =
        option == null
            || work.envelope().defaultDeploymentOption().filter(option::equals).isPresent();
    work.hardware(amount.what());
    for (Content.VirtualSystem system : work.machines(amount.what())) {
      for (Section.VirtualHardware hardware :
          system.sections(Section.VirtualHardware.class).toList()) {
        if (option == null) {
          setForAll(hardware, amount, patch);
        } else {
          setForOption(hardware, amount, option, patch);
        }
      }
      if (machineMeant) {
        settings(system, amount, patch);
      }
    }
    work.apply(patch);
  }

  private void settings(Content.VirtualSystem system, Amount amount, TreePatch patch) {
    if (VirtualBoxSettings.machine(system).isEmpty()) {
      return;
    }
    VirtualBoxSettings settings = new VirtualBoxSettings(work, patch);
    if (amount.isMemory()) {
      settings.memory(system, amount.number().longValueExact());
    } else {
      settings.cpus(system, amount.number().intValueExact());
    }
  }

  static List<Item> normal(Section.VirtualHardware hardware, int type) {
    return hardware.items().stream()
        .filter(i -> i.bound() == Item.Bound.NORMAL && Objects.equals(i.resourceType(), type))
        .toList();
  }

  private void setForAll(Section.VirtualHardware hardware, Amount amount, TreePatch patch) {
    List<Item> items = normal(hardware, amount.type());
    if (items.isEmpty()) {
      add(hardware, amount, null, patch);
      return;
    }
    Item common = items.stream().filter(i -> i.configurations().isEmpty()).findFirst().orElse(null);
    Set<String> seen = new HashSet<>();
    for (Item item : items) {
      boolean first = TreePlaces.same(item, common);
      boolean overrides =
          common == null
              || (item.instanceId() != null && item.instanceId().equals(common.instanceId()));
      List<String> unseen = item.configurations().stream().filter(c -> !seen.contains(c)).toList();
      if (first) {
        write(item, amount, patch);
      } else if (overrides && !unseen.isEmpty()) {
        narrow(item, unseen, patch);
        write(item, amount, patch);
      } else {
        patch.remove(item.element());
        work.removed(item.element(), "drops a second item that would add to the amount");
      }
      seen.addAll(item.configurations());
    }
    ranges(hardware, amount);
  }

  private void setForOption(
      Section.VirtualHardware hardware, Amount amount, String option, TreePatch patch) {
    List<Item> items = normal(hardware, amount.type());
    List<Item> commons = items.stream().filter(i -> i.configurations().isEmpty()).toList();
    List<Item> own = items.stream().filter(i -> i.configurations().contains(option)).toList();
    Set<String> replaced = new HashSet<>();
    own.forEach(i -> replaced.add(String.valueOf(i.instanceId())));
    List<Item> adding =
        commons.stream().filter(i -> !replaced.contains(String.valueOf(i.instanceId()))).toList();
    if (adding.size() > 1 || (!adding.isEmpty() && !own.isEmpty())) {
      throw Rejections.rejected(
          amount.what(),
          "in option " + option + " it is the sum of several items; set it for all options first");
    }
    if (!own.isEmpty()) {
      overwrite(own, amount, option, patch);
    } else if (!adding.isEmpty()) {
      copy(adding.get(0), amount, option, patch);
    } else {
      add(hardware, amount, option, patch);
    }
    ranges(hardware, amount);
  }

  private void overwrite(List<Item> own, Amount amount, String option, TreePatch patch) {
    for (int i = 0; i < own.size(); i++) {
      Item item = own.get(i);
      List<String> others = item.configurations().stream().filter(c -> !c.equals(option)).toList();
      if (i > 0 && others.isEmpty()) {
        patch.remove(item.element());
        work.removed(item.element(), "drops a second item that would add to the amount");
      } else if (i > 0) {
        narrow(item, others, patch);
      } else if (others.isEmpty()) {
        write(item, amount, patch);
      } else if (!same(item, amount)) {
        narrow(item, others, patch);
        copy(item, amount, option, patch);
      }
    }
  }

  private boolean same(Item item, Amount amount) {
    return amount.in(item).entrySet().stream()
        .allMatch(e -> e.getValue().equals(Dialect.cimText(item.element(), e.getKey())));
  }

  private void narrow(Item item, List<String> options, TreePatch patch) {
    if (!options.equals(item.configurations())) {
      String text = String.join(" ", options);
      patch.attribute(item.element(), work.attribute(item.element(), "configuration"), text);
      work.changed(item.element(), "is for the options " + text + " only");
    }
  }

  private void write(Item item, Amount amount, TreePatch patch) {
    Placing placing = new Placing(work);
    boolean changed = false;
    for (Map.Entry<String, String> value : amount.in(item).entrySet()) {
      changed |= placing.setCim(patch, item.element(), value.getKey(), value.getValue());
    }
    if (changed) {
      label(item, amount, patch);
      work.changed(
          item.element(), "sets " + amount.insteadOf(item) + forOptions(item.configurations()));
    }
  }

  private static String forOptions(List<String> options) {
    return options.isEmpty() ? "" : " in " + String.join(", ", options);
  }

  /** Puts an item for one option beside the common one, whose InstanceID it has: it replaces it. */
  private void copy(Item of, Amount amount, String option, TreePatch patch) {
    TreePatch own = work.patch();
    Placing placing = new Placing(work);
    amount.in(of).forEach((name, value) -> placing.setCim(own, of.element(), name, value));
    label(of, amount, own);
    own.attribute(of.element(), work.attribute(of.element(), "configuration"), option);
    patch.after(of.element(), own.apply(of.element()));
    work.added(
        of.element(),
        "adds an item that sets " + amount.insteadOf(of) + " in the option " + option);
  }

  private void add(
      Section.VirtualHardware hardware, Amount amount, @Nullable String option, TreePatch patch) {
    NewItem item = new NewItem(work, hardware, patch);
    String id = item.add(amount.type(), amount.label(), amount.anew(), option);
    work.added(
        hardware.header().element(),
        "adds an item for " + amount.words() + " with InstanceID " + id);
  }

  /** Keeps a label true that begins with the number: "2 virtual CPUs". */
  private void label(Item item, Amount amount, TreePatch patch) {
    Map<String, String> values = amount.in(item);
    String old = Dialect.cimText(item.element(), "VirtualQuantity");
    String now = values.get("VirtualQuantity");
    if (old == null || now == null || values.containsKey("AllocationUnits")) {
      return;
    }
    for (String name : List.of("Caption", "Description", "ElementName")) {
      for (XmlElement e : Dialect.cim(item.element(), name).toList()) {
        String text = e.text();
        String rest = text.startsWith(old) ? text.substring(old.length()) : "";
        if (!rest.isEmpty() && !Character.isDigit(rest.charAt(0)) && rest.charAt(0) != '.') {
          patch.text(e, now + rest);
        }
      }
    }
  }

  private void ranges(Section.VirtualHardware hardware, Amount amount) {
    for (Item item : hardware.items()) {
      if (item.bound() == Item.Bound.NORMAL
          || !Objects.equals(item.resourceType(), amount.type())
          || item.virtualQuantity() == null) {
        continue;
      }
      BigInteger bound = amount.stated(item);
      if (bound != null
          && amount.number().compareTo(bound) * (item.bound() == Item.Bound.MIN ? 1 : -1) < 0) {
        work.noted(item.element(), "the range marker does not allow " + amount.words());
      }
    }
  }
}
