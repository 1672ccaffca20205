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
import io.intermodal.disk.internal.http.HttpBytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private final @Nullable Path backingFolder;
  private final boolean activeStateOnly;
  private final boolean lenient;

  private DiskSource(
      String name, Supplier<SourceBytes> opener, List<Path> files, @Nullable DiskFormat format) {
    this(name, opener, files, format, null, false, false);
  }

  private DiskSource(
      String name,
      Supplier<SourceBytes> opener,
      List<Path> files,
      @Nullable DiskFormat format,
      @Nullable Path backingFolder,
      boolean activeStateOnly,
      boolean lenient) {
    this.name = Objects.requireNonNull(name, "name");
    this.opener = opener;
    this.files = List.copyOf(files);
    this.format = format;
    this.backingFolder = backingFolder;
    this.activeStateOnly = activeStateOnly;
    this.lenient = lenient;
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
    return stream(name, stream, DiskFormat.VMDK_STREAM_OPTIMIZED, OptionalLong.empty());
  }

  /**
   * Reads a raw disk from a stream.
   *
   * @param lengthBytes how long the stream is; another length is an error
   */
  public static DiskSource rawStream(String name, InputStream stream, long lengthBytes) {
    return stream(name, stream, DiskFormat.RAW, OptionalLong.of(lengthBytes));
  }

  /**
   * Reads an image from a stream, which is read to its end. Formats whose tables may lie anywhere
   * are refused when the source is used, with {@code FORMAT_UNSUPPORTED}.
   *
   * @param lengthBytes how long the stream is, where that is known; raw disks need it, and another
   *     length is then an error
   */
  public static DiskSource stream(
      String name, InputStream stream, DiskFormat format, OptionalLong lengthBytes) {
    checkLength(lengthBytes);
    return new DiskSource(
        name,
        () -> SourceBytes.of(name, stream, lengthBytes),
        List.of(),
        Objects.requireNonNull(format, "format"));
  }

  /**
   * Unpacks an image that is compressed with gzip as a whole, as by {@code compression="gzip"} of
   * OVF, on the way and without a temporary file. It can be read front to back only, so the same
   * formats are refused as of a stream. Digests of the source are those of the packed bytes.
   *
   * @param packed what is read; its format is not looked at
   * @param lengthBytes how long the unpacked image is, where that is known; raw disks need it
   */
  public static DiskSource gzip(DiskSource packed, DiskFormat format, OptionalLong lengthBytes) {
    checkLength(lengthBytes);
    return new DiskSource(
        packed.name,
        () -> SourceBytes.gunzip(packed.open(), lengthBytes),
        packed.files,
        Objects.requireNonNull(format, "format"));
  }

  /** Reads a file from a web server, as {@link #http(URI, HttpClient, Supplier, HttpLimits)}. */
  public static DiskSource http(URI uri) {
    return http(uri, WebClient.SHARED, Map::of, HttpLimits.defaults());
  }

  /**
   * Reads a file from a web server by ranges of 1 MiB, some of them ahead, so that any format can
   * be read without storing it first. Every answer must be of the same file as the first, by
   * length, entity tag and time of change. What fails on the way is tried again. A server that
   * knows no ranges gives a stream: the format must then be named, and be one that can be read so.
   *
   * <p>Redirections are followed, never from https to http, and headers go to the first server
   * only. Messages name the address without its query.
   *
   * @param uri http or https; credentials do not belong into it
   * @param client connects; should not follow redirections on its own, as it would send the headers
   *     with them
   * @param headers asked for the headers of each request, such as {@code Authorization}
   * @throws IllegalArgumentException when the address is of another kind, or holds credentials
   */
  public static DiskSource http(
      URI uri, HttpClient client, Supplier<Map<String, String>> headers, HttpLimits limits) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("uri must be http or https and name a host");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("uri must not hold credentials; give them as a header");
    }
    Objects.requireNonNull(client, "client");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(limits, "limits");
    return new DiskSource(
        HttpBytes.name(uri), () -> HttpBytes.open(uri, client, headers, limits), List.of(), null);
  }

  /** Made when the first source needs it: starting a client starts threads. */
  private static final class WebClient {
    static final HttpClient SHARED =
        HttpClient.newBuilder().connectTimeout(HttpLimits.defaults().silence()).build();
  }

  private static void checkLength(OptionalLong lengthBytes) {
    if (lengthBytes.isPresent() && lengthBytes.getAsLong() < 0) {
      throw new IllegalArgumentException(
          "lengthBytes must not be negative: " + lengthBytes.getAsLong());
    }
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
   * Reads a fixed VHD from a stream. Its size is taken from the length; the footer at the end has
   * to agree.
   *
   * @param lengthBytes how long the stream is, with the footer; another length is an error
   */
  public static DiskSource fixedVhdStream(String name, InputStream stream, long lengthBytes) {
    return rawStream(name, stream, lengthBytes).as(DiskFormat.VHD_FIXED);
  }

  /**
   * Returns the same source with its format named, which is then not looked for in the content. Raw
   * must always be named: a guest decides what its own disk starts with.
   */
  public DiskSource as(DiskFormat named) {
    Objects.requireNonNull(named, "named");
    return new DiskSource(name, opener, files, named, backingFolder, activeStateOnly, lenient);
  }

  /**
   * Returns the same source with leave to follow an image to what it is based on, such as a qcow2
   * overlay to its backing file: to regular files inside {@code folder}, and nowhere else. A path
   * in an image is one of the machine that wrote it; a relative one is looked for below {@code
   * folder}, else a file of its last name in {@code folder}. At most 16 images may be based on one
   * another. A base is raw only where the image above it says so.
   *
   * <p>Without this an image that is based on another one is refused: whoever made it chose what it
   * refers to.
   */
  public DiskSource withBackingFilesIn(Path folder) {
    Objects.requireNonNull(folder, "folder");
    return new DiskSource(name, opener, files, format, folder, activeStateOnly, lenient);
  }

  /**
   * Returns the same source with leave to read the active state alone of an image that holds
   * snapshots (qcow2), and to leave those out; the result then has a note that says so. Without
   * this such an image is refused, for they would be lost.
   */
  public DiskSource withoutSnapshots() {
    return new DiskSource(name, opener, files, format, backingFolder, true, lenient);
  }

  /**
   * Returns the same source for an image that contradicts itself, to be read by what other readers
   * follow: a streamOptimized VMDK by its grain tables, whatever the markers between its grains
   * say. Needs a file or channel; a stream is read as ever. The result's notes say what was found.
   */
  public DiskSource lenient() {
    return new DiskSource(name, opener, files, format, backingFolder, activeStateOnly, true);
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

  /**
   * Returns what a reader is to be told.
   *
   * @param opened this source, which closes the files that are opened for its bases
   */
  ReadSettings settings(
      SourceBytes opened, List<MessageDigest> digests, Cancellation cancellation) {
    Backing backing =
        backingFolder == null
            ? Backing.refused()
            : FolderBacking.of(backingFolder, files, opened, cancellation, activeStateOnly);
    return new ReadSettings(digests, cancellation, backing, activeStateOnly, lenient);
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
