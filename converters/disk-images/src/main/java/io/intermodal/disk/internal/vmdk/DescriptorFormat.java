package io.intermodal.disk.internal.vmdk;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A descriptor in a file of its own, with the data in extents beside it. */
public final class DescriptorFormat implements Format {

  private final DiskFormat id;
  private final String createType;

  /** What the one extent of a disk that is written is called; empty for what is only read. */
  private final Optional<String> writtenAs;

  private DescriptorFormat(DiskFormat id, String createType, Optional<String> writtenAs) {
    this.id = id;
    this.createType = createType;
    this.writtenAs = writtenAs;
  }

  /** Returns the one with a flat file, as hosted products write it. */
  public static Format monolithicFlat() {
    return new DescriptorFormat(
        DiskFormat.VMDK_MONOLITHIC_FLAT, "monolithicFlat", Optional.of("FLAT"));
  }

  /** Returns the one with a flat file, as ESX writes it. */
  public static Format vmfs() {
    return new DescriptorFormat(DiskFormat.VMDK_VMFS, "vmfs", Optional.of("VMFS"));
  }

  /** Returns the one with sparse files of at most 2 GiB. */
  public static Format twoGbSparse() {
    return new DescriptorFormat(
        DiskFormat.VMDK_TWO_GB_SPARSE, "twoGbMaxExtentSparse", Optional.empty());
  }

  /** Returns the one with flat files of at most 2 GiB. */
  public static Format twoGbFlat() {
    return new DescriptorFormat(
        DiskFormat.VMDK_TWO_GB_FLAT, "twoGbMaxExtentFlat", Optional.empty());
  }

  /** Finds the type that a descriptor names, for an error; empty when it is no descriptor. */
  public static Optional<String> createType(Head head) {
    return Descriptor.createType(head.text());
  }

  @Override
  public DiskFormat id() {
    return id;
  }

  @Override
  public boolean recognises(Head head) {
    Optional<String> found = createType(head);
    // The specification spells the split types both with "2Gb" and with "twoGb".
    return found.isPresent()
        && found.get().replaceFirst("^2gb", "twogb").equals(createType.toLowerCase(Locale.ROOT));
  }

  @Override
  public ExtentReader open(SourceBytes source, ReadSettings settings) {
    StoredBytes file = source.stored();
    if (file == null || !file.hasCompanions()) {
      throw Problems.refuse(
          DiskError.FORMAT_UNSUPPORTED,
          source.name(),
          "it is a VMDK descriptor whose data is in other files, which only a descriptor that is a "
              + "whole file in a folder can have beside it; unpack all of them into one folder, or "
              + "package the disk as streamOptimized");
    }
    if (file.size() > Descriptor.MAX_BYTES) {
      throw Problems.damaged(
          file.name(), Descriptor.MAX_BYTES, "VMDK descriptor", "it is over 1 MiB long");
    }
    byte[] bytes = new byte[(int) file.size()];
    file.read(0, bytes, 0, bytes.length, "VMDK descriptor");
    Descriptor descriptor = Descriptor.parse(file.name(), 0, bytes);
    ExtentFiles extents = ExtentFiles.open(file, descriptor.extents(), settings.cancellation());
    List<String> notes = new ArrayList<>(extents.notes());
    if (!settings.digests().isEmpty()) {
      source.sequential(settings.digests()).drain(settings.cancellation());
      notes.add("the digest of the source is that of its descriptor, not of its extents");
    }
    Map<String, String> details = new LinkedHashMap<>();
    String type = descriptor.get("createtype");
    details.put("createType", type == null ? "" : type);
    details.put("extents", Integer.toString(extents.parts().size()));
    details.putAll(descriptor.details());
    return new RunReader(file.name(), extents.parts(), details, notes, settings.cancellation());
  }

  @Override
  public boolean isOneFile() {
    return false;
  }

  @Override
  public boolean isWritable() {
    return writtenAs.isPresent();
  }

  @Override
  public Set<ImageOption> options() {
    return isWritable() ? Set.of(ImageOption.ADAPTER_TYPE) : Set.of();
  }

  @Override
  public boolean writesInOrder(boolean seekable) {
    return false;
  }

  @Override
  public ExtentWriter create(ByteTarget target, WriteSettings settings) {
    return new FlatWriter(target, settings, createType, writtenAs.orElseThrow());
  }
}
