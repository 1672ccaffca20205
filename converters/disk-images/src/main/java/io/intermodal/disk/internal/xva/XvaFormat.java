package io.intermodal.disk.internal.xva;

import static io.intermodal.disk.internal.xva.ChunkWriter.CHUNK;

import io.intermodal.disk.DiskError;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.ImageOptions;
import io.intermodal.disk.XvaDisk;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Head;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SequentialInput;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.WriteSettings;
import java.util.List;
import java.util.stream.Collectors;

/**
 * XenServer's export. One with a single disk is read as that disk, from a file or a stream, gzip'd
 * or not; of one with several the disk is named through {@code XvaArchive}.
 */
public final class XvaFormat implements Format {

  static final int ZSTD_MAGIC = 0xFD2FB528;

  @Override
  public DiskFormat id() {
    return DiskFormat.XVA;
  }

  @Override
  public boolean recognises(Head head) {
    return head.has(0, OvaXml.NAME + "\0") && head.has(257, "ustar");
  }

  @Override
  public ExtentReader open(SourceBytes source, ReadSettings settings) {
    StoredBytes stored = source.stored();
    if (stored instanceof XvaDiskBytes named) {
      if (!settings.digests().isEmpty()) {
        source.sequential(settings.digests()).drain(settings.cancellation());
      }
      XvaIndex index = named.index();
      long start = index.startOf(named.disk());
      TarInput tar = new TarInput(ArchiveInput.of(stored, start));
      ChunkCursor chunks = new ChunkCursor(tar, named.disk(), index.firstLength());
      return new XvaReader(
          tar, index.description(), named.disk(), chunks, settings, /* toTheEnd= */ false);
    }
    if (stored != null && recognises(Head.of(stored))) {
      // Headers alone tell which disks have data, before anything is written.
      XvaDisk only = single(stored.name(), XvaIndex.of(stored).disks());
      TarInput tar = new TarInput(ArchiveInput.of(source.sequential(settings.digests())));
      return reader(tar, OvaXml.read(tar), only, settings);
    }
    TarInput tar = new TarInput(unpacked(source.sequential(settings.digests())));
    OvaXml description = OvaXml.read(tar);
    return reader(tar, description, single(tar.name(), description.likelyDisks()), settings);
  }

  private static ExtentReader reader(
      TarInput tar, OvaXml description, XvaDisk disk, ReadSettings settings) {
    ChunkCursor chunks = new ChunkCursor(tar, disk, 0);
    return new XvaReader(tar, description, disk, chunks, settings, /* toTheEnd= */ true);
  }

  private static ArchiveInput unpacked(SequentialInput input) {
    int magic = input.peekInt();
    if (magic == ZSTD_MAGIC) {
      throw Problems.refuse(
          DiskError.FEATURE_UNSUPPORTED,
          input.name(),
          "the archive is compressed with zstd, which is not read; unpack it first (zstd -d)");
    }
    return (magic & 0xFFFF) == 0x8B1F ? new GzipInput(input) : ArchiveInput.of(input);
  }

  private static XvaDisk single(String name, List<XvaDisk> disks) {
    if (disks.isEmpty()) {
      throw Problems.refuse(
          DiskError.FORMAT_UNSUPPORTED, name, "the export holds no disk, only metadata");
    }
    if (disks.size() > 1) {
      throw Problems.refuse(DiskError.FORMAT_UNSUPPORTED, name, severalDisks(disks));
    }
    return disks.get(0);
  }

  static String severalDisks(List<XvaDisk> disks) {
    return "the export holds several disks; name one of them: "
        + disks.stream()
            .map(d -> d.reference() + " (" + TarInput.shown(d.nameLabel()) + ")")
            .collect(Collectors.joining(", "));
  }

  /** Returns whole chunks: the first one must be one, and says how long all are. */
  @Override
  public long sizeFor(long virtualSizeBytes, ImageOptions options) {
    return Math.max(CHUNK, Geometry.roundUp(virtualSizeBytes, CHUNK));
  }

  @Override
  public boolean writesInOrder(boolean seekable) {
    return true;
  }

  @Override
  public ExtentWriter create(ByteTarget target, WriteSettings settings) {
    return new XvaImageWriter(target, settings);
  }
}
