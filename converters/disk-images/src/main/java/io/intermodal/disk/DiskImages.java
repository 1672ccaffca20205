package io.intermodal.disk;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.WriteSettings;
import io.intermodal.disk.internal.engine.Formats;
import io.intermodal.disk.internal.engine.Pipeline;
import io.intermodal.disk.internal.engine.Plan;
import java.util.List;
import java.util.Set;

/** Answers questions about one image. Thread-safe. */
public final class DiskImages {

  private DiskImages() {}

  /** Lists the formats that are read. */
  public static List<DiskFormat> readableFormats() {
    return Formats.readable();
  }

  /** Lists the formats that are written. */
  public static List<DiskFormat> writableFormats() {
    return Formats.writable();
  }

  /**
   * Tells whether an image of the format is one file, which may then be a member of an archive, a
   * channel or a stream; others have their data in files beside the one that is named.
   */
  public static boolean isOneFile(DiskFormat format) {
    return Formats.get(format, format.id()).isOneFile();
  }

  /** Lists the options that are obeyed when an image of the format is written. */
  public static Set<ImageOption> optionsOf(DiskFormat format) {
    return Formats.get(format, format.id()).options();
  }

  /**
   * Tells the format of an image by its content, or as the source names it. Never answers raw by
   * itself: a guest decides what its own disk starts with, and what is found there must not turn
   * its disk into an image.
   *
   * @throws io.intermodal.IntermodalException {@code FORMAT_UNSUPPORTED}, naming the format, when
   *     it is recognised and not read yet; {@code FORMAT_UNKNOWN} when it is not recognised
   */
  public static DiskFormat detect(DiskSource source) {
    try (SourceBytes bytes = source.open()) {
      return format(source, bytes).id();
    }
  }

  /**
   * Describes an image from its header. The data is not read, so a damaged or truncated image may
   * still be described.
   */
  public static DiskInfo info(DiskSource source) {
    try (SourceBytes bytes = source.open()) {
      Format format = format(source, bytes);
      ExtentReader reader =
          format.open(bytes, source.settings(bytes, List.of(), Cancellation.none()));
      long stored = bytes.length().orElse(reader.storedBytesRead());
      return new DiskInfo(format.id(), reader.virtualSizeBytes(), stored, reader.details());
    }
  }

  /** Reads a whole image and returns the digest of what a guest sees, with no way to stop it. */
  public static String contentDigest(DiskSource source) {
    return contentDigest(source, Progress.Listener.none(), Cancellation.none());
  }

  /**
   * Reads a whole image, checks all of it, and returns the digest of what a guest sees: the same
   * for the same content in every format, whether zeros are stored or not.
   *
   * <p>It is SHA-256, in lower-case hex, over two things. First, for each block of 64 KiB that is
   * not all zeros, ascending: its number from 0 as 8 bytes, big-endian, then the SHA-256 of its
   * bytes (the last block may be short). Then the virtual size in bytes as 8 bytes, big-endian.
   *
   * <p>Uses one thread per processor and memory as {@link DiskCopy} says.
   */
  public static String contentDigest(
      DiskSource source, Progress.Listener listener, Cancellation cancellation) {
    try (SourceBytes bytes = source.open()) {
      ExtentReader reader =
          format(source, bytes).open(bytes, source.settings(bytes, List.of(), cancellation));
      ProgressMeter meter = ProgressMeter.of("digest " + source.name(), reader, bytes, listener);
      int threads = Runtime.getRuntime().availableProcessors();
      Pipeline.Outcome outcome =
          new Pipeline(reader, null, Plan.digest(reader), bytes, threads, cancellation, meter::done)
              .run();
      bytes.checkUnchanged();
      meter.finish();
      return outcome.contentDigest().orElseThrow();
    }
  }

  /**
   * Writes a disk of zeros; takes no longer for a large one, as nothing is read and hardly anything
   * written.
   *
   * @param virtualSizeBytes the size the guest sees, rounded up to what the format can hold: a
   *     multiple of 512, or more
   * @return that size
   * @throws io.intermodal.IntermodalException {@code TOO_LARGE} when the format cannot hold it
   */
  public static long writeBlank(DiskTarget target, DiskFormat format, long virtualSizeBytes) {
    Problems.checkVirtualSize(target.name(), 0, virtualSizeBytes);
    Format writes = Formats.writable(format, target.name());
    long size =
        writes.sizeFor(Geometry.roundUp(virtualSizeBytes, Geometry.SECTOR), ImageOptions.none());
    try (DiskTarget.Opened opened = target.open(List.of())) {
      WriteSettings settings =
          new WriteSettings(size, Compression.NONE, ImageOptions.none(), target.name(), 0);
      writes.create(opened.bytes(), settings).finish();
      opened.commit(true);
    }
    return size;
  }

  /**
   * Reads and decodes a whole image once and holds its structures against one another, as far as
   * its format can be checked. Goes on behind a block that cannot be decoded; at most 100 of them
   * are named.
   *
   * <p>Uses one thread per processor and memory as {@link DiskCopy} says.
   *
   * @return what was found; damage is data here, not an exception
   * @throws io.intermodal.IntermodalException when the image is of no format that is read, cannot
   *     be read at all, or the work was cancelled
   */
  public static CheckReport check(
      DiskSource source, Progress.Listener listener, Cancellation cancellation) {
    return ImageChecks.check(source, listener, cancellation);
  }

  /**
   * Writes a streamOptimized VMDK of any layout as VMware lays it out: tables behind the grains,
   * footer, end marker, version 3, adapter {@code lsilogic} in place of {@code ide}. Grains are
   * checked and passed on without compressing them anew (unless they are of another size than 64
   * KiB), so it takes about as long as reading the content. What the descriptor says besides is
   * kept: identifiers, CID, versions. The source may be a stream.
   *
   * @return with what was changed in {@link CopyResult#notes()}, one thing each, or that nothing
   *     had to be; the image is written in either case, its SHA-256 is among the target's digests
   * @throws io.intermodal.IntermodalException {@code FORMAT_UNSUPPORTED} when the image is no
   *     streamOptimized VMDK; {@code DAMAGED} or {@code TRUNCATED} when its grains are, which no
   *     repair brings back
   */
  public static CopyResult repair(
      DiskSource source, DiskTarget target, Progress.Listener listener, Cancellation cancellation) {
    return ImageRepair.run(source, target, listener, cancellation);
  }

  /**
   * Compares what a guest sees on two disks, of any two formats, up to the first difference. Both
   * are read at once; what is behind the end of the shorter one counts as zeros.
   *
   * <p>Uses two threads per processor and twice the memory that {@link DiskCopy} says.
   *
   * @throws io.intermodal.IntermodalException when one of them cannot be read, or the work was
   *     cancelled
   */
  public static Comparison compare(
      DiskSource one, DiskSource other, Progress.Listener listener, Cancellation cancellation) {
    return ImageChecks.compare(one, other, listener, cancellation);
  }

  static Format format(DiskSource source, SourceBytes bytes) {
    if (source.format().isPresent()) {
      return Formats.get(source.format().get(), source.name());
    }
    StoredBytes stored = bytes.stored();
    if (stored == null) {
      throw Problems.refuse(
          DiskError.FORMAT_UNKNOWN,
          source.name(),
          "its format must be named, since it comes as one stream, as from a web server that knows"
              + " no ranges");
    }
    return Formats.detect(stored);
  }
}
