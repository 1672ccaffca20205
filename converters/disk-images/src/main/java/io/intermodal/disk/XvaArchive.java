package io.intermodal.disk;

import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.xva.XvaDiskBytes;
import io.intermodal.disk.internal.xva.XvaIndex;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Looks into an XVA, XenServer's export of machines: a tar of {@code ova.xml} and of the chunks of
 * disks. Holds no file open. Immutable and thread-safe.
 */
public final class XvaArchive {

  private final DiskSource source;
  private final XvaIndex index;

  private XvaArchive(DiskSource source, XvaIndex index) {
    this.source = source;
    this.index = index;
  }

  /**
   * Reads the description and the headers of all members, not the data.
   *
   * @param source a file, or another source with random access
   * @throws io.intermodal.IntermodalException {@code FORMAT_UNSUPPORTED} when the archive is
   *     compressed or comes from a stream; {@code FEATURE_UNSUPPORTED} for exports of old hosts,
   *     without checksums behind the chunks; {@code DAMAGED}, {@code TRUNCATED}, {@code TOO_LARGE};
   *     {@code XML_MALFORMED} and its like
   */
  public static XvaArchive open(DiskSource source) {
    try (SourceBytes bytes = source.open()) {
      StoredBytes stored = bytes.stored();
      if (stored == null) {
        throw Problems.refuse(
            DiskError.FORMAT_UNSUPPORTED,
            source.name(),
            "the disks of an archive are looked up in a file, not in a stream; store it first");
      }
      return new XvaArchive(source, XvaIndex.of(stored));
    }
  }

  /** Returns the description of the machines, at most 64 MiB: one value of XML-RPC. */
  public String ovaXml() {
    return index.description().text();
  }

  /** Returns the disks whose data is in the archive, in its order. */
  public List<XvaDisk> disks() {
    return index.disks();
  }

  /**
   * Returns a disk as a source, with random access to its part of the archive. Its chunks are
   * checked against their checksums as they are read.
   *
   * @param reference as {@link #disks()} says it
   * @throws io.intermodal.IntermodalException {@code FORMAT_UNSUPPORTED}, listing the disks, when
   *     the archive has no data of that one
   */
  public DiskSource disk(String reference) {
    for (XvaDisk disk : index.disks()) {
      if (disk.reference().equals(reference)) {
        return source.as(DiskFormat.XVA).wrapped(bytes -> new XvaDiskBytes(bytes, index, disk));
      }
    }
    throw Problems.refuse(
        DiskError.FORMAT_UNSUPPORTED,
        source.name(),
        "it holds no data of a disk "
            + reference
            + "; its disks are "
            + index.disks().stream().map(XvaDisk::reference).collect(Collectors.joining(", ")));
  }
}
