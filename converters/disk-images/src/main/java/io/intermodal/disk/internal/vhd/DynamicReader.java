package io.intermodal.disk.internal.vhd;

import static io.intermodal.disk.internal.Geometry.WINDOW;

import io.intermodal.Cancellation;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks of a dynamic or differencing disk in the guest's order. Sectors that were never
 * written are in no extent: they are zeros, or the parent's.
 */
final class DynamicReader implements ExtentReader {

  private final StoredBytes file;
  private final FooterPlace place;
  private final DynamicHeader header;
  private final BlockTable table;
  private final SectorBitmap bitmap;
  private final Cancellation cancellation;
  private final long virtualSize;
  private long position;
  private long bitmapOf = -1;
  private long read;

  private DynamicReader(
      StoredBytes file, FooterPlace place, DynamicHeader header, Cancellation cancellation) {
    this.file = file;
    this.place = place;
    this.header = header;
    this.table = new BlockTable(file, header, place);
    this.bitmap = new SectorBitmap(header);
    this.cancellation = cancellation;
    this.virtualSize = place.footer().currentSizeBytes();
  }

  static DynamicReader open(SourceBytes source, ReadSettings settings, VhdType type) {
    StoredBytes file = source.stored();
    if (file == null) {
      throw Problems.refuse(
          DiskError.FORMAT_UNSUPPORTED,
          source.name(),
          "a "
              + type.word()
              + " VHD cannot be read from a stream, its blocks are in any order;"
              + " store it first");
    }
    FooterPlace place = FooterPlace.find(file, type);
    DynamicHeader header = DynamicHeader.read(file, place.footer());
    return new DynamicReader(file, place, header, settings.cancellation());
  }

  /** Feeds digests: blocks are read in the guest's order, which is not the order of the file. */
  static void drain(SourceBytes source, ReadSettings settings) {
    if (!settings.digests().isEmpty()) {
      source.sequential(settings.digests()).drain(settings.cancellation());
    }
  }

  StoredBytes file() {
    return file;
  }

  DynamicHeader header() {
    return header;
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
    return Details.of(place.footer(), header);
  }

  @Override
  public @Nullable Batch next(BufferPool pool) {
    while (position < virtualSize) {
      cancellation.check("read " + file.name());
      long block = table.nextStored(position / header.blockBytes());
      if (block == table.blocks()) {
        break;
      }
      position = Math.max(position, block * header.blockBytes());
      long start = position / WINDOW * WINDOW;
      long end = Math.min(start + WINDOW, virtualSize);
      byte[] buffer = pool.take(WINDOW);
      List<Extent> extents = new ArrayList<>();
      for (long at = start; at < end; ) {
        long next = Math.min(end, (at / header.blockBytes() + 1) * header.blockBytes());
        if (table.isStored(at / header.blockBytes())) {
          readRuns(at, (int) (next - at), buffer, (int) (at - start), extents);
        }
        at = next;
      }
      position = end;
      if (!extents.isEmpty()) {
        return new Batch(start, (int) (end - start), extents, buffer, read);
      }
      pool.give(buffer);
    }
    return null;
  }

  /** Reads the written sectors of a part of one block to their place in the window. */
  private void readRuns(long at, int length, byte[] buffer, int bufferAt, List<Extent> extents) {
    long block = at / header.blockBytes();
    long bitmapAt = table.bitmapAt(block);
    if (block != bitmapOf) {
      bitmap.read(file, bitmapAt);
      bitmapOf = block;
    }
    int from = (int) (at % header.blockBytes());
    int to = from + length;
    long data = bitmapAt + header.bitmapBytes();
    for (int run = bitmap.nextWritten(from, to); run < to; ) {
      int end = bitmap.nextUnwritten(run, to);
      int into = bufferAt + run - from;
      file.read(data + run, buffer, into, end - run, "block");
      extents.add(Extent.raw(at + run - from, buffer, into, end - run, data + run));
      read += end - run;
      run = bitmap.nextWritten(end, to);
    }
  }

  @Override
  public long storedBytesRead() {
    return read;
  }

  @Override
  public List<String> notes() {
    return place.notes();
  }
}
