package io.intermodal.ovf;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Picks the items of one configuration and the ranges that are stated for them. */
final class EffectiveItems {

  private final @Nullable String configuration;
  private final List<Item> items;
  private final List<ResourceRange> ranges;

  EffectiveItems(List<Item> all, @Nullable String configuration) {
    this.configuration = configuration;
    items = effective(all, Item.Bound.NORMAL);
    ranges = ranges(effective(all, Item.Bound.MIN), effective(all, Item.Bound.MAX));
  }

  List<Item> items() {
    return items;
  }

  List<ResourceRange> ranges() {
    return ranges;
  }

  /** Leaves out what is for other options; an option's item replaces the common one. */
  private List<Item> effective(List<Item> all, Item.Bound bound) {
    Set<String> replaced = new HashSet<>();
    for (Item item : all) {
      String id = item.instanceId();
      if (id != null && item.bound() == bound && chosen(item)) {
        replaced.add(id);
      }
    }
    List<Item> kept = new ArrayList<>();
    for (Item item : all) {
      String id = item.instanceId();
      boolean common =
          item.configurations().isEmpty() && (id == null || !replaced.contains(id));
      if (item.bound() == bound && (common || chosen(item))) {
        kept.add(item);
      }
    }
    return kept;
  }

  private boolean chosen(Item item) {
    return configuration != null && item.configurations().contains(configuration);
  }

  private List<ResourceRange> ranges(List<Item> least, List<Item> most) {
    Map<String, Item> min = byId(least);
    Map<String, Item> max = byId(most);
    List<ResourceRange> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Item item : items) {
      String id = item.instanceId();
      if (id != null && (min.containsKey(id) || max.containsKey(id)) && seen.add(id)) {
        found.add(
            new ResourceRange(
                id,
                item.resourceType(),
                quantity(min.get(id), item),
                quantity(item, item),
                quantity(max.get(id), item)));
      }
    }
    return List.copyOf(found);
  }

  private static Map<String, Item> byId(List<Item> markers) {
    Map<String, Item> byId = new HashMap<>();
    for (Item marker : markers) {
      if (marker.instanceId() != null) {
        byId.putIfAbsent(marker.instanceId(), marker);
      }
    }
    return byId;
  }

  /** A marker without a unit has the unit of its device. */
  private static @Nullable Long quantity(@Nullable Item marker, Item device) {
    BigInteger quantity = marker == null ? null : marker.virtualQuantity();
    if (marker == null || quantity == null) {
      return null;
    }
    if (device.isType(ResourceRange.MEMORY)) {
      String units = marker.allocationUnits();
      return Capacities.bytes(quantity, units == null ? device.allocationUnits() : units);
    }
    return quantity.bitLength() < Long.SIZE ? quantity.longValue() : null;
  }
}
