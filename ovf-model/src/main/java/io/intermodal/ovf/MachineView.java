package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Works out the machines of one configuration. */
final class MachineView {

  private static final Set<Integer> CONTROLLERS = Set.of(5, 6, 7, 8, 20, 23);
  private static final int FLOPPY = 14;
  private static final int TPM = 34;
  private static final Set<Integer> REMOVABLE = Set.of(FLOPPY, 15, 16);

  private final Envelope envelope;
  private final Dialect dialect;
  private final @Nullable String configuration;
  private final List<String> families;
  private final GivenValues given;
  private final PropertyRoom room = new PropertyRoom();

  MachineView(
      Envelope envelope,
      Dialect dialect,
      @Nullable String configuration,
      List<String> families,
      GivenValues given) {
    this.envelope = envelope;
    this.dialect = dialect;
    this.configuration = configuration;
    this.families = families;
    this.given = given;
  }

  List<Machine> machines() {
    List<Machine> machines = new ArrayList<>();
    List<ProductProperty> shared = new ArrayList<>();
    envelope.sections().forEach(s -> addProperties(s, shared));
    collect(envelope.contents(), List.of(), shared, machines);
    return List.copyOf(machines);
  }

  private void collect(
      List<Content> contents,
      List<String> path,
      List<ProductProperty> outer,
      List<Machine> machines) {
    for (Content content : contents) {
      List<ProductProperty> properties = new ArrayList<>();
      content.sections().forEach(s -> addProperties(s, properties));
      properties.addAll(outer);
      room.takeProperties(properties.size());
      if (content instanceof Content.VirtualSystemCollection group) {
        List<String> inner = new ArrayList<>(path);
        if (group.id() != null) {
          inner.add(group.id());
        }
        collect(group.members(), inner, properties, machines);
      } else if (content instanceof Content.VirtualSystem system) {
        machines.add(
            machine(system, path, new PropertyScope(properties, configuration, given, room)));
      }
    }
  }

  private static void addProperties(Section section, List<ProductProperty> to) {
    if (section instanceof Section.Product product) {
      to.addAll(product.properties());
    }
  }

  private Machine machine(Content.VirtualSystem system, List<String> path, PropertyScope scope) {
    Section.VirtualHardware hardware = HardwareChoice.of(system, families);
    EffectiveItems effective =
        new EffectiveItems(hardware == null ? List.of() : hardware.items(), configuration);
    List<Item> items = effective.items();
    String name = system.name();
    if (name == null && hardware != null) {
      name = hardware.virtualSystemIdentifier();
    }
    List<Machine.Controller> controllers = controllers(items);
    return new Machine(
        system.id(),
        name,
        path,
        cpus(items),
        coresPerSocket(items),
        memory(items),
        hardware == null ? null : FirmwarePlaces.find(system, hardware, configuration),
        guestOs(system),
        hardware == null ? List.of() : hardware.virtualSystemTypes(),
        hardware == null ? List.of() : hardware.transports(),
        disks(items, controllers, scope),
        nics(items),
        controllers,
        drives(items),
        scope.effective(),
        hardware == null ? null : FirmwarePlaces.secureBoot(system, hardware, configuration),
        hardware == null ? null : FirmwarePlaces.nvram(hardware, envelope, configuration),
        items.stream().anyMatch(i -> i.isType(TPM)) || VirtualBoxSettings.tpm(system),
        BootOrders.of(system),
        items,
        effective.ranges(),
        system,
        hardware);
  }

  private static List<Machine.Drive> drives(List<Item> items) {
    return items.stream()
        .filter(item -> typeIn(item, REMOVABLE))
        .map(item -> item.isType(FLOPPY) ? Machine.Drive.FLOPPY : Machine.Drive.OPTICAL)
        .toList();
  }

  private static boolean typeIn(Item item, Set<Integer> types) {
    return item.resourceType() != null && types.contains(item.resourceType());
  }

  private static @Nullable Integer cpus(List<Item> items) {
    BigInteger sum = sum(items, 3, MachineView::processors);
    return sum == null || sum.bitLength() > 31 || sum.signum() == 0 ? null : sum.intValue();
  }

  private static @Nullable BigInteger processors(Item item) {
    if (item.virtualQuantity() != null) {
      return item.virtualQuantity();
    }
    Integer sockets = Texts.number(Dialect.cimText(item.element(), "num_of_sockets"));
    Integer cores = Texts.number(Dialect.cimText(item.element(), "cpu_per_socket"));
    Integer threads = Texts.number(Dialect.cimText(item.element(), "threads_per_cpu"));
    if (sockets == null || cores == null) {
      return null;
    }
    return BigInteger.valueOf((long) sockets * cores)
        .multiply(BigInteger.valueOf(threads == null ? 1 : threads));
  }

