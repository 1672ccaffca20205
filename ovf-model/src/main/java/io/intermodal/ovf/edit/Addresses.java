package io.intermodal.ovf.edit;

import io.intermodal.ovf.Item;
import io.intermodal.ovf.Section;
import io.intermodal.ovf.internal.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds free addresses on the controllers of one hardware section. */
final class Addresses {

  private static final int IDE = 5;
  private static final int SCSI = 6;
  private static final int DISK_DRIVE = 17;
  private static final int OTHER_STORAGE = 20;

  /** The address of the controller itself on a SCSI bus. */
  private static final int SCSI_OWN_UNIT = 7;

  private final Section.VirtualHardware hardware;
  private final List<Item> controllers = new ArrayList<>();
  private final Map<String, Set<Integer>> taken = new HashMap<>();
  private final Set<String> withDisks = new HashSet<>();

  Addresses(Section.VirtualHardware hardware) {
    this.hardware = hardware;
    Set<String> ids = new HashSet<>();
    Map<String, Integer> reached = new HashMap<>();
    for (Item item : hardware.items()) {
      if (item.bound() != Item.Bound.NORMAL) {
        continue;
      }
      Integer type = item.resourceType();
      boolean storage = type != null && (type == IDE || type == SCSI || type == OTHER_STORAGE);
      String id = item.instanceId();
      // What only some options have is no place for a disk that all have.
      if (storage && id != null && item.configurations().isEmpty() && ids.add(id)) {
        controllers.add(item);
      }
      Integer unit = Texts.number(item.addressOnParent());
      String parent = item.parent();
      if (parent == null) {
        continue;
      }
      Set<Integer> units = taken.computeIfAbsent(parent, p -> new HashSet<>());
      if (unit == null) {
        // A device without an address takes the next one that is free.
        unit = next(units, -1, reached.getOrDefault(parent, 0));
        reached.put(parent, unit);
      }
      units.add(unit);
      if (type != null && type == DISK_DRIVE) {
        withDisks.add(parent);
      }
    }
  }

  /**
   * Is a place for a disk.
   *
   * @param controller its InstanceID; null when a new controller is needed, of the type, sub type
   *     and bus number that follow
   */
  record Address(
      @Nullable String controller, int unit, int type, @Nullable String subtype, int busNumber) {}

  Address choose(String what, @Nullable String wanted) {
    if (wanted != null) {
      Item controller =
          controllers.stream()
              .filter(c -> wanted.equals(c.instanceId()))
              .findFirst()
              .orElseThrow(
                  () -> {
                    List<String> ids = new ArrayList<>();
                    controllers.forEach(c -> ids.add(String.valueOf(c.instanceId())));
                    return Rejections.unknown(what, "disk controller", wanted, ids);
                  });
      int unit = free(controller);
      if (unit < 0) {
        throw Rejections.rejected(what, "the controller " + wanted + " has no free address");
      }
      return new Address(wanted, unit, type(controller), null, 0);
    }
    return chooseAny();
  }

  /** Takes a controller that has disks already, else SCSI and SATA before IDE, else a new one. */
  private Address chooseAny() {
    Item best = null;
    int bestRank = Integer.MAX_VALUE;
    for (Item controller : controllers) {
      if (free(controller) >= 0 && rank(controller) < bestRank) {
        best = controller;
        bestRank = rank(controller);
      }
    }
    if (best != null) {
      return new Address(best.instanceId(), free(best), type(best), null, 0);
    }
    Item like = controllers.stream().filter(this::hasDisks).findFirst().orElse(null);
    boolean virtualBox =
        hardware.virtualSystemTypes().stream().anyMatch(t -> t.startsWith("virtualbox"));
    int type = like != null ? type(like) : virtualBox ? OTHER_STORAGE : SCSI;
    String subtype = like != null ? like.resourceSubType() : virtualBox ? "AHCI" : null;
    Set<Integer> buses = new HashSet<>();
    for (Item controller : controllers) {
      if (type(controller) == type) {
        Integer bus = Texts.number(controller.address());
        buses.add(bus == null ? next(buses, -1, 0) : bus);
      }
    }
    return new Address(null, 0, type, subtype, next(buses, -1, 0));
  }

  private int rank(Item controller) {
    int kind = type(controller) == IDE ? 2 : 1;
    return hasDisks(controller) ? kind : kind + 2;
  }

  private boolean hasDisks(Item controller) {
    return withDisks.contains(String.valueOf(controller.instanceId()));
  }

  private static int type(Item controller) {
    return controller.resourceType() == null ? 0 : controller.resourceType();
  }

  /** Returns the first free address; -1 when all are taken. */
  private int free(Item controller) {
    Set<Integer> units = taken.getOrDefault(String.valueOf(controller.instanceId()), Set.of());
    int type = type(controller);
    int unit = next(units, type == SCSI ? SCSI_OWN_UNIT : -1, 0);
    return unit <= most(type, controller.resourceSubType()) ? unit : -1;
  }

  /** VMware's limits, which are the narrowest. */
  private static int most(int type, @Nullable String subtype) {
    String model = subtype == null ? "" : subtype.toLowerCase(Locale.ROOT);
    return switch (type) {
      case IDE -> 1;
      case SCSI -> 15;
      default -> model.contains("nvme") ? 14 : model.contains("scsi") ? 15 : 29;
    };
  }

  private static int next(Set<Integer> taken, int never, int from) {
    int number = from;
    while (taken.contains(number) || number == never) {
      number++;
    }
    return number;
  }
}
