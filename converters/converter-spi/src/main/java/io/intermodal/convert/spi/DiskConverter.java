package io.intermodal.convert.spi;

import io.intermodal.Cancellation;
import io.intermodal.Progress;
import io.intermodal.convert.FormatEdge;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts disk images. A plugin is a jar with one class that implements this and has a public
 * constructor without parameters, named in {@code
 * META-INF/services/io.intermodal.convert.spi.DiskConverter}. Thread-safe.
 */
public interface DiskConverter {

  /**
   * Asks for one conversion.
   *
   * @param source the disk to read, in {@code sourceFormat}; stays open
   * @param sourceFormat id of its format
   * @param target where to write, empty and readable too; stays open, not forced to the disk
   * @param targetFormat id of the format to write
   * @param expectedDigests digests of the source's stored bytes by algorithm ({@code SHA-256}) in
   *     lower-case hex, to be verified on the way; empty when none are known
   * @param task name of the work for progress
   * @param progress told how far it is
   * @param cancellation asked often
   */
  record Request(
      SeekableByteChannel source,
      String sourceFormat,
      SeekableByteChannel target,
      String targetFormat,
      Map<String, String> expectedDigests,
      String task,
      Progress.Listener progress,
      Cancellation cancellation) {

    /** Validates and copies. */
    public Request {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(target, "target");
      expectedDigests = Map.copyOf(expectedDigests);
    }
  }

  /**
   * Asks for one conversion whose result is written front to back.
   *
   * @param source the disk to read, in {@code sourceFormat}; stays open
   * @param sourceFormat id of its format
   * @param target where to write; stays open
   * @param targetFormat id of the format to write; may be the source's
   * @param expectedDigests as in {@link Request}
   * @param task name of the work for progress
   * @param progress told how far it is
   * @param cancellation asked often
   */
  record StreamRequest(
      SeekableByteChannel source,
      String sourceFormat,
      WritableByteChannel target,
      String targetFormat,
      Map<String, String> expectedDigests,
      String task,
      Progress.Listener progress,
      Cancellation cancellation) {

    /** Validates and copies. */
    public StreamRequest {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(target, "target");
      expectedDigests = Map.copyOf(expectedDigests);
    }
  }

  /**
   * Says what a conversion did.
   *
   * @param capacityBytes size of the disk that was written, as the guest sees it
   * @param contentDigest digest of what the guest sees of the source, equal for equal content in
   *     any format; null when the converter does not compute it
   * @param targetContentDigest digest of what the guest must see of the disk that was written: the
   *     same, or when that disk is larger that of the source's content with zeros behind its end;
   *     null when the converter does not compute it
   * @param bytesRead bytes read from the source
   * @param bytesWritten bytes written to the target
   * @param note how it was done, for people: "payload passed through"
   */
  record Result(
      long capacityBytes,
      @Nullable String contentDigest,
      @Nullable String targetContentDigest,
      long bytesRead,
      long bytesWritten,
      String note) {

    /** Creates one for a disk that is as large as its source. */
    public Result(
        long capacityBytes,
        @Nullable String contentDigest,
        long bytesRead,
        long bytesWritten,
        String note) {
      this(capacityBytes, contentDigest, contentDigest, bytesRead, bytesWritten, note);
    }
  }

  /** Returns its id, lower case, unique among all converters. */
  String id();

  /** Returns its version, with that of a tool behind it, for reports. */
  String version();

  /** Returns the conversions it offers now; a tool that is not installed offers none. */
  List<FormatEdge> edges();

  /** Returns the ids of the formats whose content it can digest. */
  Set<String> readableFormats();

  /**
   * Tells a disk's format by its content; never raw, since a guest decides what its own disk starts
   * with.
   *
   * @param disk name of the disk for messages
   * @return the id of the format; empty when it is not one that this converter reads
   */
  default Optional<String> detect(SeekableByteChannel source, String disk) {
    return Optional.empty();
  }

  /**
   * Converts a disk.
   *
   * @throws io.intermodal.IntermodalException when it cannot; what was written is then worthless
   */
  Result convert(Request request);

  /**
   * Converts a disk into a stream.
   *
   * @return empty, with nothing written, when this converter cannot do it for the formats
   * @throws io.intermodal.IntermodalException when it cannot; what was written is then worthless
   */
  default Optional<Result> convertToStream(StreamRequest request) {
    return Optional.empty();
  }

  /**
   * Writes a disk of zeros without reading one.
   *
   * @param target where to write, empty; stays open, not forced to the disk
   * @param capacityBytes size the guest sees
   * @return false, with nothing written, when this converter cannot make blank disks of the format
   * @throws io.intermodal.IntermodalException when the format cannot hold a disk of that size
   */
  default boolean createBlank(SeekableByteChannel target, String format, long capacityBytes) {
    return false;
  }

  /**
   * Copies a disk to a larger one of the same format; what is behind the source's end is zeros.
   *
   * @param source the disk to read; stays open
   * @param target where to write, empty; stays open, not forced to the disk
   * @param capacityBytes size the guest then sees, larger than the source's
   * @return false, with nothing written, when this converter cannot do it for the format
   * @throws io.intermodal.IntermodalException when it cannot be read, or the format cannot hold it
   */
  default boolean enlarge(
      SeekableByteChannel source, SeekableByteChannel target, String format, long capacityBytes) {
    return false;
  }

  /** Returns the size of the disk the guest sees, in bytes, without reading its content. */
  long capacityBytes(SeekableByteChannel source, String format);

  /**
   * Computes the digest of what the guest sees, equal for equal content in any format.
   *
   * @param task name of the work for progress
   */
  String contentDigest(
      SeekableByteChannel source,
      String format,
      String task,
      Progress.Listener progress,
      Cancellation cancellation);
}
