package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.vmdk.SparseHeader.ENTRIES_PER_TABLE;

import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.SequentialInput;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/** Reads directory and tables that stand in front of the grains, as QEMU writes them. */
final class FrontTables {

  private static final int TABLE_BYTES = ENTRIES_PER_TABLE * 4;

  private final SequentialInput input;
  private final SparseHeader header;

  FrontTables(SequentialInput input, SparseHeader header) {
    this.input = input;
    this.header = header;
  }

  /** Reads from where the input stands up to the first grain. */
  void read(GrainTables tables) {
    long directoryAt = checkedDirectory();
    input.skip(directoryAt - input.position(), "space before the grain directory");
    int count = Math.toIntExact(header.tables());
    byte[] bytes = new byte[(int) Geometry.roundUp(count * 4L, SECTOR)];
    input.read(bytes, 0, bytes.length, "grain directory");
    int[] directory = GrainTables.entries(bytes, count);
    byte[] table = new byte[TABLE_BYTES];
    for (Entry<Long, Integer> next : byPosition(directoryAt, directory).entrySet()) {
      input.skip(next.getKey() - input.position(), "space between grain tables");
      input.read(table, 0, TABLE_BYTES, "grain table " + next.getValue());
      tables.promise(next.getValue(), GrainTables.entries(table, ENTRIES_PER_TABLE));
    }
    input.skip(header.overHead() * SECTOR - input.position(), "space before the first grain");
  }

  private long checkedDirectory() {
    long sector = header.directoryOffset();
    if (sector < 0
        || sector > header.overHead() - header.directorySectors()
        || sector * SECTOR < input.position()) {
      throw Problems.damaged(
          input.name(),
          56,
          "VMDK header",
          "the grain directory cannot be at sector " + Long.toUnsignedString(sector));
    }
    return sector * SECTOR;
  }

  private Map<Long, Integer> byPosition(long directoryAt, int[] directory) {
    TreeMap<Long, Integer> byPosition = new TreeMap<>();
    long previousEnd = input.position();
    for (int number = 0; number < directory.length; number++) {
      long at = Integer.toUnsignedLong(directory[number]) * SECTOR;
      if (at == 0) {
        continue;
      }
      boolean inside = at >= input.position() && at <= header.overHead() * SECTOR - TABLE_BYTES;
      if (!inside || byPosition.put(at, number) != null) {
        throw Problems.damaged(
            input.name(),
            directoryAt + number * 4L,
            "grain directory, entry " + number,
            "a grain table of its own cannot be at byte " + at);
      }
    }
    for (Entry<Long, Integer> table : byPosition.entrySet()) {
      if (table.getKey() < previousEnd) {
        throw Problems.damaged(
            input.name(), table.getKey(), "grain table " + table.getValue(), "it overlaps another");
      }
      previousEnd = table.getKey() + TABLE_BYTES;
    }
    return byPosition;
  }
}
