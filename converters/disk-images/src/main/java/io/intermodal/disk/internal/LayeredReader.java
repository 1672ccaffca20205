package io.intermodal.disk.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Joins an overlay with what it is based on. Where the overlay has an extent, {@code ZERO} among
 * them, it hides the base; elsewhere the base shows through. A base that ends before the overlay
 * has zeros behind its end; what it has behind the overlay's end is cut off. The base may be
 * layered itself.
 *
 * <p>Payloads of either side stay as they are stored. An extent of the base that the overlay hides
 * in whole is left out; a {@code RAW} one that it hides in part is cut. A compressed one cannot be
 * cut: it comes whole, before the overlay's extents that hide a part of it. So a batch lists the
 * base's extents first and the overlay's behind them, and the later of two wins.
 */
public final class LayeredReader implements ExtentReader {

  private final Layer overlay;
  private final Layer base;
  private final long virtualSize;
  private final int window;

  /**
   * Joins two readers, which nobody else uses any more.
   *
   * @param overlay yields disjoint extents: it is not layered itself
   */
  public LayeredReader(ExtentReader overlay, ExtentReader base) {
    this.overlay = new Layer(overlay);
    this.base = new Layer(base);
    this.virtualSize = overlay.virtualSizeBytes();
    this.window = Math.max(overlay.windowBytes(), base.windowBytes());
  }

  @Override
  public long virtualSizeBytes() {
    return virtualSize;
  }

  @Override
  public int windowBytes() {
    return window;
  }

  @Override
  public Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>(overlay.reader.details());
    int below = Integer.parseInt(base.reader.details().getOrDefault("layers", "1"));
    details.put("layers", Integer.toString(below + 1));
    return details;
  }

  @Override
  public @Nullable Batch next(BufferPool pool) {
    long first = Math.min(overlay.start(pool), base.start(pool));
    // Only the overlay's end counts: a base may go on behind it.
    if (first >= virtualSize) {
      overlay.drop(pool);
      base.drop(pool);
      return null;
    }
    long start = first & -window;
    List<Batch> below = base.until(start + window, pool);
    List<Batch> above = overlay.until(start + window, pool);
    long stored = storedBytesRead();
    int length = (int) Math.min(window, virtualSize - start);
    if (below.isEmpty() && above.size() == 1 && overlay.reader.windowBytes() == window) {
      return above.get(0);
    }
    if (above.isEmpty() && below.size() == 1 && baseFits(start)) {
      return below.get(0);
    }
    List<Extent> extents = new ArrayList<>();
    List<Extent> hiding = above.stream().flatMap(batch -> batch.extents().stream()).toList();
    for (Batch batch : below) {
      for (Extent extent : batch.extents()) {
        keepVisible(extent, hiding, extents);
      }
    }
    hideRest(extents);
    extents.addAll(hiding);
    int size = extents.stream().mapToInt(Extent::size).reduce(0, Math::addExact);
    byte[] buffer = pool.take(Math.max(size, window));
    List<Extent> moved = moveInto(buffer, extents);
    below.forEach(batch -> pool.give(batch.buffer()));
    above.forEach(batch -> pool.give(batch.buffer()));
    return new Batch(start, length, moved, buffer, stored);
  }

  /** Tells whether a batch of the base can be passed on: neither disk ends inside it alone. */
  private boolean baseFits(long start) {
    long end = base.reader.virtualSizeBytes();
    return base.reader.windowBytes() == window
        && (end == virtualSize || start + window <= Math.min(end, virtualSize));
  }

  /** Adds what is left of an extent of the base, whose payload is not copied yet. */
  private void keepVisible(Extent extent, List<Extent> hiding, List<Extent> into) {
    long end = Math.min(extent.offset() + extent.length(), virtualSize);
    boolean cuttable = extent.encoding() == Encoding.RAW || extent.encoding() == Encoding.ZERO;
    int firstPiece = into.size();
    long at = extent.offset();
    long hidden = 0;
    for (Extent over : hiding) {
      long from = Math.max(extent.offset(), over.offset());
      long to = Math.min(end, over.offset() + over.length());
      if (from < to) {
        if (cuttable && at < from) {
          into.add(piece(extent, at, from));
        }
        at = Math.max(at, to);
        hidden += to - from;
      }
    }
    if (cuttable) {
      if (at < end) {
        into.add(piece(extent, at, end));
      }
    } else if (hidden < end - extent.offset()) {
      into.add(firstPiece, clipped(extent, (int) (end - extent.offset())));
    }
  }

  private static Extent piece(Extent extent, long from, long to) {
    int length = (int) (to - from);
    int skip = (int) (from - extent.offset());
    if (extent.encoding() == Encoding.ZERO) {
      return new Extent(from, length, length, Encoding.ZERO, extent.bytes(), 0, 0, 0);
    }
    return Extent.raw(from, extent.bytes(), extent.from() + skip, length, extent.storedAt() + skip);
  }

  private static Extent clipped(Extent extent, int length) {
    return length == extent.length()
        ? extent
        : new Extent(
            extent.offset(),
            length,
            extent.unit(),
            extent.encoding(),
            extent.bytes(),
            extent.from(),
            extent.size(),
            extent.storedAt());
  }

  /** A compressed unit at the base's end may yield more than the base has: zeros go over it. */
  private void hideRest(List<Extent> extents) {
    long end = base.reader.virtualSizeBytes();
    long yielded =
        extents.stream()
            .filter(e -> e.encoding() != Encoding.RAW && e.encoding() != Encoding.ZERO)
            .mapToLong(e -> e.offset() + e.unit())
            .max()
            .orElse(0);
    int rest = (int) Math.max(0, Math.min(yielded, virtualSize) - end);
    if (rest > 0) {
      extents.add(new Extent(end, rest, rest, Encoding.ZERO, new byte[0], 0, 0, 0));
    }
  }

  private static List<Extent> moveInto(byte[] buffer, List<Extent> extents) {
    List<Extent> moved = new ArrayList<>(extents.size());
    int used = 0;
    for (Extent extent : extents) {
      System.arraycopy(extent.bytes(), extent.from(), buffer, used, extent.size());
      moved.add(extent.with(extent.encoding(), buffer, used, extent.size()));
      used += extent.size();
    }
    return moved;
  }

  @Override
  public long storedBytesRead() {
    return overlay.reader.storedBytesRead() + base.reader.storedBytesRead();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(overlay.reader.notes());
    base.reader.notes().forEach(note -> notes.add("base: " + note));
    return notes;
  }

  /** One reader and the batch that it yielded last, until somebody wants it. */
  private static final class Layer {

    private final ExtentReader reader;
    private @Nullable Batch head;
    private boolean ended;

    Layer(ExtentReader reader) {
      this.reader = Objects.requireNonNull(reader, "reader");
    }

    /** Returns where the next batch starts; behind every disk when there is none. */
    long start(BufferPool pool) {
      if (head == null && !ended) {
        head = reader.next(pool);
        ended = head == null;
      }
      return head == null ? Long.MAX_VALUE : head.start();
    }

    /** Takes all batches that start before {@code end}. */
    List<Batch> until(long end, BufferPool pool) {
      List<Batch> taken = new ArrayList<>();
      while (start(pool) < end && head != null) {
        taken.add(head);
        head = null;
      }
      return taken;
    }

    void drop(BufferPool pool) {
      if (head != null) {
        pool.give(head.buffer());
        head = null;
        ended = true;
      }
    }
  }
}
