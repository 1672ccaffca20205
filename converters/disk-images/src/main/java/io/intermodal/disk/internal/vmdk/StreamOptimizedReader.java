package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.Geometry.WINDOW;
import static io.intermodal.disk.internal.vmdk.SparseHeader.ENTRIES_PER_TABLE;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SequentialInput;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows the markers of a streamOptimized extent from the first byte to the last, once, whether it
 * comes from a file or a stream, and holds the tables against them. It is complete when directory
 * and tables say so; an extent that just ends is truncated.
 */
final class StreamOptimizedReader implements ExtentReader {

  private final SequentialInput input;
  private final ReadSettings settings;
  private final SparseHeader front;
  private final SparseHeader header;
  private final boolean tablesInFront;
  private final Map<String, String> details = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final GrainTables tables;
  private final int grainBytes;
  private final byte[] sector = new byte[SECTOR];

  /** The grain whose marker was read and that belongs to the next window; null when none. */
  private @Nullable Marker held;

  private long heldAt;
  private long lastLba = -1;
  private long directoryAt = -1;
  private int @Nullable [] directory;
  private @Nullable Descriptor descriptor;
  private boolean footerSeen;
  private boolean endMarkerSeen;
  private boolean ended;

  private StreamOptimizedReader(
      SequentialInput input, ReadSettings settings, @Nullable StoredBytes stored) {
    this.input = input;
    this.settings = settings;
    input.read(sector, 0, SECTOR, "VMDK header");
    SparseHeader first = SparseHeader.parseCompressed(input.name(), 0, sector);
    this.front = first;
    this.tablesInFront = !first.tablesAtEnd();
    SparseHeader footer = tablesInFront || stored == null ? null : SparseHeader.findFooter(stored);
    // The footer wins: a writer may not have known all when it wrote the header.
    this.header = footer == null ? first : footer;
    this.tables = new GrainTables(input.name(), header);
    this.grainBytes = (int) header.grainBytes();
    readFront(first);
  }

  static StreamOptimizedReader open(SourceBytes source, ReadSettings settings) {
    return new StreamOptimizedReader(
        source.sequential(settings.digests()), settings, source.stored());
  }

  private void readFront(SparseHeader first) {
    details.put("createType", "streamOptimized");
    details.put("layout", tablesInFront ? "tables in front" : "tables behind the grains");
    details.put("grainBytes", Integer.toString(grainBytes));
    if (first.descriptorSize() > 0) {
      readDescriptor(first);
    }
    if (tablesInFront) {
      new FrontTables(input, first).read(tables);
      notes.add("the extent has its tables in front, which VMware's own tools do not write");
    } else {
      input.skip(first.overHead() * SECTOR - input.position(), "space before the first grain");
    }
  }

  private void readDescriptor(SparseHeader first) {
    long at = first.descriptorOffset() * SECTOR;
    input.skip(at - input.position(), "space before the descriptor");
    byte[] bytes = new byte[(int) first.descriptorSize() * SECTOR];
    input.read(bytes, 0, bytes.length, "VMDK descriptor");
    Descriptor read = Descriptor.parse(input.name(), at, bytes);
    details.putAll(read.details());
    descriptor = read;
  }

  /** Returns the header in front, which the footer may contradict. */
  SparseHeader front() {
    return front;
  }

  /** Returns the descriptor; null when the image has none. */
  @Nullable Descriptor descriptor() {
    return descriptor;
  }

  boolean hasTablesInFront() {
    return tablesInFront;
  }

  /** Tells whether a footer was met; known after the last batch. */
  boolean hasFooter() {
    return footerSeen;
  }

  /** Tells whether an end marker was met; known after the last batch. */
  boolean hasEndMarker() {
    return endMarkerSeen;
  }

  /** Returns how many grains are said to be zeros by an entry alone; known after the last batch. */
  long zeroGrains() {
    return tables.zeroGrains();
  }

  @Override
  public long virtualSizeBytes() {
    return header.capacity() * SECTOR;
  }

  @Override
  public int windowBytes() {
    return Math.max(WINDOW, grainBytes);
  }

  @Override
  public Map<String, String> details() {
    return details;
  }

  @Override
  public @Nullable Batch next(BufferPool pool) {
    Marker first = held != null ? held : nextGrain();
    if (first == null) {
      return null;
    }
    held = null;
    int window = windowBytes();
    long start = first.value() * SECTOR / window * window;
    GrainBatch batch = new GrainBatch(pool, window);
    Marker grain = first;
    while (grain != null && grain.value() * SECTOR < start + window) {
      readGrain(grain, batch);
      grain = nextGrain();
    }
    held = grain;
    int length = (int) Math.min(window, virtualSizeBytes() - start);
    return batch.toBatch(start, length, grainBytes, input.position());
  }

  private void readGrain(Marker grain, GrainBatch batch) {
    long offset = grain.value() * SECTOR;
    int length = (int) Math.min(grainBytes, virtualSizeBytes() - offset);
    int inMarker = Math.min(grain.size(), SECTOR - Marker.GRAIN_HEADER);
    int from = batch.reserve(offset, length, grain.size(), heldAt + Marker.GRAIN_HEADER);
    System.arraycopy(sector, Marker.GRAIN_HEADER, batch.bytes(), from, inMarker);
    int rest = grain.size() - inMarker;
    input.read(batch.bytes(), from + inMarker, rest, "grain of sector " + grain.value());
    input.skip(-rest & (SECTOR - 1), "padding behind a grain");
  }

