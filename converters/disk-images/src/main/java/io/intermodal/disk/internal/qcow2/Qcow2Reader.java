package io.intermodal.disk.internal.qcow2;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.Geometry.WINDOW;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.qcow2.L2Cursor.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the active state of an image in the guest's order. */
final class Qcow2Reader implements ExtentReader {

  private final StoredBytes file;
  private final Qcow2Header header;
  private final ReadSettings settings;
  private final L2Cursor tables;
  private final long virtualSize;
  private final long clusters;
  private long next;
  private long read;

  Qcow2Reader(StoredBytes file, Qcow2Header header, ReadSettings settings) {
    this.file = file;
    this.header = header;
    this.settings = settings;
    this.tables = new L2Cursor(file, header, header.backing() != null);
    this.virtualSize = Geometry.roundUp(header.virtualSizeBytes(), SECTOR);
    long cluster = header.clusterBytes();
    this.clusters = (header.virtualSizeBytes() + cluster - 1) / cluster;
  }

  @Override
  public long virtualSizeBytes() {
    return virtualSize;
  }

  @Override
  public int windowBytes() {
    return Math.max(WINDOW, header.clusterBytes());
  }

  @Override
  public Map<String, String> details() {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("version", Integer.toString(header.version()));
    details.put("clusterBytes", Integer.toString(header.clusterBytes()));
    details.put("compressionType", header.compression().name().toLowerCase(Locale.ROOT));
    if (header.extendedL2()) {
      details.put("extendedL2", "true");
    }
    if (header.backing() != null) {
      details.put("backingFile", header.backing().name());
    }
    details.put("snapshots", Integer.toString(header.snapshots()));
    return details;
  }

  @Override
  public @Nullable Batch next(BufferPool pool) {
    settings.cancellation().check("read " + file.name());
    refuseSnapshots();
    next = tables.nextData(next, clusters);
    if (next == clusters) {
      return null;
    }
    int perWindow = windowBytes() / header.clusterBytes();
    long end = Math.min(clusters, (next / perWindow + 1) * perWindow);
    long start = next / perWindow * windowBytes();
    List<Piece> found = new ArrayList<>();
    while (next < end) {
      tables.collect(next, found);
      next = tables.nextData(next + 1, end);
    }
    int size = found.stream().mapToInt(Piece::size).sum();
    byte[] buffer = pool.take(Math.max(size, windowBytes()));
    List<Extent> extents = read(found, buffer);
    read += size;
    int length = (int) Math.min(windowBytes(), virtualSize - start);
    return new Batch(start, length, extents, buffer, read);
  }

  private void refuseSnapshots() {
    if (header.snapshots() > 0 && !settings.activeStateOnly()) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          file.name(),
          60,
          "qcow2 header",
          "it holds "
              + header.snapshots()
              + " internal snapshots, which would be lost; delete them on its host first, or ask"
              + " for the active state without them");
    }
  }

  private List<Extent> read(List<Piece> found, byte[] buffer) {
    List<Extent> extents = new ArrayList<>(found.size());
    int used = 0;
    for (int i = 0; i < found.size(); ) {
      Piece first = found.get(i);
      int length = first.length();
      int size = first.size();
      i++;
      // Plain clusters that follow one another in the guest and in the file are one read.
      while (i < found.size() && first.goesOnWith(found.get(i), length)) {
        length += found.get(i).length();
        size += found.get(i).size();
        i++;
      }
      if (size > 0) {
        file.read(first.storedAt(), buffer, used, size, "cluster");
      }
      boolean compressed = first.encoding() != Encoding.RAW && first.encoding() != Encoding.ZERO;
      extents.add(
          new Extent(
              first.guest(),
              length,
              compressed ? header.clusterBytes() : length,
              first.encoding(),
              buffer,
              used,
              size,
              first.storedAt()));
      used += size;
    }
    return extents;
  }

  @Override
  public long storedBytesRead() {
    return read;
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (virtualSize != header.virtualSizeBytes()) {
      notes.add(
          "the size was rounded up from "
              + header.virtualSizeBytes()
              + " to "
              + virtualSize
              + " bytes");
    }
    if (header.snapshots() > 0) {
      notes.add(header.snapshots() + " internal snapshots were left out");
    }
    if (header.bitmaps() != null) {
      notes.add(header.bitmaps().count() + " persistent bitmaps were left out");
    }
    if (header.dirty()) {
      notes.add("the image was not closed cleanly; its reference counts were not used");
    }
    return notes;
  }
}
