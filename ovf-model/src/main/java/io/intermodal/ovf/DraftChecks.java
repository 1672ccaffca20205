package io.intermodal.ovf;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Refuses drafts that would become descriptors with loose ends. */
final class DraftChecks {

  private DraftChecks() {}

  static void check(
      List<EnvelopeDraft.DraftFile> files,
      List<EnvelopeDraft.DraftDisk> disks,
      List<String> networks,
      List<EnvelopeDraft.DraftMachine> machines,
      DraftGroup group) {
    Set<String> fileIds = unique("file", files.stream().map(EnvelopeDraft.DraftFile::id).toList());
    unique("file name", files.stream().map(EnvelopeDraft.DraftFile::name).toList());
    Set<String> diskIds = unique("disk", disks.stream().map(EnvelopeDraft.DraftDisk::id).toList());
    Set<String> networkNames = unique("network", networks);
    Set<String> machineIds =
        unique("machine", machines.stream().map(EnvelopeDraft.DraftMachine::id).toList());
    disks.forEach(d -> known("file", d.fileId(), fileIds));
    Set<String> earlier = new HashSet<>();
    for (EnvelopeDraft.DraftDisk disk : disks) {
      known("disk listed before " + disk.id(), disk.parentId(), earlier);
      earlier.add(disk.id());
    }
    Set<String> options = options(group);
    starts(group, machines, machineIds);
    for (EnvelopeDraft.DraftMachine machine : machines) {
      Set<String> keys =
          machine.controllers().stream()
              .map(EnvelopeDraft.DraftController::key)
              .collect(Collectors.toSet());
      machine
          .attachments()
          .forEach(
              a -> {
                known("disk", a.diskId(), diskIds);
                known("file", a.cdFileId(), fileIds);
                known("controller", a.controller(), keys);
              });
      machine.nics().forEach(n -> known("network", n.network(), networkNames));
      details(machine, options, keys, fileIds);
      unique(
          "property", machine.properties().stream().map(EnvelopeDraft.DraftProperty::key).toList());
    }
  }

  private static Set<String> options(DraftGroup group) {
    if (group.options().stream().filter(DraftGroup.DraftOption::isDefault).count() > 1) {
      throw new IllegalArgumentException("more than one deployment option is the default");
    }
    return unique("option", group.options().stream().map(DraftGroup.DraftOption::id).toList());
  }

  private static void starts(
      DraftGroup group, List<EnvelopeDraft.DraftMachine> machines, Set<String> machineIds) {
    if (!group.starts().isEmpty() && machines.size() < 2) {
      throw new IllegalArgumentException("an order to start in needs several machines");
    }
    unique("start", group.starts().stream().map(DraftGroup.DraftStart::machineId).toList());
    group.starts().forEach(s -> known("machine", s.machineId(), machineIds));
  }

  private static void details(
      EnvelopeDraft.DraftMachine machine,
      Set<String> options,
      Set<String> controllers,
      Set<String> files) {
    DraftDetails details = machine.details();
    unique(
        "override", details.overrides().stream().map(DraftDetails.DraftOverride::option).toList());
    details.overrides().forEach(o -> known("option", o.option(), options));
    machine
        .properties()
        .forEach(p -> p.optionValues().keySet().forEach(o -> known("option", o, options)));
    for (DraftDetails.DraftDevice device : details.devices()) {
      known("controller", device.controller(), controllers);
      known("file", device.fileId(), files);
    }
  }

  private static Set<String> unique(String what, Collection<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank() || !seen.add(name)) {
        throw new IllegalArgumentException("a " + what + " is unnamed or twice there: " + name);
      }
    }
    return seen;
  }

  private static void known(String what, @Nullable String name, Set<String> among) {
    if (name != null && !among.contains(name)) {
      throw new IllegalArgumentException("there is no " + what + " " + name);
    }
  }
}
