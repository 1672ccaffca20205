package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.WINDOW;

import io.intermodal.Cancellation;
import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.vmdk.GuestRuns.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a disk that consists of parts, one behind the other, whose bytes are not compressed. */
final class RunReader implements ExtentReader {

  /**
   * A part of the disk.
   *
   * @param start its first byte
   * @param end the first byte behind it
   */
  record Part(long start, long end, GuestRuns runs) {}

  private final String name;
  private final List<Part> parts;
  private final Map<String, String> details;
  private final List<String> notes;
  private final Cancellation cancellation;
  private int current;
  private long position;

  /** A run that reaches over the end of the last window, or starts behind it. */
  private @Nullable Run held;

  private long read;

  RunReader(
      String name,
      List<Part> parts,
      Map<String, String> details,
      List<String> notes,
      Cancellation cancellation) {
    this.name = name;
    this.parts = List.copyOf(parts);
    this.details = new LinkedHashMap<>(details);
    this.notes = List.copyOf(notes);
    this.cancellation = cancellation;
  }

  @Override
  public long virtualSizeBytes() {
    return parts.isEmpty() ? 0 : parts.get(parts.size() - 1).end();
  }

  @Override
  public int windowBytes() {
    return WINDOW;
  }

  @Override
  public Map<String, String> details() {
    return details;
  }

  @Override
  public @Nullable Batch next(BufferPool pool) {
    cancellation.check("read " + name);
    Run run = nextRun();
    if (run == null) {
      return null;
    }
    long start = run.start() / WINDOW * WINDOW;
    int length = (int) Math.min(WINDOW, virtualSizeBytes() - start);
    byte[] buffer = pool.take(WINDOW);
    List<Extent> extents = new ArrayList<>();
    while (run != null && run.start() < start + length) {
      int size = (int) Math.min(run.length(), start + length - run.start());
      int at = (int) (run.start() - start);
      run.file().read(run.storedAt(), buffer, at, size, "data");
      add(extents, Extent.raw(run.start(), buffer, at, size, run.storedAt()));
      position = run.start() + size;
      read += size;
      held = rest(run, size);
      run = nextRun();
    }
    held = run;
    return new Batch(start, length, extents, buffer, read);
  }

  /** Extents that follow one another in the guest do so in the buffer: they are one. */
  private static void add(List<Extent> extents, Extent extent) {
    Extent before = extents.isEmpty() ? null : extents.get(extents.size() - 1);
    if (before != null && before.offset() + before.size() == extent.offset()) {
      int size = before.size() + extent.size();
      extents.set(
          extents.size() - 1,
          Extent.raw(before.offset(), before.bytes(), before.from(), size, before.storedAt()));
    } else {
      extents.add(extent);
    }
  }

  private static @Nullable Run rest(Run run, int size) {
    return size == run.length()
        ? null
        : new Run(run.start() + size, run.length() - size, run.file(), run.storedAt() + size);
  }

  private @Nullable Run nextRun() {
    if (held != null) {
      return held;
    }
    while (current < parts.size()) {
      Part part = parts.get(current);
      long from = Math.max(position, part.start()) - part.start();
      long length = part.end() - part.start();
      Run run = from < length ? part.runs().next(from, length) : null;
      if (run != null) {
        return new Run(run.start() + part.start(), run.length(), run.file(), run.storedAt());
      }
      current++;
    }
    return null;
  }

  @Override
  public long storedBytesRead() {
    return read;
  }

  @Override
  public List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    parts.forEach(part -> all.addAll(part.runs().notes()));
    return all;
  }
}
