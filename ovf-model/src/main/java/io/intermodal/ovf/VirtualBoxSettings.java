package io.intermodal.ovf;

import io.intermodal.ovf.internal.Dialect;
import io.intermodal.ovf.internal.Texts;
import io.intermodal.xml.XmlElement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds what matters of {@code vbox:Machine}, the settings that VirtualBox writes beside the
 * standard items and believes before them. What is not stated is null.
 *
 * @param osType as {@code Ubuntu_64}
 * @param memoryBytes the memory in bytes
 * @param firmware the firmware; without a word VirtualBox means BIOS
 * @param tpm the model of the TPM, as {@code v2_0}; null for none
 * @param bootOrder what it boots from, in order
 * @param adapters enabled network adapters, by their slots
 */
public record VirtualBoxSettings(
    @Nullable String name,
    @Nullable String uuid,
    @Nullable String osType,
    @Nullable Integer cpus,
    @Nullable Long memoryBytes,
    @Nullable Firmware firmware,
    @Nullable String chipset,
    @Nullable String tpm,
    List<BootSource> bootOrder,
    List<Adapter> adapters) {

  /** Copies the lists. */
  public VirtualBoxSettings {
    bootOrder = List.copyOf(bootOrder);
    adapters = List.copyOf(adapters);
  }

  /**
   * Is an enabled network adapter.
   *
   * @param slot from 0
   * @param model as {@code 82540EM}
   * @param mac in lower case with colons
   */
  public record Adapter(@Nullable Integer slot, @Nullable String model, @Nullable String mac) {}

  /**
   * Is a difference between these settings and the items of OVF.
   *
   * @param what {@code cpus}, {@code memoryBytes}, {@code osType} or {@code nics}
   * @param ovf what the items say
   * @param virtualBox what {@code vbox:Machine} says
   */
  public record Contradiction(String what, String ovf, String virtualBox) {}

  /** Finds the settings of a system. */
  public static Optional<VirtualBoxSettings> of(Content.VirtualSystem system) {
    return system.element().element(Dialect.VBOX, "Machine").map(VirtualBoxSettings::read);
  }

  static boolean tpm(Content.VirtualSystem system) {
    return of(system).filter(s -> s.tpm() != null).isPresent();
  }

  private static VirtualBoxSettings read(XmlElement machine) {
    Optional<XmlElement> hardware = child(machine, "Hardware");
    Integer megabytes = number(in(hardware, "Memory"), "RAMSize");
    return new VirtualBoxSettings(
        attribute(machine, "name"),
        attribute(machine, "uuid"),
        attribute(machine, "OSType"),
        number(in(hardware, "CPU"), "count"),
        megabytes == null ? null : (long) megabytes << 20,
        FirmwarePlaces.virtualBox(machine),
        in(hardware, "Chipset").map(c -> attribute(c, "type")).orElse(null),
        in(hardware, "TrustedPlatformModule")
            .map(t -> attribute(t, "type"))
            .filter(t -> !t.equalsIgnoreCase("none"))
            .orElse(null),
        in(hardware, "Boot").map(VirtualBoxSettings::bootOrder).orElse(List.of()),
        in(hardware, "Network").stream()
            .flatMap(n -> children(n, "Adapter"))
            .filter(a -> Texts.isTrue(attribute(a, "enabled")))
            .map(VirtualBoxSettings::adapter)
            .toList());
  }

  private static List<BootSource> bootOrder(XmlElement boot) {
    record Place(int position, String device) {}
    return children(boot, "Order")
        .map(
            o ->
                new Place(
                    Objects.requireNonNullElse(Texts.number(attribute(o, "position")), 0),
                    Objects.requireNonNullElse(attribute(o, "device"), "None")))
        .filter(p -> !p.device().equalsIgnoreCase("none"))
        .sorted(Comparator.comparingInt(Place::position))
        .map(p -> new BootSource(BootSource.kind(p.device()), null, null, p.device()))
        .toList();
  }

  private static Adapter adapter(XmlElement e) {
    String mac = attribute(e, "MACAddress");
    return new Adapter(
        Texts.number(attribute(e, "slot")),
        attribute(e, "type"),
        mac == null ? null : Machine.plainMac(mac));
  }

  /** Returns where the settings say another thing than the items; VirtualBox takes the settings. */
  public List<Contradiction> contradictions(Machine machine) {
    List<Contradiction> list = new ArrayList<>();
    differ("cpus", machine.cpus(), cpus, list);
    differ("memoryBytes", machine.memoryBytes(), memoryBytes, list);
    GuestOs os = machine.guestOs();
    differ("osType", os == null ? null : os.vendorType(), osType, list);
    differ("nics", machine.nics().size(), adapters.isEmpty() ? null : adapters.size(), list);
    return List.copyOf(list);
  }

  private static void differ(
      String what, @Nullable Object ovf, @Nullable Object own, List<Contradiction> to) {
    if (ovf != null && own != null && !ovf.equals(own)) {
      to.add(new Contradiction(what, ovf.toString(), own.toString()));
    }
  }

  private static Optional<XmlElement> in(Optional<XmlElement> parent, String localName) {
    return parent.flatMap(p -> child(p, localName));
  }

  private static Optional<XmlElement> child(XmlElement e, String localName) {
    return children(e, localName).findFirst();
  }

  private static Stream<XmlElement> children(XmlElement e, String localName) {
    return e.elements().filter(c -> c.localName().equals(localName));
  }

  private static @Nullable Integer number(Optional<XmlElement> e, String attribute) {
    return e.map(x -> Texts.number(attribute(x, attribute))).orElse(null);
  }

  private static @Nullable String attribute(XmlElement e, String name) {
    return e.attribute("", name).map(Dialect::blankToNull).orElse(null);
  }
}
