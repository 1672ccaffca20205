package io.intermodal.ovf;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.internal.Texts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Follows the parents of delta disks. */
final class DiskChain {

  private DiskChain() {}

  static List<Disk> of(Envelope envelope, Disk disk) {
    List<Disk> chain = new ArrayList<>(List.of(disk));
    Set<String> seen = new HashSet<>();
    if (disk.id() != null) {
      seen.add(disk.id());
    }
    for (String parent = disk.parentRef(); parent != null; ) {
      if (!seen.add(parent)) {
        throw broken(disk, "its parents go in a circle at " + Texts.shorten(parent));
      }
      String name = parent;
      Disk next =
          envelope
              .disk(name)
              .orElseThrow(
                  () -> broken(disk, "the parent " + Texts.shorten(name) + " is not there"));
      chain.add(next);
      parent = next.parentRef();
    }
    Collections.reverse(chain);
    return List.copyOf(chain);
  }

  private static IntermodalException broken(Disk disk, String reason) {
    return new IntermodalException(
        OvfError.DISK_CHAIN,
        "cannot put together the disk "
            + Texts.shorten(String.valueOf(disk.id()))
            + ": "
            + reason
            + "; get the package again with all of its disks");
  }
}
