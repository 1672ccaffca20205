package io.intermodal.disk.internal.qcow2;

import static io.intermodal.disk.internal.Geometry.SECTOR;
import static io.intermodal.disk.internal.Geometry.WINDOW;

import io.intermodal.Cancellation;
import io.intermodal.disk.internal.Batch;
import io.intermodal.disk.internal.BufferPool;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.Extent;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.qcow2.L2Cursor.Cluster;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the active state of an image in the guest's order. */
final class Qcow2Reader implements ExtentReader {

  private final StoredBytes file;
  private final Qcow2Header header;
  private final Cancellation cancellation;
  private final L2Cursor tables;
  private final long virtualSize;
  private final long clusters;
  private long next;
  private long read;

  Qcow2Reader(StoredBytes file, Qcow2Header header, Cancellation cancellation) {
    this.file = file;
    this.header = header;
    this.cancellation = cancellation;
    this.tables = new L2Cursor(file, header);
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
    details.put("snapshots", Integer.toString(header.snapshots()));
    return details;
  }

  @Override
  public @Nullable Batch next(BufferPool pool) {
    cancellation.check("read " + file.name());
    next = tables.nextData(next, clusters);
    if (next == clusters) {
      return null;
    }
    int perWindow = windowBytes() / header.clusterBytes();
    long end = Math.min(clusters, (next / perWindow + 1) * perWindow);
    long start = next / perWindow * windowBytes();
    List<Cluster> found = new ArrayList<>();
    int size = 0;
    while (next < end) {
      Cluster cluster = tables.cluster(next);
      found.add(cluster);
      size += cluster.size();
      next = tables.nextData(next + 1, end);
    }
    byte[] buffer = pool.take(Math.max(size, windowBytes()));
    List<Extent> extents = read(found, buffer);
    read += size;
    int length = (int) Math.min(windowBytes(), virtualSize - start);
    return new Batch(start, length, extents, buffer, read);
  }

  private List<Extent> read(List<Cluster> found, byte[] buffer) {
    List<Extent> extents = new ArrayList<>(found.size());
    int used = 0;
    for (int i = 0; i < found.size(); ) {
      Cluster first = found.get(i);
      int length = first.length();
      int size = first.size();
      i++;
      // Plain clusters that follow one another in the guest and in the file are one read.
      while (i < found.size() && follows(first, length, found.get(i))) {
        length += found.get(i).length();
        size += found.get(i).size();
        i++;
      }
      file.read(first.storedAt(), buffer, used, size, "cluster");
      extents.add(
          first.compressed()
              ? new Extent(
                  first.guest(),
                  length,
                  header.clusterBytes(),
                  Encoding.DEFLATE,
                  buffer,
                  used,
                  size,
                  first.storedAt())
              : Extent.raw(first.guest(), buffer, used, size, first.storedAt()));
      used += size;
    }
    return extents;
  }

  private static boolean follows(Cluster first, int length, Cluster next) {
    return !first.compressed()
        && !next.compressed()
        && next.guest() == first.guest() + length
        && next.storedAt() == first.storedAt() + length;
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
    if (header.dirty()) {
      notes.add("the image was not closed cleanly; its reference counts were not used");
    }
    return notes;
  }
}
