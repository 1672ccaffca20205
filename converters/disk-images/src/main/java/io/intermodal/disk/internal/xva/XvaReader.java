package io.intermodal.disk.internal.xva;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.Geometry.WINDOW;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.XvaDisk;
import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Yields the chunks of one disk, which need not fit the windows they lie in. */
final class XvaReader implements ExtentReader {

  private final TarInput tar;
  private final OvaXml description;
  private final XvaDisk disk;
  private final ChunkCursor chunks;
  private final ReadSettings settings;
  private final boolean toTheEnd;
  private final long virtualSize;
  private final byte[] chunk = new byte[ChunkCursor.MAX_CHUNK];
  private final List<String> notes = new ArrayList<>();

  /** How much of the chunk at hand has been yielded; all of it before the first one. */
  private int used;

  private int size;
  private boolean finished;

  /**
   * Creates one.
   *
   * @param toTheEnd whether all of the archive is read, and must hold no second disk
   */
  XvaReader(
      TarInput tar,
      OvaXml description,
      XvaDisk disk,
      ChunkCursor chunks,
      ReadSettings settings,
      boolean toTheEnd) {
    this.tar = tar;
    this.description = description;
    this.disk = disk;
    this.chunks = chunks;
    this.settings = settings;
    this.toTheEnd = toTheEnd;
    this.virtualSize = Geometry.roundUp(disk.virtualSizeBytes(), SECTOR);
    if (virtualSize != disk.virtualSizeBytes()) {
      notes.add(
          "the size was rounded up from "
              + disk.virtualSizeBytes()
              + " to "
              + virtualSize
              + " bytes");
    }
  }

  @Override
  public long virtualSizeBytes() {
    return virtualSize;
  }

  @Override
  public int windowBytes() {
    return WINDOW;
  }

  @Override
  public Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("reference", disk.reference());
    details.put("nameLabel", disk.nameLabel());
    return details;
  }

  @Override
  public @Nullable Batch next(BufferPool pool) {
    settings.cancellation().check("read " + tar.name());
    if (!hasData()) {
      finish();
      return null;
    }
    long start = (chunks.offset() + used) / WINDOW * WINDOW;
    byte[] buffer = pool.take(WINDOW);
    int filled = 0;
    List<Extent> extents = new ArrayList<>(1);
    while (hasData() && chunks.offset() + used < start + WINDOW) {
      long at = chunks.offset() + used;
      int n = (int) Math.min(size - used, start + WINDOW - at);
      System.arraycopy(chunk, used, buffer, filled, n);
      extents.add(Extent.raw(at, buffer, filled, n, chunks.storedAt() + used));
      filled += n;
      used += n;
    }
    int length = (int) Math.min(WINDOW, virtualSize - start);
    return new Batch(start, length, extents, buffer, tar.input().storedPosition());
  }

  /** Tells whether a chunk is at hand, and gets one when none is. */
  private boolean hasData() {
    if (used == size && !finished) {
      finished = !chunks.next(chunk);
      used = 0;
      size = finished ? 0 : chunks.length();
    }
    return used < size;
  }

  private void finish() {
    if (!toTheEnd) {
      return;
    }
    int others = 0;
    for (TarMember member = tar.next(); member != null; member = tar.next()) {
      ChunkName name = ChunkName.of(member.name());
      if (name != null && description.disk(name.reference()) != null) {
        throw Problems.at(
            DiskError.FORMAT_UNSUPPORTED,
            tar.name(),
            member.at(),
            "chunk " + TarInput.shown(member.name()),
            name.reference().equals(disk.reference())
                ? "it lies behind the end of the disk"
                : XvaFormat.severalDisks(description.disks()));
      }
      others++;
      tar.skip(member);
    }
    if (others > 0) {
      notes.add(others + " members behind the disk were passed over");
    }
    if (!tar.endMarked()) {
      notes.add("the archive has no mark of its end");
    }
    tar.input().drain(settings.cancellation());
  }

  @Override
  public long storedBytesRead() {
    return tar.input().storedPosition();
  }

  @Override
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
