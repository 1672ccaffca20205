package io.intermodal.disk.internal.vhdx;

import static io.intermodal.disk.internal.Geometry.WINDOW;

import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.StoredBytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an image in the guest's order, 1 MiB at a time. */
final class VhdxReader implements ExtentReader {

  private final StoredBytes file;

  /** Where the file itself ends; what the log adds behind it is zeros. */
  private final long storedEnd;

  private final Metadata metadata;
  private final BlockTable blocks;
  private final int replayed;
  private final long virtualSize;
  private long block;

  /** Where the block being read is stored; 0 before one is. */
  private long place;

  private int within;
  private long read;

  VhdxReader(LogReplay.Outcome file, long storedEnd, Metadata metadata, BlockTable blocks) {
    this.file = file.bytes();
    this.replayed = file.entries();
    this.storedEnd = storedEnd;
    this.metadata = metadata;
    this.blocks = blocks;
    this.virtualSize = Geometry.roundUp(metadata.virtualSizeBytes(), Geometry.SECTOR);
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
    details.put("type", metadata.fixed() ? "fixed" : "dynamic");
    details.put("blockBytes", Integer.toString(metadata.blockBytes()));
    details.put("logicalSectorBytes", Integer.toString(metadata.logicalSectorBytes()));
    details.put("physicalSectorBytes", Integer.toString(metadata.physicalSectorBytes()));
    details.put("diskId", metadata.diskId().toString());
    details.put("replayedLogEntries", Integer.toString(replayed));
    return details;
  }

  @Override
  public @Nullable Batch next(BufferPool pool) {
    while (place == 0 || !reachesData()) {
      block = blocks.nextStored(place == 0 ? block : block + 1);
      if (block == metadata.blocks()) {
        return null;
      }
      place = blocks.place(block);
      within = 0;
    }
    long start = block * metadata.blockBytes() + within;
    int length = (int) Math.min(WINDOW, virtualSize - start);
    byte[] buffer = pool.take(WINDOW);
    file.read(place + within, buffer, 0, length, "block " + block + " of the disk");
    Extent extent = Extent.raw(start, buffer, 0, length, place + within);
    within += WINDOW;
    read += length;
    return new Batch(start, length, List.of(extent), buffer, read);
  }

  /** Tells whether the block being read has more, within the disk and within the file. */
  private boolean reachesData() {
    long guest = block * metadata.blockBytes() + within;
    return within < metadata.blockBytes() && guest < virtualSize && place + within < storedEnd;
  }

  @Override
  public long storedBytesRead() {
    return read;
  }

  @Override
  public List<String> notes() {
    return replayed == 0
        ? List.of()
        : List.of(
            "the image was not closed cleanly; the "
                + replayed
                + (replayed == 1 ? " entry" : " entries")
                + " of its log were replayed in memory and its file was left as it is");
  }
}
