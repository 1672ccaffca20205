package io.intermodal.disk.internal;

import io.intermodal.disk.DiskError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a format reads from: stored bytes with random access, or a stream. Closes stored bytes, and
 * streams that it owns.
 */
public final class SourceBytes implements AutoCloseable {

  private final String name;
  private final @Nullable StoredBytes stored;
  private final @Nullable InputStream stream;
  private final OptionalLong streamLength;
  private final List<SourceBytes> bases = new ArrayList<>();
  private final List<Path> baseFiles = new ArrayList<>();

  /** What the bytes are unpacked from; null when they are not packed. */
  private final @Nullable SourceBytes packed;

  private final boolean owned;

  private SourceBytes(
      String name,
      @Nullable StoredBytes stored,
      @Nullable InputStream stream,
      OptionalLong streamLength,
      @Nullable SourceBytes packed,
      boolean owned) {
    this.packed = packed;
    this.owned = owned;
    this.name = name;
    this.stored = stored;
    this.stream = stream;
    this.streamLength = streamLength;
  }

  /** Wraps bytes with random access. */
  public static SourceBytes of(StoredBytes stored) {
    return new SourceBytes(stored.name(), stored, null, OptionalLong.empty(), null, false);
  }

  /** Wraps a stream that stays its caller's. */
  public static SourceBytes of(String name, InputStream stream, OptionalLong length) {
    return new SourceBytes(name, null, stream, length, null, false);
  }

  /** Wraps a stream that is closed with this. */
  public static SourceBytes owning(String name, InputStream stream, OptionalLong length) {
    return new SourceBytes(name, null, stream, length, null, true);
  }

  /**
   * Unpacks gzip on the way; what is digested is what is stored.
   *
   * @param packed closed with this
   * @param length how many bytes it yields, where that is known
   */
  public static SourceBytes gunzip(SourceBytes packed, OptionalLong length) {
    return new SourceBytes(packed.name, null, null, length, packed, false);
  }

  /** Returns the name for messages. */
  public String name() {
    return name;
  }

  /** Returns the bytes with random access; null for a stream. */
  public @Nullable StoredBytes stored() {
    return stored;
  }

  /**
   * Returns the bytes with random access, for a format that cannot do without.
   *
   * @param format what the image is, in words
   * @param why what keeps it from being read front to back
   * @throws io.intermodal.IntermodalException {@code FORMAT_UNSUPPORTED} for a stream
   */
  public StoredBytes requireStored(String format, String why) {
    if (stored == null) {
      throw Problems.refuse(
          DiskError.FORMAT_UNSUPPORTED,
          name,
          format + " cannot be read from a stream, " + why + "; store it first");
    }
    return stored;
  }

  /**
   * Returns how many bytes there are, with those of files that were opened beside the image; empty
   * for a stream that does not say.
   */
  public OptionalLong length() {
    return stored != null ? OptionalLong.of(stored.totalSize()) : streamLength;
  }

  /**
   * Takes what an overlay is based on, to be closed and checked for change with this.
   *
   * @param file where it is
   */
  public void attach(SourceBytes base, Path file) {
    bases.add(base);
    baseFiles.add(file);
  }

  /** Lists the files of what was attached. */
  public List<Path> baseFiles() {
    return List.copyOf(baseFiles);
  }

  /** Returns how many bytes there are with all bases; empty for a stream that does not say. */
  public OptionalLong lengthWithBases() {
    OptionalLong own = length();
    return own.isEmpty()
        ? own
        : OptionalLong.of(
            own.getAsLong() + bases.stream().mapToLong(b -> b.length().orElse(0)).sum());
  }

  /** Starts at the first byte; may be called once for a stream. */
  public SequentialInput sequential(List<MessageDigest> digests) {
    if (packed != null) {
      InputStream unpacked = new GzipStream(packed.sequential(digests), streamLength);
      return new SequentialInput(name, null, unpacked, List.of());
    }
    return new SequentialInput(name, stored, stream, digests);
  }

  /** Fails when the source is not any more what it was at opening. */
  public void checkUnchanged() {
    if (stored != null) {
      stored.checkUnchanged();
    }
    bases.forEach(SourceBytes::checkUnchanged);
    if (packed != null) {
      packed.checkUnchanged();
    }
  }

  /** Makes reads fail soon; called by another thread when nothing is wanted any more. */
  public void abort() {
    if (stored != null) {
      stored.abort();
    }
    if (packed != null) {
      packed.abort();
    }
    closeOwned();
  }

  private void closeOwned() {
    if (owned && stream != null) {
      try {
        stream.close();
      } catch (IOException e) {
        // Nothing more is wanted of it.
      }
    }
  }

  @Override
  public void close() {
    bases.forEach(SourceBytes::close);
    if (stored != null) {
      stored.close();
    }
    if (packed != null) {
      packed.close();
    }
    closeOwned();
  }
}
