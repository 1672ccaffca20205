package io.intermodal.disk;

import io.intermodal.Cancellation;
import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.disk.internal.Backing;
import io.intermodal.disk.internal.ChannelBytes;
import io.intermodal.disk.internal.FileBytes;
import io.intermodal.disk.internal.JoinedBytes;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Names where an image is read from. Immutable; files are opened when it is used, as often as it is
 * used. A source on a stream or channel of the caller is used once at a time, and a stream only
 * once; the caller closes them.
 */
public final class DiskSource {

  private final String name;
  private final Supplier<SourceBytes> opener;
  private final List<Path> files;
  private final @Nullable DiskFormat format;

  private DiskSource(
      String name, Supplier<SourceBytes> opener, List<Path> files, @Nullable DiskFormat format) {
    this.name = Objects.requireNonNull(name, "name");
    this.opener = opener;
    this.files = List.copyOf(files);
    this.format = format;
  }

  /** Reads a whole file. */
  public static DiskSource file(Path file) {
    return new DiskSource(file.toString(), () -> openWhole(file), List.of(file), null);
  }

  /** Reads a run of bytes inside a file, such as a member of an OVA, without unpacking it. */
  public static DiskSource range(String name, ByteRange range) {
    return ranges(name, List.of(range));
  }

  /**
   * Reads runs of bytes one behind the other, such as the chunks of a disk that was cut; they may
   * lie in several files.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static DiskSource ranges(String name, List<ByteRange> ranges) {
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException("ranges must not be empty");
    }
    List<ByteRange> copy = List.copyOf(ranges);
    return new DiskSource(
        name, () -> openRanges(name, copy), copy.stream().map(ByteRange::file).toList(), null);
  }

  /** Reads a channel from its start to its present end; its position is changed. */
  public static DiskSource channel(String name, SeekableByteChannel channel) {
    return new DiskSource(
        name,
        () -> {
          try {
            return SourceBytes.of(new ChannelBytes(name, channel, 0, channel.size()));
          } catch (IOException e) {
            throw new IntermodalException(CommonError.READ_FAILED, "cannot read " + name, name, e);
          }
        },
        List.of(),
        null);
  }

  /** Reads a streamOptimized VMDK from a stream, which is read to its end. */
  public static DiskSource vmdkStream(String name, InputStream stream) {
    return new DiskSource(
        name,
        () -> SourceBytes.of(name, stream, OptionalLong.empty()),
        List.of(),
        DiskFormat.VMDK_STREAM_OPTIMIZED);
  }

  /**
   * Reads a raw disk from a stream.
   *
   * @param lengthBytes how long the stream is; another length is an error
   */
  public static DiskSource rawStream(String name, InputStream stream, long lengthBytes) {
    if (lengthBytes < 0) {
      throw new IllegalArgumentException("lengthBytes must not be negative: " + lengthBytes);
    }
    return new DiskSource(
        name,
        () -> SourceBytes.of(name, stream, OptionalLong.of(lengthBytes)),
        List.of(),
        DiskFormat.RAW);
  }

  /**
   * Reads an XVA of one disk from a stream, gzip'd or not, which is read to its end; one of several
   * disks fails with {@code FORMAT_UNSUPPORTED}.
   */
  public static DiskSource xvaStream(String name, InputStream stream) {
    return new DiskSource(
        name, () -> SourceBytes.of(name, stream, OptionalLong.empty()), List.of(), DiskFormat.XVA);
  }

  /**
   * Returns the same source with its format named, which is then not looked for in the content. Raw
   * must always be named: a guest decides what its own disk starts with.
   */
  public DiskSource as(DiskFormat named) {
    return new DiskSource(name, opener, files, Objects.requireNonNull(named, "named"));
  }

  /** Returns a source that looks at the same bytes, which have random access, in another way. */
  DiskSource wrapped(UnaryOperator<StoredBytes> view) {
    return new DiskSource(
        name,
        () -> {
          SourceBytes bytes = opener.get();
          StoredBytes stored = Objects.requireNonNull(bytes.stored(), "stored");
          return SourceBytes.of(view.apply(stored));
        },
        files,
        format);
  }

  /** Returns the name for messages. */
  public String name() {
    return name;
  }

  /** Returns the format that was named; empty when the content is to tell. */
  public Optional<DiskFormat> format() {
    return Optional.ofNullable(format);
  }

  ReadSettings settings(List<MessageDigest> digests, Cancellation cancellation) {
    return new ReadSettings(digests, cancellation, Backing.refused());
  }

  SourceBytes open() {
    return opener.get();
  }

  /** Tells whether the file is one of those that are read. */
  boolean reads(Path other) {
    for (Path file : files) {
      try {
        if (Files.exists(other) && Files.isSameFile(file, other)) {
          return true;
        }
      } catch (IOException e) {
        // A file that cannot be looked at fails when it is opened, with a better message.
      }
    }
    return false;
  }

  private static SourceBytes openWhole(Path file) {
    try {
      long size = Files.size(file);
      return SourceBytes.of(FileBytes.open(file.toString(), new ByteRange(file, 0, size)));
    } catch (IOException e) {
      throw Errors.reading(file, e);
    }
  }

  private static SourceBytes openRanges(String name, List<ByteRange> ranges) {
    List<FileBytes> opened = new ArrayList<>();
    try {
      for (ByteRange range : ranges) {
        opened.add(FileBytes.open(name, range));
      }
      SourceBytes all = SourceBytes.of(new JoinedBytes(name, opened));
      opened = List.of();
      return all;
    } finally {
      opened.forEach(FileBytes::close);
    }
  }
}
