package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskError;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.vmdk.RunReader.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/**
 * Opens the extents that a descriptor names, each a file beside it, and checks that they hold what
 * the descriptor says and that no byte of a file belongs to two of them.
 */
final class ExtentFiles {

  /** A disk of 4 TiB in parts of 2 GiB; each is an open file. */
  private static final int MAX_EXTENTS = 2048;

  private final StoredBytes descriptor;
  private final Cancellation cancellation;
  private final Map<String, StoredBytes> opened = new HashMap<>();
  private final Map<String, TreeMap<Long, Long>> taken = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private ExtentFiles(StoredBytes descriptor, Cancellation cancellation) {
    this.descriptor = descriptor;
    this.cancellation = cancellation;
  }

  static ExtentFiles open(
      StoredBytes descriptor, List<DescriptorExtent> extents, Cancellation cancellation) {
    if (extents.isEmpty() || extents.size() > MAX_EXTENTS) {
      throw Problems.damaged(
          descriptor.name(),
          0,
          "VMDK descriptor",
          extents.isEmpty()
              ? "it names no extent"
              : extents.size() + " extents, the cap is " + MAX_EXTENTS);
    }
    ExtentFiles files = new ExtentFiles(descriptor, cancellation);
    long start = 0;
    for (DescriptorExtent extent : extents) {
      if (extent.sectors() > (Geometry.MAX_VIRTUAL_BYTES - start) / SECTOR) {
        throw Problems.at(
            DiskError.TOO_LARGE,
            descriptor.name(),
            extent.at(),
            "VMDK descriptor",
            "its extents add up to more than the cap of 64 TiB");
      }
      long end = start + extent.sectors() * SECTOR;
      files.parts.add(new Part(start, end, files.runs(extent)));
      start = end;
    }
    return files;
  }

  /** Returns the parts of the disk, one behind the other. */
  List<Part> parts() {
    return parts;
  }

  List<String> notes() {
    return notes;
  }

  private GuestRuns runs(DescriptorExtent extent) {
    if (extent.access().equals("NOACCESS")) {
      notes.add(
          "an extent of "
              + extent.sectors()
              + " sectors may not be accessed (NOACCESS); it was read as zeros");
      return new ZeroRuns();
    }
    return switch (extent.type()) {
      case "ZERO" -> new ZeroRuns();
      case "FLAT", "VMFS" -> flat(extent);
      case "SPARSE" -> sparse(extent);
      case "VMFSSPARSE", "SESPARSE" ->
          throw unsupported(
              extent, "the changes of a snapshot; consolidate the machine's snapshots");
      case "VMFSRDM", "VMFSRAW" ->
          throw unsupported(extent, "a raw device of its host; copy the device itself as raw");
      default -> throw unsupported(extent, "not read; let its host convert the disk");
    };
  }

  private IntermodalException unsupported(DescriptorExtent extent, String what) {
    return Problems.at(
        DiskError.FEATURE_UNSUPPORTED,
        descriptor.name(),
        extent.at(),
        "VMDK descriptor",
        "an extent of type " + extent.type() + " is " + what);
  }

  private GuestRuns flat(DescriptorExtent extent) {
    StoredBytes file = file(extent);
    long sectors = file.size() / SECTOR;
    if (extent.sectors() > sectors || extent.offsetSectors() > sectors - extent.sectors()) {
      throw Problems.truncated(
          file.name(), file.size(), "extent of " + extent.sectors() + " sectors");
    }
    take(extent, extent.offsetSectors(), extent.offsetSectors() + extent.sectors());
    return new FlatRuns(file, extent.offsetSectors() * SECTOR);
  }

  private GuestRuns sparse(DescriptorExtent extent) {
    StoredBytes file = file(extent);
    if (extent.offsetSectors() != 0) {
      throw Problems.damaged(
          descriptor.name(), extent.at(), "VMDK descriptor", "a sparse extent has no offset");
    }
    take(extent, 0, Long.MAX_VALUE);
    SparseHeader header = SparseRuns.header(file);
    return SparseRuns.open(file, header, extent.sectors(), cancellation);
  }

  private StoredBytes file(DescriptorExtent extent) {
    String fileName = extent.fileName();
    if (fileName == null) {
      throw Problems.damaged(
          descriptor.name(), extent.at(), "VMDK descriptor", "an extent names no file");
    }
    StoredBytes known = opened.get(fileName);
    if (known == null) {
      known = descriptor.companion(extent.at(), fileName);
      opened.put(fileName, known);
    }
    return known;
  }

  private void take(DescriptorExtent extent, long from, long to) {
    TreeMap<Long, Long> ranges =
        taken.computeIfAbsent(String.valueOf(extent.fileName()), n -> new TreeMap<>());
    Entry<Long, Long> before = ranges.lowerEntry(to);
    boolean overlaps = before != null && before.getValue() > from;
    if (overlaps && from < to) {
      throw Problems.damaged(
          descriptor.name(),
          extent.at(),
          "VMDK descriptor",
          "two extents overlap in " + extent.fileName());
    }
    if (from < to) {
      ranges.put(from, to);
    }
  }
}
