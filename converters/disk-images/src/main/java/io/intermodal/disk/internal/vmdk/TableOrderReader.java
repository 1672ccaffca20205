package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.Geometry.WINDOW;

import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a streamOptimized extent by its grain tables and takes their word for where a grain is,
 * whatever the markers say: what hypervisors do that open such a file at random. Only for a caller
 * who asked for it, since a grain that no table names is left out.
 */
final class TableOrderReader implements ExtentReader {

  private final StoredBytes file;
  private final ReadSettings settings;
  private final SparseHeader header;
  private final GrainCursor tables;
  private final Map<String, String> details = new LinkedHashMap<>();
  private final int grainBytes;
  private final byte[] sector = new byte[SECTOR];
  private long next;
  private long read;
  private long differing;
  private long firstDiffering;

  private TableOrderReader(StoredBytes file, SparseHeader header, ReadSettings settings) {
    this.file = file;
    this.header = header;
    this.settings = settings;
    this.tables = new GrainCursor(file, header, settings.cancellation());
    this.grainBytes = (int) header.grainBytes();
  }

  /** Opens an extent; null when nothing but its markers tells where the tables are. */
  static @Nullable TableOrderReader open(
      SourceBytes source, StoredBytes file, ReadSettings settings) {
    byte[] sector = new byte[SECTOR];
    file.read(0, sector, 0, SECTOR, "VMDK header");
    SparseHeader front = SparseHeader.parseCompressed(file.name(), 0, sector);
    SparseHeader header = front.tablesAtEnd() ? SparseHeader.findFooter(file) : front;
    if (header == null || header.tablesAtEnd()) {
      return null;
    }
    TableOrderReader reader = new TableOrderReader(file, header, settings);
    reader.readDescriptor(front);
    if (!settings.digests().isEmpty()) {
      source.sequential(settings.digests()).drain(settings.cancellation());
    }
    return reader;
  }

  private void readDescriptor(SparseHeader front) {
    details.put("createType", "streamOptimized");
    details.put("layout", front.tablesAtEnd() ? "tables behind the grains" : "tables in front");
    details.put("grainBytes", Integer.toString(grainBytes));
    byte[] bytes = new byte[(int) front.descriptorSize() * SECTOR];
    if (bytes.length > 0) {
      long at = front.descriptorOffset() * SECTOR;
      file.read(at, bytes, 0, bytes.length, "VMDK descriptor");
      details.putAll(Descriptor.parse(file.name(), at, bytes).details());
    }
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
    settings.cancellation().check("read " + file.name());
    long grains = header.grains();
    next = tables.next(next, grains);
    if (next == grains) {
      return null;
    }
    int window = windowBytes();
    long start = next * grainBytes / window * window;
    long end = Math.min(grains, (start + window) / grainBytes);
    GrainBatch batch = new GrainBatch(pool, window);
    for (; next < end; next = tables.next(next + 1, end)) {
      readGrain(next, batch);
    }
    int length = (int) Math.min(window, virtualSizeBytes() - start);
    return batch.toBatch(start, length, grainBytes, read);
  }

  private void readGrain(long grain, GrainBatch batch) {
    long at = tables.sector(grain) * SECTOR;
    if (at < header.descriptorOffset() * SECTOR || at > file.size() - SECTOR) {
      throw tables.damaged(grain, "a grain cannot be at byte " + at);
    }
    file.read(at, sector, 0, SECTOR, "marker");
    Marker marker = Marker.parse(sector);
    if (marker.size() <= 0 || marker.size() > 2 * grainBytes) {
      throw Problems.damaged(
          file.name(),
          at + 8,
          "grain marker",
          "a grain cannot take " + Integer.toUnsignedString(marker.size()) + " bytes");
    }
    if (marker.value() != grain * header.grainSize()) {
      firstDiffering = differing == 0 ? at : firstDiffering;
      differing++;
    }
    long stored = Geometry.roundUp((long) Marker.GRAIN_HEADER + marker.size(), SECTOR);
    tables.count(grain, stored);
    long offset = grain * grainBytes;
    int length = (int) Math.min(grainBytes, virtualSizeBytes() - offset);
    long payloadAt = at + Marker.GRAIN_HEADER;
    int from = batch.reserve(offset, length, marker.size(), payloadAt);
    file.read(payloadAt, batch.bytes(), from, marker.size(), "grain " + grain);
    read += stored;
  }

  @Override
  public long storedBytesRead() {
    return read;
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "read leniently: the grain tables decided, a grain that none of them names is left out");
    if (differing > 0) {
      notes.add(
          differing
              + " grains have a marker that says another place than their table, the first at byte "
              + firstDiffering);
    }
    notes.addAll(tables.notes());
    return notes;
  }
}
