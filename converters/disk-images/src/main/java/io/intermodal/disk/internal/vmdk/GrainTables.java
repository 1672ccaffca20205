package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.vmdk.SparseHeader.ENTRIES_PER_TABLE;

import io.intermodal.disk.internal.Problems;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the tables of an extent say with the grains that were met. In VMware's layout a
 * table comes right behind its grains and is dropped once it agreed, so that memory stays small; a
 * file with all tables at the end or in front costs 2 KiB per 32 MiB of data.
 */
final class GrainTables {

  private final String name;
  private final long tables;

  /** Whether an entry of 1 stands for a grain of zeros that is not stored. */
  private final boolean hasZeroGrains;

  private long zeroGrains;

  /** Grains met whose table was not, by the number of the table. */
  private final Map<Integer, int[]> met = new HashMap<>();

  /** Tables met whose grains were not, by the number of the table. */
  private final Map<Integer, int[]> promised = new HashMap<>();

  /** Tables met behind the grains whose number only the directory will tell, by their sector. */
  private final Map<Long, int[]> unnumbered = new HashMap<>();

  /** Where the table stands that agreed with its grains, by the number of the table. */
  private final Map<Integer, Long> agreed = new HashMap<>();

  private int current = -1;

  GrainTables(String name, SparseHeader header) {
    this.name = name;
    this.tables = header.tables();
    this.hasZeroGrains = header.hasZeroGrains();
  }

  static int[] entries(byte[] bytes, int count) {
    int[] entries = new int[count];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(entries);
    return entries;
  }

  /** Takes a table that stands in front of the grains. */
  void promise(int number, int[] entries) {
    dropZeroGrains(entries);
    if (!isEmpty(entries)) {
      promised.put(number, entries);
    }
  }

  /** Takes a grain; grains ascend. */
  void grain(long grain, long sector) {
    current = (int) (grain / ENTRIES_PER_TABLE);
    met.computeIfAbsent(current, n -> new int[ENTRIES_PER_TABLE])[
            (int) (grain % ENTRIES_PER_TABLE)] =
        (int) sector;
  }

  /** Takes a table that follows grains. */
  void table(long sector, int[] entries) {
    dropZeroGrains(entries);
    int[] grains = met.get(current);
    if (grains != null && Arrays.equals(grains, entries)) {
      met.remove(current);
      agreed.put(current, sector);
    } else if (unnumbered.size() <= tables) {
      unnumbered.put(sector, entries);
    } else {
      throw Problems.damaged(
          name, sector * SECTOR, "grain table", "there are more tables than the capacity needs");
    }
  }

  /** Compares with the tables in front: each grain is where its table says, and none is missing. */
  void compareWithPromised() {
    for (Entry<Integer, int[]> table : met.entrySet()) {
      compare(table.getKey(), table.getValue(), promised.remove(table.getKey()));
    }
    for (Entry<Integer, int[]> table : promised.entrySet()) {
      compare(table.getKey(), null, table.getValue());
    }
  }

  /** Compares with the directory behind the grains. */
  void compareWithDirectory(long directorySector, int[] directory) {
    for (int number = 0; number < directory.length; number++) {
      long at = Integer.toUnsignedLong(directory[number]);
      Long where = agreed.get(number);
      if (where != null) {
        if (where != at) {
          throw Problems.damaged(
              name,
              directorySector * SECTOR + number * 4L,
              "grain directory, entry " + number,
              "it names sector " + at + ", the table of its grains is at " + where);
        }
        continue;
      }
      int[] entries = at == 0 ? null : unnumbered.get(at);
      if (at != 0 && entries == null) {
        throw Problems.damaged(
            name,
            directorySector * SECTOR + number * 4L,
            "grain directory, entry " + number,
            "there is no grain table at sector " + at);
      }
      compare(number, met.get(number), entries);
    }
  }

  private void compare(int number, int @Nullable [] grains, int @Nullable [] entries) {
    for (int i = 0; i < ENTRIES_PER_TABLE; i++) {
      int grain = grains == null ? 0 : grains[i];
      int entry = entries == null ? 0 : entries[i];
      if (grain != entry) {
        throw Problems.damaged(
            name,
            Integer.toUnsignedLong(grain == 0 ? entry : grain) * SECTOR,
            "grain table " + number + ", entry " + i,
            "it names sector "
                + Integer.toUnsignedString(entry)
                + ", the grain is at "
                + Integer.toUnsignedString(grain)
                + " (0: none); a lenient reading of a file lets the tables decide");
      }
    }
  }

  private void dropZeroGrains(int[] entries) {
    for (int i = 0; hasZeroGrains && i < entries.length; i++) {
      if (entries[i] == 1) {
        entries[i] = 0;
        zeroGrains++;
      }
    }
  }

  /** Returns how many entries say that a grain is zeros. */
  long zeroGrains() {
    return zeroGrains;
  }

  private static boolean isEmpty(int[] entries) {
    for (int entry : entries) {
      if (entry != 0) {
        return false;
      }
    }
    return true;
  }
}
