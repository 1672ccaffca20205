package io.intermodal.disk;

import io.intermodal.Cancellation;
import io.intermodal.CancelledException;
import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.Progress;
import io.intermodal.disk.internal.ByteTarget;
import io.intermodal.disk.internal.Encoding;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.ExtentWriter;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.Geometry;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.WideReader;
import io.intermodal.disk.internal.WriteSettings;
import io.intermodal.disk.internal.engine.Formats;
import io.intermodal.disk.internal.engine.Pipeline;
import io.intermodal.disk.internal.engine.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Copies an image from one format to another in one pass: what is stored is read once (twice for
 * qcow2 when a digest of its file is wanted), digests are computed on the way, and nothing is
 * unpacked to a temporary file. Blocks that are compressed already are passed on as they are where
 * the target can hold them: from streamOptimized VMDK and compressed qcow2 of 64 KiB to either, and
 * between qcow2 of the same cluster size and compression type.
 *
 * <p>The same source, settings and version give the same bytes with any number of threads. Memory
 * stays under {@code 10 MiB x (threads + 2)}, and under twice that where grains or clusters on
 * either side are larger than 1 MiB; a qcow2 in clusters of 512 bytes takes up to 64 MiB more for
 * its tables; reading a VMDK with all its tables in front adds 64 MiB per TiB of data. Settings may
 * be made in any order; not thread-safe; {@link #run()} may be called once.
 */
public final class DiskCopy {

  private final DiskSource source;
  private final Map<String, String> expected = new LinkedHashMap<>();
  private final TreeSet<String> sourceAlgorithms = new TreeSet<>();
  private final TreeSet<String> targetAlgorithms = new TreeSet<>();
  private @Nullable DiskTarget target;
  private @Nullable Format writer;
  private DiskFormat format = DiskFormat.RAW;
  private Compression compression = Compression.NONE;
  private ImageOptions options = ImageOptions.none();
  private Verify verify = Verify.AUTO;
  private boolean contentDigest = true;
  private int threads = Runtime.getRuntime().availableProcessors();
  private long seed;
  private long leastSizeBytes;
  private boolean force = true;
  private boolean checkSpace = true;
  private boolean begun;
  private Progress.Listener listener = Progress.Listener.none();
  private Cancellation cancellation = Cancellation.none();

  private DiskCopy(DiskSource source) {
    this.source = Objects.requireNonNull(source, "source");
  }

  /** Starts the description of a copy. */
  public static DiskCopy from(DiskSource source) {
    return new DiskCopy(source);
  }

  /** Says where to and as what; must be called. */
  public DiskCopy to(DiskTarget newTarget, DiskFormat newFormat) {
    this.target = Objects.requireNonNull(newTarget, "newTarget");
    this.format = Objects.requireNonNull(newFormat, "newFormat");
    return this;
  }

  /** Writes in a way of its own instead of the format's. */
  DiskCopy writeWith(Format newWriter) {
    this.writer = newWriter;
    return this;
  }

  /** Sets what the target's format leaves open; default: the format's own choice. */
  public DiskCopy options(ImageOptions newOptions) {
    this.options = Objects.requireNonNull(newOptions, "newOptions");
    return this;
  }

  /** Sets how blocks are stored that do not come compressed; default {@link Compression#NONE}. */
  public DiskCopy compress(Compression newCompression) {
    this.compression = Objects.requireNonNull(newCompression, "newCompression");
    return this;
  }

  /** Sets how blocks that are passed on are checked; default {@link Verify#AUTO}. */
  public DiskCopy verify(Verify newVerify) {
    this.verify = Objects.requireNonNull(newVerify, "newVerify");
    return this;
  }

  /**
   * Sets whether the content digest is computed; default true. It means inflating every block, so a
   * pure pass-through is some times faster without it.
   */
  public DiskCopy contentDigest(boolean newContentDigest) {
    this.contentDigest = newContentDigest;
    return this;
  }

  /**
   * Adds a digest of the source's stored bytes to the result.
   *
   * @param algorithm the JDK's name: "SHA-256", "SHA-1"
   */
  public DiskCopy digestSource(String algorithm) {
    Digests.start(algorithm);
    sourceAlgorithms.add(algorithm);
    return this;
  }

  /**
   * Expects a digest of the source's stored bytes, such as a manifest holds. With another one the
   * copy fails with {@code DIGEST_MISMATCH} and leaves no file.
   *
   * @param hex in either case
   */
  public DiskCopy expectDigest(String algorithm, String hex) {
    digestSource(algorithm);
    expected.put(algorithm, hex.strip().toLowerCase(Locale.ROOT));
    return this;
  }

  /**
   * Adds a digest of the bytes written to the result; for images that are written front to back:
   * streamOptimized VMDK anywhere, raw and fixed VHD on a stream.
   */
  public DiskCopy digestTarget(String algorithm) {
    Digests.start(algorithm);
    targetAlgorithms.add(algorithm);
    return this;
  }

  /** Sets how many threads inflate and deflate, 1 to 256; default: the processors there are. */
  public DiskCopy threads(int newThreads) {
    if (newThreads < 1 || newThreads > 256) {
      throw new IllegalArgumentException("threads must be in 1..256: " + newThreads);
    }
    this.threads = newThreads;
    return this;
  }

  /** Sets the seed of identifiers inside the image (the CID of a VMDK); default 0. */
  public DiskCopy seed(long newSeed) {
    this.seed = newSeed;
    return this;
  }

  /**
   * Makes the disk that is written larger than the source: what is behind the source's end is
   * zeros. Nothing happens when the source is as large already. A larger disk has another content
   * digest than the source; the result has both.
   *
   * @param virtualSizeBytes the size the guest sees, rounded up to a multiple of 512
   */
  public DiskCopy atLeast(long virtualSizeBytes) {
    if (virtualSizeBytes < 0 || virtualSizeBytes > Geometry.MAX_VIRTUAL_BYTES) {
      throw new IllegalArgumentException(
          "virtualSizeBytes must be from 0 to 64 TiB: " + virtualSizeBytes);
    }
    this.leastSizeBytes = Geometry.roundUp(virtualSizeBytes, Geometry.SECTOR);
    return this;
  }

  /**
   * Sets whether files are forced to the disk before they get their name; default true. Without it
   * a copy is over sooner, and a crash of the machine soon after may leave an incomplete file.
   */
  public DiskCopy force(boolean newForce) {
    this.force = newForce;
    return this;
  }

  /**
   * Sets whether to look at the free space before the first byte, where it is known how much will
   * be written; default true. What is known are the data of sparse raw files on JDK 22 and newer,
   * and of compressed images that are passed on or unpacked.
   */
  public DiskCopy checkSpace(boolean newCheckSpace) {
    this.checkSpace = newCheckSpace;
    return this;
  }

  /** Hears of stored bytes of the source that were dealt with; called by the thread that runs. */
  public DiskCopy progress(Progress.Listener newListener) {
    this.listener = Objects.requireNonNull(newListener, "newListener");
    return this;
  }

  /** Obeys a cancellation, within a tenth of a second. */
  public DiskCopy cancellation(Cancellation newCancellation) {
    this.cancellation = Objects.requireNonNull(newCancellation, "newCancellation");
    return this;
  }

  /**
   * Copies.
   *
   * @throws IntermodalException with a {@link DiskError} when the source cannot be read as what it
   *     is or has another digest, or the target's format cannot hold it; {@code READ_FAILED},
   *     {@code WRITE_FAILED}, {@code FILE_EXISTS}; {@code CANCELLED}
   * @throws IllegalStateException when no target was named, or a digest of the target was asked for
   *     that is not written front to back
   */
  public CopyResult run() {
    if (target == null) {
      throw new IllegalStateException("to(target, format) must be called before run()");
    }
    try {
      return run(target);
    } catch (RuntimeException e) {
      if (target.isInPlace() && begun) {
        throw spoilt(e, target);
      }
      throw e;
    }
  }

  /** Says that what was written over is worthless now. */
  private static RuntimeException spoilt(RuntimeException e, DiskTarget target) {
    String what = target.name() + " was written over and holds no image now";
    if (e instanceof IntermodalException known && !(e instanceof CancelledException)) {
      return new IntermodalException(
          known.code(), known.getMessage() + "; " + what, known.location().orElse(null), known);
    }
    e.addSuppressed(new IntermodalException(CommonError.WRITE_FAILED, what));
    return e;
  }

  private CopyResult run(DiskTarget target) {
    refuseSameFile(target);
    Format writes = writer != null ? writer : Formats.writable(format, target.name());
    checkOptions(target, writes);
    checkTargetDigests(target, writes);
    try (SourceBytes bytes = source.open()) {
      Format reads = DiskImages.format(source, bytes);
      Digests sourceDigests = new Digests(sourceAlgorithms);
      ExtentReader reader =
          reads.open(bytes, source.settings(bytes, sourceDigests.all(), cancellation));
      refuseBaseFile(target, bytes);
      checkSpace(target, reads, reader, bytes);
      Digests targetDigests = new Digests(targetAlgorithms);
      try (DiskTarget.Opened opened = target.open(targetDigests.all())) {
        begun = true;
        ByteTarget out = opened.bytes();
        ExtentWriter writer = writes.create(out, writeSettings(reader, writes, target));
        ExtentReader batches = WideReader.atLeast(writer.unitBytes(), reader);
        ProgressMeter meter = ProgressMeter.of("copy " + source.name(), reader, bytes, listener);
        Pipeline.Outcome outcome =
            new Pipeline(
                    batches,
                    writer,
                    plan(batches, writer, writtenSize(reader, writes)),
                    bytes,
                    threads,
                    cancellation,
                    meter::done)
                .run();
        bytes.checkUnchanged();
        Map<String, String> digests = sourceDigests.finish();
        compareDigests(digests);
        writer.finish();
        cancellation.check("copy of " + source.name());
        opened.commit(force);
        meter.finish();
        return new CopyResult(
            reads.id(),
            writes.id(),
            writtenSize(reader, writes),
            outcome.contentDigest(),
            outcome.writtenContentDigest(),
            digests,
            targetDigests.finish(),
            reader.storedBytesRead(),
            out.bytesWritten(),
            outcome.passedThroughBlocks(),
            joined(notes(reader, writes), writer.notes()));
      }
    }
  }

  private void checkSpace(DiskTarget named, Format reads, ExtentReader reader, SourceBytes bytes) {
    boolean unpacked = compression == Compression.NONE;
    boolean packed = reads.id().equals(DiskFormat.VMDK_STREAM_OPTIMIZED);
    // Data that comes unpacked is written as it is only when it is not packed on the way.
    OptionalLong needed =
        packed ? bytes.length() : unpacked ? reader.storedBytesToRead() : OptionalLong.empty();
    if (checkSpace && needed.isPresent() && named.path() != null && !named.isInPlace()) {
      FreeSpace.check(named.path(), needed.getAsLong());
    }
  }

  private Plan plan(ExtentReader reader, ExtentWriter writer, long writtenSize) {
    boolean content = verify == Verify.CONTENT || (verify == Verify.AUTO && expected.isEmpty());
    Encoding wanted = writer.wanted();
    int level = Math.max(compression.level(), Compression.FAST.level());
    return new Plan(
        reader.virtualSizeBytes(),
        writtenSize,
        reader.windowBytes(),
        wanted,
        content,
        contentDigest,
        level,
        writer.unitBytes(),
        false);
  }

  private WriteSettings writeSettings(ExtentReader reader, Format writes, DiskTarget named) {
    return new WriteSettings(writtenSize(reader, writes), compression, options, named.name(), seed);
  }

  private long writtenSize(ExtentReader reader, Format writes) {
    return writes.sizeFor(Math.max(reader.virtualSizeBytes(), leastSizeBytes), options);
  }

  private List<String> notes(ExtentReader reader, Format writes) {
    List<String> notes = new ArrayList<>(reader.notes());
    long asked = Math.max(reader.virtualSizeBytes(), leastSizeBytes);
    long written = writtenSize(reader, writes);
    if (written != asked) {
      notes.add(
          "the size was rounded up from "
              + asked
              + " to "
              + written
              + " bytes, as "
              + writes.id()
              + " wants it");
    }
    return notes;
  }

  private void checkOptions(DiskTarget named, Format writes) {
    for (ImageOption option : options.chosen()) {
      if (!writes.options().contains(option)) {
        throw Problems.cannotWrite(
            DiskError.OPTION_UNSUPPORTED,
            named.name(),
            "the format " + writes.id() + " has no option " + option + "; leave it out");
      }
    }
  }

  private void compareDigests(Map<String, String> digests) {
    expected.forEach(
        (algorithm, hex) -> {
          if (!hex.equals(digests.get(algorithm))) {
            throw Problems.refuse(
                DiskError.DIGEST_MISMATCH,
                source.name(),
                "its "
                    + algorithm
                    + " is "
                    + digests.get(algorithm)
                    + ", expected was "
                    + hex
                    + "; it was damaged or changed");
          }
        });
  }

  private void refuseSameFile(DiskTarget named) {
    if (named.path() != null && source.reads(named.path())) {
      throw new IllegalArgumentException("source and target are the same file: " + named.path());
    }
  }

  private static void refuseBaseFile(DiskTarget named, SourceBytes bytes) {
    for (Path base : bytes.baseFiles()) {
      if (named.path() != null && DiskSource.file(base).reads(named.path())) {
        throw new IllegalArgumentException("the source is based on the target: " + named.path());
      }
    }
  }

  private void checkTargetDigests(DiskTarget named, Format writes) {
    boolean inOrder = writes.writesInOrder(named.seekable());
    if (!targetAlgorithms.isEmpty() && !inOrder) {
      throw new IllegalStateException(
          "a digest of the target needs one that is written front to back, not " + writes.id());
    }
  }

  private static List<String> joined(List<String> one, List<String> other) {
    List<String> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }
}