  private static @Nullable Integer coresPerSocket(List<Item> items) {
    for (Item item : items) {
      if (item.isType(3)) {
        XmlElement vmware = item.element().element(Dialect.VMW, "CoresPerSocket").orElse(null);
        Integer cores =
            Texts.number(
                vmware != null ? vmware.text() : Dialect.cimText(item.element(), "cpu_per_socket"));
        if (cores != null && cores > 0) {
          return cores;
        }
      }
    }
    return null;
  }

  private static @Nullable Long memory(List<Item> items) {
    BigInteger sum =
        sum(
            items,
            4,
            i -> {
              BigInteger quantity = i.virtualQuantity();
              Long bytes =
                  quantity == null ? null : Capacities.bytes(quantity, i.allocationUnits());
              return bytes == null ? null : BigInteger.valueOf(bytes);
            });
    return sum == null || sum.bitLength() >= Long.SIZE || sum.signum() == 0
        ? null
        : sum.longValue();
  }

  /** Adds up one type of resource; null when there is none or one of them is not known. */
  private static @Nullable BigInteger sum(
      List<Item> items, int type, Function<Item, @Nullable BigInteger> quantity) {
    BigInteger sum = null;
    for (Item item : items) {
      if (item.isType(type)) {
        BigInteger part = quantity.apply(item);
        if (part == null) {
          return null;
        }
        sum = sum == null ? part : sum.add(part);
      }
    }
    return sum;
  }

  private static @Nullable GuestOs guestOs(Content.VirtualSystem system) {
    GuestOs stated =
        system
            .sections(Section.OperatingSystem.class)
            .findFirst()
            .map(Section.OperatingSystem::guestOs)
            .orElse(null);
    XmlElement vbox = system.element().element(Dialect.VBOX, "Machine").orElse(null);
    String type = vbox == null ? null : vbox.attribute("", "OSType").orElse(null);
    if (type == null || type.isBlank() || (stated != null && stated.vendorType() != null)) {
      return stated;
    }
    return stated == null
        ? new GuestOs(null, null, null, type)
        : new GuestOs(stated.id(), stated.version(), stated.description(), type);
  }

  private static List<Machine.Controller> controllers(List<Item> items) {
    List<Machine.Controller> controllers = new ArrayList<>();
    for (Item item : items) {
      Integer type = item.resourceType();
      if (type != null && CONTROLLERS.contains(type)) {
        controllers.add(
            new Machine.Controller(
                item.instanceId(),
                type,
                item.resourceSubType(),
                Buses.ofController(type, item.resourceSubType()),
                Texts.number(item.address()),
                item));
      }
    }
    return controllers;
  }

  private List<Machine.AttachedDisk> disks(
      List<Item> items, List<Machine.Controller> controllers, PropertyScope scope) {
    Map<String, Machine.Controller> controllersById = new HashMap<>();
    for (Machine.Controller controller : controllers) {
      if (controller.instanceId() != null) {
        controllersById.putIfAbsent(controller.instanceId(), controller);
      }
    }
    List<Machine.AttachedDisk> disks = new ArrayList<>();
    for (Item item : items) {
      Disk disk = HostResources.disk(item, envelope);
      if (item.isType(17) || (disk != null && storage(item))) {
        Machine.Controller controller =
            item.parent() == null ? null : controllersById.get(item.parent());
        String bus = controller == null ? null : controller.bus();
        if (bus == null && disk != null) {
          bus = Buses.ofDisk(dialect.filled(disk.element(), "disk-interface"));
        }
        disks.add(
            new Machine.AttachedDisk(
                disk == null ? null : disk.id(),
                disk == null ? null : Capacities.of(disk, scope),
                bus,
                controller == null ? null : controller.instanceId(),
                Texts.number(item.addressOnParent()),
                item));
      }
    }
    return disks;
  }

  /** A storage extent is a disk where XenCenter writes it, and no device elsewhere. */
  private static boolean storage(Item item) {
    return typeIn(item, Set.of(19, 31, 32))
        || (item.kind() == Item.Kind.STORAGE && item.resourceType() == null);
  }

  private static List<Machine.Nic> nics(List<Item> items) {
    List<Machine.Nic> nics = new ArrayList<>();
    for (Item item : items) {
      if (item.kind() == Item.Kind.ETHERNET_PORT || typeIn(item, Set.of(10, 11))) {
        nics.add(
            new Machine.Nic(
                item.resourceSubType(),
                item.connections().isEmpty() ? null : item.connections().get(0),
                mac(item),
                item));
      }
    }
    return nics;
  }

  /** oVirt has an element of its own for the address that others write as Address. */
  private static @Nullable String mac(Item item) {
    String own = Dialect.cimText(item.element(), "MACAddress");
    String address = own != null ? own : item.address();
    if (address == null) {
      return null;
    }
    return Machine.plainMac(address);
  }
}
