package io.intermodal.descriptor;

import io.intermodal.convert.Loss;
import io.intermodal.convert.Loss.Severity;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.MachineSpec;
import io.intermodal.hypervisor.NicSpec;
import io.intermodal.hypervisor.RemovableDrive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Says the order to boot in: device by device to QEMU, by kinds of devices to Xen's emulated PC,
 * and by the first disk to para-virtual guests.
 *
 * @param devices numbers from 1 by key
 * @param words kinds of devices
 */
record DomainBoot(Map<String, Integer> devices, List<String> words) {

  /** Orders the devices that are there; {@code written} tells which. */
  static DomainBoot of(
      MachineSpec machine, DomainKind kind, Predicate<String> written, List<Loss> losses) {
    List<String> order = new ArrayList<>();
    for (String key : machine.bootOrder()) {
      if (!order.contains(key) && written.test(key)) {
        order.add(key);
      }
    }
    if (order.size() < machine.bootOrder().size()) {
      lose(
          losses,
          "libvirt.boot-order.device",
          Severity.INFO,
          "a device that is left out, or stands in it twice, cannot be booted from");
    }
    if (!kind.isXen()) {
      if (order.isEmpty()) {
        // libvirt sorts disks by their names, so the first one is named.
        machine.bootDisk().map(DiskSpec::key).ifPresent(order::add);
      }
      Map<String, Integer> devices = new HashMap<>();
      order.forEach(key -> devices.put(key, devices.size() + 1));
      return new DomainBoot(devices, List.of());
    }
    List<String> words = words(machine, order);
    boolean diskFirst = order.isEmpty() || machine.disk(order.get(0)).isPresent();
    if (kind.isParavirtual()) {
      if (!machine.bootOrder().equals(firsts(machine, List.of("hd"), written))) {
        lose(
            losses,
            "libvirt.boot-order.dropped",
            diskFirst ? Severity.INFO : Severity.WARNING,
            "a para-virtual guest boots from one disk, "
                + machine.bootDisk().map(DiskSpec::key).orElse("which it does not have"));
      }
      return new DomainBoot(Map.of(), List.of());
    }
    if (!order.equals(firsts(machine, words, written))) {
      lose(
          losses,
          "libvirt.boot-order.coarse",
          Severity.INFO,
          "Xen knows kinds of devices only: " + String.join(", ", words));
    }
    return new DomainBoot(Map.of(), words);
  }

  /** Returns what a reader takes the words for; a single disk is what happens anyway. */
  private static List<String> firsts(
      MachineSpec machine, List<String> words, Predicate<String> written) {
    if (words.equals(List.of("hd"))) {
      String boot = machine.bootDisk().map(DiskSpec::key).orElse("");
      return machine.disks().isEmpty() || machine.disks().get(0).key().equals(boot)
          ? List.of()
          : List.of(boot);
    }
    List<String> firsts = new ArrayList<>();
    for (String word : words) {
      switch (word) {
        case "hd" -> machine.bootDisk().map(DiskSpec::key).ifPresent(firsts::add);
        case "network" ->
            machine.nics().stream().map(NicSpec::key).filter(written).limit(1).forEach(firsts::add);
        default ->
            machine.drives().stream()
                .filter(drive -> written.test(drive.key()))
                .filter(drive -> (drive.kind() == RemovableDrive.Kind.FLOPPY) == word.equals("fd"))
                .map(RemovableDrive::key)
                .limit(1)
                .forEach(firsts::add);
      }
    }
    return firsts;
  }

  private static List<String> words(MachineSpec machine, List<String> order) {
    List<String> words = new ArrayList<>();
    for (String key : order) {
      String word = "hd";
      for (NicSpec nic : machine.nics()) {
        word = nic.key().equals(key) ? "network" : word;
      }
      for (RemovableDrive drive : machine.drives()) {
        word =
            !drive.key().equals(key)
                ? word
                : drive.kind() == RemovableDrive.Kind.FLOPPY ? "fd" : "cdrom";
      }
      if (!words.contains(word)) {
        words.add(word);
      }
    }
    return words.isEmpty() ? List.of("hd") : words;
  }

  private static void lose(List<Loss> losses, String rule, Severity severity, String reason) {
    losses.add(new Loss(rule, severity, "bootOrder", null, reason, null));
  }
}
