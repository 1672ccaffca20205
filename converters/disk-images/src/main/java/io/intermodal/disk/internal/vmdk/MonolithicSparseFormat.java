package io.intermodal.disk.internal.vmdk;

import static io.intermodal.disk.internal.Geometry.SECTOR;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.ImageOption;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.Head;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.WriteSettings;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sparse extent that hosted products run from: one file, tables in front, no compression. */
public final class MonolithicSparseFormat implements Format {

  @Override
  public DiskFormat id() {
    return DiskFormat.VMDK_MONOLITHIC_SPARSE;
  }

  @Override
  public boolean recognises(Head head) {
    int both = SparseHeader.COMPRESSED_GRAINS | SparseHeader.MARKERS;
    return head.has(0, "KDMV") && (head.intAt(8, ByteOrder.LITTLE_ENDIAN) & both) != both;
  }

  @Override
  public ExtentReader open(SourceBytes source, ReadSettings settings) {
    StoredBytes file =
        source.requireStored("monolithicSparse VMDK", "its grains may be in any order");
    SparseHeader header = SparseRuns.header(file);
    Descriptor descriptor = descriptor(file, header);
    List<String> notes = new ArrayList<>();
    checkExtents(file, header, descriptor, notes);
    SparseRuns runs = SparseRuns.open(file, header, header.capacity(), settings.cancellation());
    if (!settings.digests().isEmpty()) {
      // Grains are read in the guest's order, which is not the order of the file.
      source.sequential(settings.digests()).drain(settings.cancellation());
    }
    Map<String, String> details = new LinkedHashMap<>();
    details.put("createType", "monolithicSparse");
    details.put("grainBytes", Long.toString(header.grainBytes()));
    details.putAll(descriptor.details());
    RunReader.Part whole = new RunReader.Part(0, header.capacity() * SECTOR, runs);
    return new RunReader(file.name(), List.of(whole), details, notes, settings.cancellation());
  }

  /** A sparse extent without descriptor is a part of a disk, and must not pass for a whole one. */
  private static Descriptor descriptor(StoredBytes file, SparseHeader header) {
    byte[] bytes = new byte[(int) header.descriptorSize() * SECTOR];
    long at = header.descriptorOffset() * SECTOR;
    if (bytes.length > 0) {
      file.read(at, bytes, 0, bytes.length, "VMDK descriptor");
    }
    Descriptor descriptor = Descriptor.parse(file.name(), at, bytes);
    if (descriptor.get("createtype") == null) {
      throw Problems.at(
          DiskError.FORMAT_UNSUPPORTED,
          file.name(),
          at,
          "VMDK descriptor",
          "there is none: the file is one extent of a disk; name the disk's descriptor file");
    }
    return descriptor;
  }

  private static void checkExtents(
      StoredBytes file, SparseHeader header, Descriptor descriptor, List<String> notes) {
    long at = header.descriptorOffset() * SECTOR;
    List<DescriptorExtent> extents = descriptor.extents();
    if (extents.size() > 1) {
      throw Problems.at(
          DiskError.FEATURE_UNSUPPORTED,
          file.name(),
          at,
          "VMDK descriptor",
          "it stands inside an extent and names " + extents.size() + " of them");
    }
    for (DescriptorExtent extent : extents) {
      if (extent.sectors() != header.capacity()) {
        notes.add(
            "the descriptor says "
                + extent.sectors()
                + " sectors, the header "
                + header.capacity()
                + "; the header was taken");
      }
    }
  }

  @Override
  public Set<ImageOption> options() {
    return Set.of(ImageOption.ADAPTER_TYPE);
  }

  @Override
  public boolean writesInOrder(boolean seekable) {
    return false;
  }

  @Override
  public ExtentWriter create(ByteTarget target, WriteSettings settings) {
    return new MonolithicSparseWriter(target, settings);
  }
}
