package io.intermodal.descriptor;

import io.intermodal.IntermodalException;
import io.intermodal.convert.Loss;
import io.intermodal.convert.Loss.Severity;
import io.intermodal.hypervisor.Extra;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.xml.XmlElement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the extras of a machine that came from libvirt, as far as the target may have them. What it
 * may not have is told, once for each kind of element.
 */
final class DomainSettings {

  /** What says how the guest's machine looks, and opens nothing on the host. */
  private static final Set<String> PORTABLE =
      Set.of(
          "features",
          "pm",
          "devices/controller",
          "devices/input",
          "devices/sound",
          "devices/watchdog",
          "devices/memballoon",
          "devices/video");

  /** What holds for the machine, whoever runs it. */
  private static final Set<String> COMMON =
      Set.of(
          "title",
          "description",
          "genid",
          "clock",
          "on_poweroff",
          "on_reboot",
          "on_crash",
          "memory",
          "vcpu",
          "os");

  /** What no other domain misses: the writer makes these anew, or libvirt does. */
  private static final Set<String> MADE_ANEW =
      Set.of(
          "cpu",
          "features",
          "pm",
          "resource",
          "seclabel",
          "bootloader",
          "devices/emulator",
          "devices/controller",
          "devices/input",
          "devices/serial",
          "devices/console",
          "devices/channel",
          "devices/memballoon",
          "devices/rng",
          "devices/audio",
          "devices/video");

  /** What a guest or its owner may well miss. */
  private static final Set<String> MISSED =
      Set.of(
          "devices/hostdev",
          "devices/filesystem",
          "devices/tpm",
          "devices/redirdev",
          "devices/smartcard",
          "devices/shmem",
          "devices/vsock",
          "devices/panic",
          "launchSecurity",
          "cputune",
          "sysinfo");

  private static final Set<String> PORTABLE_IN_DISK =
      Set.of(
          "serial",
          "wwn",
          "vendor",
          "product",
          "address",
          "target",
          "geometry",
          "blockio",
          "driver");
  private static final Set<String> PORTABLE_IN_NIC =
      Set.of("mtu", "link", "bandwidth", "address", "model", "mac");
  private static final Set<String> REPLACED_IN_DEVICE =
      Set.of(
          "source",
          "driver",
          "target",
          "address",
          "alias",
          "backingStore",
          "readonly",
          "model",
          "mac",
          "shareable",
          "rom");

  private final Map<String, XmlElement> elements = new LinkedHashMap<>();
  private final List<Extra> others = new ArrayList<>();
  private final boolean exact;
  private final boolean sameKind;

  private DomainSettings(boolean sameKind, boolean exact) {
    this.sameKind = sameKind;
    this.exact = exact;
  }

  static DomainSettings of(MachineSpec machine, DomainTarget target, List<Loss> losses) {
    String kind = null;
    for (Extra extra : machine.extras()) {
      if (isOurs(extra) && extra.name().equals(DomainExtras.KIND)) {
        kind = extra.value();
      }
    }
    boolean sameKind =
        kind != null && DomainKind.ofId(kind).filter(target.kind()::sharesSettingsWith).isPresent();
    DomainSettings settings = new DomainSettings(sameKind, sameKind && target.keepsAll());
    Map<String, Integer> dropped = new TreeMap<>();
    for (Extra extra : machine.extras()) {
      if (!isOurs(extra)) {
        settings.others.add(extra);
      } else if (!extra.name().equals(DomainExtras.KIND)) {
        settings.take(extra, dropped, losses);
      }
    }
    dropped.forEach((name, number) -> losses.add(dropped(name, number)));
    return settings;
  }

  private static boolean isOurs(Extra extra) {
    return extra.namespace().equals(LibvirtFormat.ID);
  }

