package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports what is wrong with the places of devices: controllers and units on them. */
final class AddressChecks {

  private static final Set<Integer> ON_CONTROLLERS = Set.of(14, 15, 16, 17, 19, 31, 32);
  private static final int SCSI_OWN_UNIT = 7;

  private final Dialect dialect;
  private final Findings findings;

  AddressChecks(Dialect dialect, Findings findings) {
    this.dialect = dialect;
    this.findings = findings;
  }

  void check(List<Item> items) {
    Map<String, Item> byId = new HashMap<>();
    for (Item item : items) {
      if (item.instanceId() != null) {
        byId.putIfAbsent(item.instanceId(), item);
      }
    }
    Map<String, String> taken = new HashMap<>();
    Map<String, Boolean> walked = new HashMap<>();
    for (Item item : items) {
      if (item.parent() == null) {
        continue;
      }
      if (!byId.containsKey(item.parent())) {
        findings.add(
            FindingCode.PARENT_UNKNOWN,
            item.element(),
            "there is no device " + Texts.shorten(item.parent()) + " that could be the parent");
      } else {
        cycle(item, byId, walked);
        if (item.bound() == Item.Bound.NORMAL && item.addressOnParent() != null) {
          unit(item, item.addressOnParent(), byId.get(item.parent()), taken);
        }
      }
    }
  }

  /** Walks up from a device; each device is walked over once, whoever starts below it. */
  private void cycle(Item start, Map<String, Item> byId, Map<String, Boolean> walked) {
    Set<String> path = new HashSet<>();
    Item at = start;
    while (at != null && at.instanceId() != null && walked.get(at.instanceId()) == null) {
      if (!path.add(at.instanceId())) {
        findings.add(
            FindingCode.PARENT_CYCLE,
            start.element(),
            "the device is its own parent, by way of " + Texts.shorten(at.instanceId()));
        break;
      }
      at = at.parent() == null ? null : byId.get(at.parent());
    }
    path.forEach(id -> walked.put(id, true));
  }

  private void unit(Item item, String text, @Nullable Item parent, Map<String, String> taken) {
    if (item.resourceType() == null || !ON_CONTROLLERS.contains(item.resourceType())) {
      return;
    }
    Integer unit = Texts.number(text);
    if (unit == null) {
      if (!dialect.ovirt()) {
        findings.add(
            FindingCode.ADDRESS_INVALID,
            item.element(),
            "the AddressOnParent is not a number: " + Texts.shorten(text));
      }
      return;
    }
    String why = parent == null ? null : unfit(unit, parent);
    if (why != null) {
      findings.add(FindingCode.ADDRESS_INVALID, item.element(), why);
    }
    List<String> levels = item.configurations().isEmpty() ? List.of("") : item.configurations();
    for (String level : levels) {
      String id = String.valueOf(item.instanceId());
      String before = taken.putIfAbsent(item.parent() + "\n" + unit + "\n" + level, id);
      if (before != null && !before.equals(id)) {
        findings.add(
            FindingCode.ADDRESS_TAKEN,
            item.element(),
            "the unit "
                + unit
                + " of the controller "
                + Texts.shorten(String.valueOf(item.parent()))
                + " is taken by the device "
                + Texts.shorten(before));
        return;
      }
    }
  }

  private static @Nullable String unfit(int unit, Item parent) {
    Integer type = parent.resourceType();
    String bus = type == null ? null : Buses.ofController(type, parent.resourceSubType());
    if ("scsi".equals(bus) && unit == SCSI_OWN_UNIT) {
      return "the unit 7 is the SCSI controller's own";
    }
    int most = "scsi".equals(bus) ? 15 : "ide".equals(bus) ? 1 : "sata".equals(bus) ? 29 : -1;
    return most >= 0 && unit > most
        ? "the unit " + unit + " is above " + most + ", the last one of the controller"
        : null;
  }
}
