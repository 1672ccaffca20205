package io.intermodal.ovf;

import io.intermodal.ovf.internal.Texts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports what is wrong with items of one InstanceID: doubles, options and range markers. */
final class BoundChecks {

  private final Findings findings;

  BoundChecks(Findings findings) {
    this.findings = findings;
  }

  void check(List<Item> items) {
    Map<String, List<Item>> byId = new HashMap<>();
    Map<String, Set<String>> taken = new HashMap<>();
    for (Item item : items) {
      String id = item.instanceId();
      if (id != null) {
        byId.computeIfAbsent(id, k -> new ArrayList<>()).add(item);
        if (item.bound() == Item.Bound.NORMAL) {
          doubles(item, id, taken.computeIfAbsent(id, k -> new HashSet<>()));
        }
      }
    }
    byId.values().forEach(this::bounds);
  }

  /**
   * Reports devices that one configuration would have both on the same level. The level of those
   * for all configurations is "", which is no id. Products take a double for an option, since one
   * of them replaces the common device anyway.
   */
  private void doubles(Item item, String id, Set<String> taken) {
    List<String> levels = item.configurations().isEmpty() ? List.of("") : item.configurations();
    String twice = levels.stream().filter(taken::contains).findFirst().orElse(null);
    taken.addAll(levels);
    if (twice != null && twice.isEmpty()) {
      findings.add(
          FindingCode.INSTANCE_ID_DUPLICATE,
          item.element(),
          "two devices have the InstanceID " + Texts.shorten(id));
    } else if (twice != null) {
      findings.add(
          FindingCode.CONFIGURATION_OVERLAP,
          item.element(),
          "two devices for the option "
              + Texts.shorten(twice)
              + " have the InstanceID "
              + Texts.shorten(id));
    }
  }

  private void bounds(List<Item> same) {
    List<Item> normal = marked(same, Item.Bound.NORMAL);
    List<Item> min = marked(same, Item.Bound.MIN);
    List<Item> max = marked(same, Item.Bound.MAX);
    for (List<Item> markers : List.of(min, max)) {
      if (!markers.isEmpty() && normal.isEmpty()) {
        findings.add(
            FindingCode.BOUND_INVALID,
            markers.get(0).element(),
            "the range marker has no device of its InstanceID");
      }
      if (markers.stream().filter(i -> i.configurations().isEmpty()).count() > 1) {
        findings.add(
            FindingCode.BOUND_INVALID,
            markers.get(1).element(),
            "there are two range markers of one kind for one device");
      }
    }
    Item least = only(min);
    Item most = only(max);
    Item value = only(normal);
    contradiction(least, most);
    contradiction(least, value);
    contradiction(value, most);
  }

  private static List<Item> marked(List<Item> items, Item.Bound bound) {
    return items.stream().filter(i -> i.bound() == bound).toList();
  }

  private static @Nullable Item only(List<Item> items) {
    return items.size() == 1 ? items.get(0) : null;
  }

  private void contradiction(@Nullable Item lower, @Nullable Item upper) {
    BigInteger low = lower == null ? null : lower.virtualQuantity();
    BigInteger high = upper == null ? null : upper.virtualQuantity();
    if (lower != null
        && upper != null
        && low != null
        && high != null
        && Objects.equals(lower.allocationUnits(), upper.allocationUnits())
        && low.compareTo(high) > 0) {
      findings.add(
          FindingCode.BOUND_CONTRADICTS,
          upper.element(),
          "the range of the device goes from "
              + Texts.shorten(low.toString())
              + " to "
              + Texts.shorten(high.toString()));
    }
  }
}
