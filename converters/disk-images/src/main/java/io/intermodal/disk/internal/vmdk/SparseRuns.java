package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.Cancellation;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The grains of a sparse extent that are not compressed. Each place of the file belongs to one
 * grain at most: two entries that name the same one are damage, since a write to either would have
 * changed both.
 */
final class SparseRuns implements GuestRuns {

  /** One bit for each grain of the file, up to 16 MiB; beyond, only their sum is bounded. */
  private static final long MAX_MARKED = 1L << 27;

  private final StoredBytes file;
  private final SparseHeader header;
  private final long grainBytes;
  private final long lengthBytes;
  private final GrainCursor tables;
  private final BitSet taken = new BitSet();

  /** The first grain that has not been looked at yet. */
  private long unseen;

  private SparseRuns(
      StoredBytes file, SparseHeader header, long lengthBytes, Cancellation cancellation) {
    this.file = file;
    this.header = header;
    this.grainBytes = header.grainBytes();
    this.lengthBytes = lengthBytes;
    this.tables = new GrainCursor(file, header, cancellation);
  }

  /** Reads the header at the start of a file. */
  static SparseHeader header(StoredBytes file) {
    byte[] sector = new byte[SECTOR];
    file.read(0, sector, 0, SECTOR, "VMDK header");
    return SparseHeader.parsePlain(file.name(), 0, sector);
  }

  /** Opens the first {@code sectors} of an extent, which must have as many. */
  static SparseRuns open(
      StoredBytes file, SparseHeader header, long sectors, Cancellation cancellation) {
    if (sectors > header.capacity()) {
      throw Problems.damaged(
          file.name(),
          12,
          "VMDK header",
          "the extent has " + header.capacity() + " sectors, its disk wants " + sectors + " of it");
    }
    return new SparseRuns(file, header, sectors * SECTOR, cancellation);
  }

  @Override
  public @Nullable Run next(long from, long end) {
    long until = Math.min(end, lengthBytes);
    long grains = (until + grainBytes - 1) / grainBytes;
    long first = tables.next(from / grainBytes, grains);
    if (first == grains) {
      return null;
    }
    long start = Math.max(from, first * grainBytes);
    long storedAt = place(first) + start % grainBytes;
    long last = first;
    // A table ends a run: going back to one would mean to read it again.
    while (last + 1 < grains
        && (last + 1) % SparseHeader.ENTRIES_PER_TABLE != 0
        && (last + 1) * grainBytes - start < MAX_RUN
        && tables.isStored(last + 1)
        && tables.sector(last + 1) - tables.sector(last) == header.grainSize()) {
      last++;
      place(last);
    }
    long length = Math.min((last + 1) * grainBytes, until) - start;
    return new Run(start, (int) Math.min(length, MAX_RUN), file, storedAt);
  }

  /** Returns where a grain starts, once it is certain that it may be there. */
  private long place(long grain) {
    long sector = tables.sector(grain);
    if (grain < unseen) {
      return sector * SECTOR;
    }
    unseen = grain + 1;
    long at = sector * SECTOR;
    long length = Math.min(grainBytes, lengthBytes - grain * grainBytes);
    if (sector < header.overHead()) {
      throw tables.damaged(grain, "a grain cannot be at byte " + at + ", among the tables");
    }
    if (at > file.size() - length) {
      throw Problems.truncated(file.name(), file.size(), "grain at byte " + at);
    }
    tables.count(grain, length);
    long mark = sector / header.grainSize();
    if (mark < MAX_MARKED) {
      if (taken.get((int) mark)) {
        throw tables.damaged(grain, "the grain at byte " + at + " belongs to another entry, too");
      }
      taken.set((int) mark);
    }
    return at;
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(tables.notes());
    if (header.unclean()) {
      notes.add("the extent was not closed cleanly, its host may have stopped while it wrote");
    }
    return notes;
  }
}
