package io.intermodal.disk.convert;

import io.intermodal.BuildVersion;
import io.intermodal.Cancellation;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.convert.ConvertError;
import io.intermodal.convert.Fidelity;
import io.intermodal.convert.FormatEdge;
import io.intermodal.convert.spi.DiskConverter;
import io.intermodal.disk.Compression;
import io.intermodal.disk.CopyResult;
import io.intermodal.disk.DiskCopy;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskImages;
import io.intermodal.disk.DiskSource;
import io.intermodal.disk.DiskTarget;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Converts between all formats of the disk engine, each pair in one pass and with the digest of the
 * content. Found by {@code ServiceLoader}; stateless and thread-safe.
 */
public final class DiskImagesConverter implements DiskConverter {

  /** CPU milliseconds for one gigabyte of data when compressed blocks are passed on and checked. */
  private static final int PASS_THROUGH_COST = 4_000;

  /** The same when blocks are unpacked, or copied and digested. */
  private static final int DECODE_COST = 6_000;

  /** The same when blocks are compressed with the fast level. */
  private static final int ENCODE_COST = 13_000;

  private static final Set<DiskFormat> COMPRESSED =
      Set.of(DiskFormat.VMDK_STREAM_OPTIMIZED, DiskFormat.QCOW2);

  /** What can be written front to back and says how large it is. */
  private static final Set<DiskFormat> STREAMED =
      Set.of(DiskFormat.VMDK_STREAM_OPTIMIZED, DiskFormat.RAW);

  /** Makes the plugin; called by {@code ServiceLoader}. */
  public DiskImagesConverter() {}

  @Override
  public String id() {
    return "disk-images";
  }

  @Override
  public String version() {
    return BuildVersion.of(DiskImagesConverter.class);
  }

  @Override
  public List<FormatEdge> edges() {
    List<FormatEdge> edges = new ArrayList<>();
    for (DiskFormat from : readable()) {
      for (DiskFormat to : DiskImages.writableFormats()) {
        if (DiskImages.isOneFile(to) && !from.equals(to)) {
          edges.add(edge(from, to));
        }
      }
    }
    return edges;
  }

  private FormatEdge edge(DiskFormat from, DiskFormat to) {
    if (passesThrough(from, to)) {
      return new FormatEdge(id(), from.id(), to.id(), PASS_THROUGH_COST, Fidelity.EXACT);
    }
    boolean encodes = to.equals(DiskFormat.VMDK_STREAM_OPTIMIZED);
    return new FormatEdge(
        id(), from.id(), to.id(), encodes ? ENCODE_COST : DECODE_COST, Fidelity.CONTENT);
  }

  /** Tells whether compressed blocks of one format fit the other as they are. */
  private static boolean passesThrough(DiskFormat from, DiskFormat to) {
    return COMPRESSED.contains(from) && COMPRESSED.contains(to);
  }

  @Override
  public Set<String> readableFormats() {
    Set<String> formats = new TreeSet<>();
    readable().forEach(format -> formats.add(format.id()));
    return formats;
  }

  /** A disk travels as one channel, so formats that spread over several files have no place. */
  private static List<DiskFormat> readable() {
    return DiskImages.readableFormats().stream().filter(DiskImages::isOneFile).toList();
  }

  @Override
  public Optional<String> detect(SeekableByteChannel source, String disk) {
    return Optional.of(DiskImages.detect(DiskSource.channel(disk, source)).id());
  }

  @Override
  public Result convert(Request request) {
    return run(
        source(request.source(), request.sourceFormat(), request.task()),
        format(request.sourceFormat()),
        DiskTarget.channel(request.task(), request.target()),
        format(request.targetFormat()),
        request.expectedDigests(),
        renamed(request.task(), request.progress()),
        request.cancellation());
  }

  @Override
  public Optional<Result> convertToStream(StreamRequest request) {
    DiskFormat to = new DiskFormat(request.targetFormat());
    DiskFormat from = new DiskFormat(request.sourceFormat());
    if (!STREAMED.contains(to) || !readable().contains(from)) {
      return Optional.empty();
    }
    return Optional.of(
        run(
            source(request.source(), request.sourceFormat(), request.task()),
            from,
            DiskTarget.stream(request.task(), Channels.newOutputStream(request.target())),
            to,
            request.expectedDigests(),
            renamed(request.task(), request.progress()),
            request.cancellation()));
  }

  private static Result run(
      DiskSource source,
      DiskFormat from,
      DiskTarget target,
      DiskFormat to,
      Map<String, String> expectedDigests,
      Progress.Listener progress,
      Cancellation cancellation) {
    DiskCopy copy =
        DiskCopy.from(source).to(target, to).progress(progress).cancellation(cancellation);
    if (to.equals(DiskFormat.VMDK_STREAM_OPTIMIZED) || passesThrough(from, to)) {
      copy.compress(Compression.FAST);
    }
    expectedDigests.forEach(copy::expectDigest);
    CopyResult result = copy.run();
    List<String> notes = new ArrayList<>(result.notes());
    if (result.passedThrough()) {
      notes.add(0, "compressed blocks passed through");
    }
    return new Result(
        result.virtualSizeBytes(),
        result.contentDigest().orElse(null),
        result.targetContentDigest().orElse(null),
        result.bytesRead(),
        result.bytesWritten(),
        String.join("; ", notes));
  }

  @Override
  public boolean createBlank(SeekableByteChannel target, String format, long capacityBytes) {
    DiskImages.writeBlank(DiskTarget.channel("blank disk", target), format(format), capacityBytes);
    return true;
  }

  @Override
  public boolean enlarge(
      SeekableByteChannel source, SeekableByteChannel target, String format, long capacityBytes) {
    DiskFormat same = format(format);
    DiskCopy copy =
        DiskCopy.from(source(source, format, "disk"))
            .to(DiskTarget.channel("larger disk", target), same)
            .atLeast(capacityBytes);
    if (COMPRESSED.contains(same)) {
      copy.compress(Compression.FAST);
    }
    copy.run();
    return true;
  }

  @Override
  public long capacityBytes(SeekableByteChannel source, String format) {
    return DiskImages.info(source(source, format, "disk")).virtualSizeBytes();
  }

  @Override
  public String contentDigest(
      SeekableByteChannel source,
      String format,
      String task,
      Progress.Listener progress,
      Cancellation cancellation) {
    return DiskImages.contentDigest(
        source(source, format, task), renamed(task, progress), cancellation);
  }

  private static DiskSource source(SeekableByteChannel channel, String format, String name) {
    return DiskSource.channel(name, channel).as(format(format));
  }

  private static DiskFormat format(String id) {
    DiskFormat format = new DiskFormat(id);
    if (!readable().contains(format)) {
      throw new IntermodalException(
          ConvertError.UNKNOWN_FORMAT,
          "cannot convert the disk format "
              + id
              + "; known are "
              + readable().stream().map(DiskFormat::id).toList());
    }
    return format;
  }

  /** The engine names its work itself; a migration knows better what the disk is for. */
  private static Progress.Listener renamed(String task, Progress.Listener listener) {
    return progress ->
        listener.progress(new Progress(task, progress.doneBytes(), progress.totalBytes()));
  }
}
