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
      List<EnvelopeDraft.DraftMachine> machines) {
    Set<String> fileIds = unique("file", files.stream().map(EnvelopeDraft.DraftFile::id).toList());
    unique("file name", files.stream().map(EnvelopeDraft.DraftFile::name).toList());
    Set<String> diskIds = unique("disk", disks.stream().map(EnvelopeDraft.DraftDisk::id).toList());
    Set<String> networkNames = unique("network", networks);
    unique("machine", machines.stream().map(EnvelopeDraft.DraftMachine::id).toList());
    disks.forEach(d -> known("file", d.fileId(), fileIds));
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
      unique(
          "property", machine.properties().stream().map(EnvelopeDraft.DraftProperty::key).toList());
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
