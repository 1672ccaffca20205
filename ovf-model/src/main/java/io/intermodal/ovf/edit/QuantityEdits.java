package io.intermodal.ovf.edit;

import io.intermodal.ovf.Content;
import io.intermodal.ovf.Item;
import io.intermodal.ovf.ProgrammaticUnit;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import io.intermodal.xml.XmlName;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets how much of processors and memory a machine has, for all options or for one. */
final class QuantityEdits {

  static final int PROCESSOR = 3;
  static final int MEMORY = 4;
  private static final String MIB = "byte * 2^20";

  private final Work work;

  QuantityEdits(Work work) {
    this.work = work;
  }

  void memory(long bytes, @Nullable String option) {
    String what = "set the memory";
    if (bytes < 1) {
      throw Rejections.rejected(what, "it must be positive and is " + bytes);
    }
    set(new Amount(MEMORY, what, BigInteger.valueOf(bytes), bytes + " bytes of memory"), option);
  }

  void cpus(int cpus, @Nullable String option) {
    String what = "set the processors";
    if (cpus < 1) {
      throw Rejections.rejected(what, "there must be at least one");
    }
    set(new Amount(PROCESSOR, what, BigInteger.valueOf(cpus), cpus + " processors"), option);
  }

  /** Holds an amount in bytes or pieces. */
  private record Amount(int type, String what, BigInteger number, String words) {}

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
    if (amount.type() == MEMORY) {
      settings.memory(system, amount.number().longValueExact());
    } else {
      settings.cpus(system, amount.number().intValueExact());
    }
  }

  private static List<Item> normal(Section.VirtualHardware hardware, int type) {
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
    return values(item, amount).entrySet().stream()
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
    for (Map.Entry<String, String> value : values(item, amount).entrySet()) {
      changed |= placing.setCim(patch, item.element(), value.getKey(), value.getValue());
    }
    if (changed) {
      label(item, amount, patch);
      work.changed(item.element(), "sets " + amount.words() + forOptions(item.configurations()));
    }
  }

  private static String forOptions(List<String> options) {
    return options.isEmpty() ? "" : " in " + String.join(", ", options);
  }

  /** Puts an item for one option beside the common one, whose InstanceID it has: it replaces it. */
  private void copy(Item of, Amount amount, String option, TreePatch patch) {
    TreePatch own = work.patch();
    Placing placing = new Placing(work);
    values(of, amount).forEach((name, value) -> placing.setCim(own, of.element(), name, value));
    label(of, amount, own);
    own.attribute(of.element(), work.attribute(of.element(), "configuration"), option);
    patch.after(of.element(), own.apply(of.element()));
    work.added(
        of.element(), "adds an item that sets " + amount.words() + " in the option " + option);
  }

  private void add(
      Section.VirtualHardware hardware, Amount amount, @Nullable String option, TreePatch patch) {
    NewItem item = new NewItem(work, hardware, patch);
    Map<String, String> fields = new LinkedHashMap<>();
    boolean memory = amount.type() == MEMORY;
    boolean whole = memory && amount.number().getLowestSetBit() >= 20;
    BigInteger number = whole ? amount.number().shiftRight(20) : amount.number();
    fields.put("AllocationUnits", memory ? (whole ? MIB : "byte") : "hertz * 10^6");
    fields.put("VirtualQuantity", number.toString());
    String name = memory ? (whole ? number + " MB of memory" : amount.words()) : amount.words();
    String id = item.add(amount.type(), name, fields, option);
    work.added(
        hardware.header().element(),
        "adds an item for " + amount.words() + " with InstanceID " + id);
  }

  /** Returns the texts that state an amount in the units and the form of an item. */
  private static Map<String, String> values(Item item, Amount amount) {
    Map<String, String> values = new LinkedHashMap<>();
    if (amount.type() == PROCESSOR) {
      sockets(item, amount.number().intValueExact(), values);
      return values;
    }
    String units = item.allocationUnits();
    ProgrammaticUnit unit =
        units == null
            ? ProgrammaticUnit.BYTE
            : ProgrammaticUnit.parse(units).filter(u -> u.base().equals("byte")).orElse(null);
    BigInteger[] parts =
        unit == null
            ? null
            : amount.number().multiply(unit.denominator()).divideAndRemainder(unit.numerator());
    if (parts != null && parts[1].signum() == 0) {
      values.put("VirtualQuantity", parts[0].toString());
    } else {
      boolean whole = amount.number().getLowestSetBit() >= 20;
      values.put("AllocationUnits", whole ? MIB : "byte");
      values.put(
          "VirtualQuantity", (whole ? amount.number().shiftRight(20) : amount.number()).toString());
    }
    return values;
  }

  /** oVirt states sockets, cores and threads; their layout is kept where the number allows it. */
  private static void sockets(Item item, int cpus, Map<String, String> values) {
    Integer sockets = Texts.number(Dialect.cimText(item.element(), "num_of_sockets"));
    if (sockets == null || item.virtualQuantity() != null) {
      values.put("VirtualQuantity", String.valueOf(cpus));
    }
    if (sockets == null) {
      return;
    }
    Integer cores = Texts.number(Dialect.cimText(item.element(), "cpu_per_socket"));
    Integer threads = Texts.number(Dialect.cimText(item.element(), "threads_per_cpu"));
    long each =
        (long) Math.max(1, cores == null ? 1 : cores) * Math.max(1, threads == null ? 1 : threads);
    boolean fits = cores != null && cpus % each == 0;
    values.put("num_of_sockets", String.valueOf(fits ? cpus / each : cpus));
    if (!fits) {
      values.put("cpu_per_socket", "1");
      if (threads != null) {
        values.put("threads_per_cpu", "1");
      }
    }
  }

  /** Keeps a label true that begins with the number: "2 virtual CPUs". */
  private void label(Item item, Amount amount, TreePatch patch) {
    Map<String, String> values = values(item, amount);
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
      BigInteger bound = inBase(item, amount.type());
      if (bound != null
          && amount.number().compareTo(bound) * (item.bound() == Item.Bound.MIN ? 1 : -1) < 0) {
        work.noted(item.element(), "the range marker does not allow " + amount.words());
      }
    }
  }

  private static @Nullable BigInteger inBase(Item item, int type) {
    BigInteger quantity = item.virtualQuantity();
    if (type == PROCESSOR || quantity == null) {
      return quantity;
    }
    String units = item.allocationUnits();
    ProgrammaticUnit unit =
        units == null ? ProgrammaticUnit.BYTE : ProgrammaticUnit.parse(units).orElse(null);
    return unit == null ? null : quantity.multiply(unit.numerator()).divide(unit.denominator());
  }

  void coresPerSocket(int cores) {
    String what = "set the cores per socket";
    if (cores < 1) {
      throw Rejections.rejected(what, "there must be at least one");
    }
    TreePatch patch = work.patch();
    List<Item> all = new ArrayList<>();
    for (Section.VirtualHardware hardware : work.hardware(what)) {
      all.addAll(normal(hardware, PROCESSOR));
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
