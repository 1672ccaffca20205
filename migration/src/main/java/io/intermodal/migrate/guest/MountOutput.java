package io.intermodal.migrate.guest;

import io.intermodal.hypervisor.GuestFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code df -P -k} (POSIX): the file systems on disks. What only the memory holds, loop
 * devices and CD drives are left out.
 */
final class MountOutput {

  private static final Pattern HEAD = Pattern.compile("Filesystem\\s+1(024|K|k)-blocks\\s.*");
  private static final Pattern ROW =
      Pattern.compile(
          "(/dev/\\S{1,300})\\s+(\\d{1,16})\\s+-?\\d{1,16}\\s+-?\\d{1,16}\\s+(?:\\d{1,4}%|-)\\s+(/.{0,1000})");
  private static final Pattern NO_DISK = Pattern.compile("/dev/(loop|ram|zram|fd|sr)\\d+");

  private MountOutput() {}

  /** Returns the mounts, or null when this is no table of file systems. */
  static @Nullable List<GuestFacts.Mount> mounts(String output) {
    List<GuestFacts.Mount> mounts = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    boolean head = false;
    for (String line : OutputLines.of(output)) {
      head |= HEAD.matcher(line.strip()).matches();
      Matcher row = ROW.matcher(line.strip());
      if (row.matches()
          && mounts.size() < OutputLines.MAX_ENTRIES
          && !NO_DISK.matcher(row.group(1)).matches()
          && paths.add(row.group(3))) {
        mounts.add(
            new GuestFacts.Mount(
                row.group(3), Math.multiplyExact(Long.parseLong(row.group(2)), 1024L)));
      }
    }
    return head ? List.copyOf(mounts) : null;
  }
}
