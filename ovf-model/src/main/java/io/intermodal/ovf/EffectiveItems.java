package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Picks the items of one configuration and the ranges that are stated for them. */
final class EffectiveItems {

  private static final int MEMORY = 4;

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
      boolean common = item.configurations().isEmpty() && (id == null || !replaced.contains(id));
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
        for (ResourceRange.Property property : ResourceRange.Property.values()) {
          Long from = amount(min.get(id), item, property, true);
          Long to = amount(max.get(id), item, property, true);
          if (from != null || to != null) {
            found.add(
                new ResourceRange(
                    id,
                    item.resourceType(),
                    property,
                    from,
                    amount(item, item, property, false),
                    to));
          }
        }
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
  private static @Nullable Long amount(
      @Nullable Item item, Item device, ResourceRange.Property property, boolean marker) {
    if (item == null) {
      return null;
    }
    boolean memory = device.isType(MEMORY);
    BigInteger stated =
        switch (property) {
          case QUANTITY ->
              marker && memory && item.virtualQuantity() == null
                  ? number(item, "Reservation")
                  : item.virtualQuantity();
          case RESERVATION ->
              marker && memory && item.virtualQuantity() == null
                  ? null
                  : number(item, "Reservation");
          case LIMIT -> number(item, "Limit");
        };
    if (stated == null) {
      return null;
    }
    if (property == ResourceRange.Property.QUANTITY && !memory) {
      return stated.bitLength() < Long.SIZE ? stated.longValue() : null;
    }
    String units =
        item.allocationUnits() == null ? device.allocationUnits() : item.allocationUnits();
    Optional<ProgrammaticUnit> unit =
        units == null ? Optional.of(ProgrammaticUnit.BYTE) : ProgrammaticUnit.parse(units);
    OptionalLong base = unit.isEmpty() ? OptionalLong.empty() : unit.get().inBase(stated);
    return base.isPresent() ? base.getAsLong() : null;
  }

  private static @Nullable BigInteger number(Item item, String name) {
    String text = Dialect.cimText(item.element(), name);
    return text != null && text.matches("[0-9]{1,40}") ? new BigInteger(text) : null;
  }
}