  /** Reads up to the next grain's marker, which stays in {@code sector}; null at the end. */
  private @Nullable Marker nextGrain() {
    while (!ended) {
      long at = input.position();
      if (input.atEnd()) {
        finish(at, false);
        return null;
      }
      input.read(sector, 0, SECTOR, "marker");
      Marker marker = Marker.parse(sector);
      if (marker.isGrain()) {
        checkGrain(marker, at);
        heldAt = at;
        tables.grain(marker.value() / header.grainSize(), at / SECTOR);
        return marker;
      }
      metadata(marker, at);
    }
    return null;
  }

  private void checkGrain(Marker grain, long at) {
    if (directory != null || footerSeen) {
      throw Problems.damaged(input.name(), at, "grain marker", "grains go on behind the directory");
    }
    if (grain.size() < 0 || grain.size() > 2 * grainBytes) {
      throw Problems.damaged(
          input.name(),
          at + 8,
          "grain marker",
          "a grain cannot take " + Integer.toUnsignedString(grain.size()) + " bytes");
    }
    if (grain.value() < 0
        || grain.value() >= header.capacity()
        || grain.value() % header.grainSize() != 0) {
      throw Problems.damaged(
          input.name(),
          at,
          "grain marker",
          "there is no grain at sector " + Long.toUnsignedString(grain.value()));
    }
    if (grain.value() <= lastLba) {
      throw Problems.damaged(
          input.name(),
          at,
          "grain marker",
          "sector " + grain.value() + " comes after sector " + lastLba);
    }
    if (at / SECTOR > 0xFFFFFFFFL) {
      throw Problems.damaged(input.name(), at, "grain marker", "it lies behind 2 TiB of the file");
    }
    lastLba = grain.value();
  }

  private void metadata(Marker marker, long at) {
    long dataAt = input.position();
    switch (marker.type()) {
      case Marker.END -> {
        if (marker.value() != 0) {
          throw Problems.damaged(input.name(), at, "end marker", "it is not empty");
        }
        finish(at, true);
      }
      case Marker.GRAIN_TABLE -> {
        byte[] table = payload(marker, at, ENTRIES_PER_TABLE * 4L / SECTOR, "grain table");
        tables.table(dataAt / SECTOR, GrainTables.entries(table, ENTRIES_PER_TABLE));
      }
      case Marker.DIRECTORY -> {
        byte[] bytes = payload(marker, at, header.directorySectors(), "grain directory");
        directoryAt = dataAt / SECTOR;
        directory = GrainTables.entries(bytes, Math.toIntExact(header.tables()));
      }
      case Marker.FOOTER -> footer(payload(marker, at, 1, "footer"), dataAt);
      case Marker.PROGRESS -> {
        if (marker.value() < 0 || marker.value() > 2048) {
          throw Problems.damaged(input.name(), at, "progress marker", "it is over 1 MiB long");
        }
        input.skip(marker.value() * SECTOR, "progress marker");
      }
      default ->
          throw Problems.damaged(
              input.name(), at + 12, "marker", "there is no type " + marker.type());
    }
  }

  private byte[] payload(Marker marker, long at, long sectors, String structure) {
    if (marker.value() != sectors) {
      throw Problems.damaged(
          input.name(),
          at,
          structure + " marker",
          "it announces "
              + Long.toUnsignedString(marker.value())
              + " sectors, the capacity needs "
              + sectors);
    }
    byte[] bytes = new byte[Math.toIntExact(sectors * SECTOR)];
    input.read(bytes, 0, bytes.length, structure);
    return bytes;
  }

  private void footer(byte[] bytes, long at) {
    SparseHeader footer = SparseHeader.parseCompressed(input.name(), at, bytes);
    if (footer.capacity() != header.capacity() || footer.grainSize() != header.grainSize()) {
      throw Problems.damaged(
          input.name(), at, "footer", "capacity or grain size differ from the header's");
    }
    if (!footer.tablesAtEnd() && directory != null && footer.directoryOffset() != directoryAt) {
      throw Problems.damaged(
          input.name(),
          at + 56,
          "footer",
          "the directory is at sector " + directoryAt + ", not " + footer.directoryOffset());
    }
    footerSeen = true;
  }

  private void finish(long at, boolean endMarker) {
    ended = true;
    endMarkerSeen = endMarker;
    if (directory != null) {
      tables.compareWithDirectory(directoryAt, directory);
    } else if (tablesInFront) {
      tables.compareWithPromised();
    } else {
      throw Problems.truncated(input.name(), at, "grain directory");
    }
    if (!endMarker) {
      notes.add("the extent has no end marker");
    }
    if (!tablesInFront && !footerSeen) {
      notes.add("the extent has no footer");
    }
    if (input.drain(settings.cancellation())) {
      throw Problems.at(
          DiskError.DAMAGED, input.name(), at, "end marker", "data follows behind the end");
    }
  }

  @Override
  public long storedBytesRead() {
    return input.position();
  }

  @Override
  public List<String> notes() {
    return List.copyOf(notes);
  }
}