  private void take(Extra extra, Map<String, Integer> dropped, List<Loss> losses) {
    XmlElement element = parsed(extra, losses);
    if (element == null) {
      return;
    }
    String name = extra.name();
    if (exact) {
      elements.put(name, element);
    } else if (name.startsWith(DomainExtras.DISK) || name.startsWith(DomainExtras.DRIVE)) {
      device(name, element, PORTABLE_IN_DISK, losses);
    } else if (name.startsWith(DomainExtras.NIC)) {
      device(name, element, PORTABLE_IN_NIC, losses);
    } else {
      String plain = name.replaceFirst("#[0-9]+$", "");
      boolean stays =
          COMMON.contains(plain)
              || plain.startsWith("metadata/")
              || (sameKind && PORTABLE.contains(plain));
      if (stays) {
        elements.put(name, element);
      } else {
        dropped.merge(plain, 1, Integer::sum);
      }
    }
  }

  /** Keeps of a device what says how the guest sees it, and of another kind's device nothing. */
  private void device(String name, XmlElement element, Set<String> portable, List<Loss> losses) {
    XmlElement kept = DomainXml.without(element, c -> !sameKind || !DomainXml.isOneOf(c, portable));
    String gone =
        element
            .elements()
            .filter(c -> !DomainXml.isOneOf(c, REPLACED_IN_DEVICE))
            .filter(c -> !sameKind || !DomainXml.isOneOf(c, portable))
            .map(c -> c.name().qualified())
            .distinct()
            .collect(Collectors.joining(", "));
    if (!gone.isEmpty()) {
      losses.add(
          new Loss(
              "libvirt.device.settings",
              gone.contains("filterref") ? Severity.WARNING : Severity.INFO,
              DomainExtras.path(name),
              null,
              "settings of the device do not hold elsewhere: " + gone,
              null));
    }
    if (sameKind) {
      elements.put(name, kept);
    }
  }

  private static @Nullable XmlElement parsed(Extra extra, List<Loss> losses) {
    try {
      return DomainXml.read(extra.name(), extra.value().getBytes(StandardCharsets.UTF_8));
    } catch (IntermodalException e) {
      losses.add(
          new Loss(
              "libvirt.extra.unreadable",
              Severity.WARNING,
              DomainExtras.path(extra.name()),
              null,
              "it is not an element of a domain",
              null));
      return null;
    }
  }

  private static Loss dropped(String name, int number) {
    boolean foreign = name.contains(":");
    Severity severity = foreign || MISSED.contains(name) ? Severity.WARNING : Severity.INFO;
    String what = number == 1 ? "it belongs" : number + " of them belong";
    String reason =
        MADE_ANEW.contains(name)
            ? what + " to the host it comes from; the new domain gets what is usual"
            : what + " to the host or hypervisor it comes from";
    return new Loss("libvirt.extra.dropped", severity, DomainExtras.path(name), null, reason, null);
  }

  /** Returns the other products' extras. */
  List<Extra> others() {
    return others;
  }

  /** Tells whether the domain is written back to where it came from. */
  boolean exact() {
    return exact;
  }

  boolean sameKind() {
    return sameKind;
  }

  @Nullable XmlElement element(String name) {
    return elements.get(name);
  }

  /** Returns those whose names start so, in the order they were read. */
  List<XmlElement> startingWith(String prefix) {
    List<XmlElement> found = new ArrayList<>();
    elements.forEach(
        (name, element) -> {
          if (name.startsWith(prefix)) {
            found.add(element);
          }
        });
    return found;
  }

  /** Returns the children of the domain itself that are read nowhere else. */
  List<XmlElement> ofDomain(Set<String> readElsewhere) {
    List<XmlElement> found = new ArrayList<>();
    elements.forEach(
        (name, element) -> {
          if (!name.contains("/") && !DomainXml.isOneOf(element, readElsewhere)) {
            found.add(element);
          }
        });
    return found;
  }

  /** Returns the devices other than disks, drives and cards. */
  List<XmlElement> devices() {
    List<XmlElement> found = new ArrayList<>();
    elements.forEach(
        (name, element) -> {
          if (name.startsWith("devices/") && name.indexOf(':') < 0) {
            found.add(element);
          }
        });
    return found;
  }
}
