package io.intermodal.disk;

import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.PartFile;
import io.intermodal.disk.internal.ByteTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Names where an image is written to. A file is complete or absent. What a channel or a stream of
 * the caller holds after a failure is not an image; the caller closes them, and deletes.
 */
public final class DiskTarget {

  private final String name;
  private final @Nullable Path file;
  private final boolean seekable;
  private final Function<List<MessageDigest>, Opened> opener;

  private DiskTarget(
      String name,
      @Nullable Path file,
      boolean seekable,
      Function<List<MessageDigest>, Opened> opener) {
    this.name = Objects.requireNonNull(name, "name");
    this.file = file;
    this.seekable = seekable;
    this.opener = opener;
  }

  /** Writes a new file; {@code FILE_EXISTS} when it is there. */
  public static DiskTarget file(Path file) {
    return new DiskTarget(
        fileName(file), file, true, digests -> ofPart(file, PartFile::create, digests));
  }

  /** Writes a file in place of the one that may be there, which stays until the copy is done. */
  public static DiskTarget replacing(Path file) {
    return new DiskTarget(
        fileName(file), file, true, digests -> ofPart(file, PartFile::replace, digests));
  }

  /** Writes to a part file that the caller commits once it is content with the result. */
  public static DiskTarget part(String name, PartFile part) {
    return channel(name, part.channel());
  }

  /**
   * Writes to an empty channel. Bytes that are passed over must read as zeros later, as those of
   * files do.
   */
  public static DiskTarget channel(String name, SeekableByteChannel channel) {
    return new DiskTarget(
        name,
        null,
        true,
        digests -> {
          checkEmpty(name, channel);
          return new Opened(ByteTarget.of(name, channel, digests), null, List.of());
        });
  }

  /**
   * Writes front to back; takes streamOptimized VMDK, and raw and fixed VHD with zeros in place of
   * holes.
   */
  public static DiskTarget stream(String name, OutputStream stream) {
    return new DiskTarget(
        name,
        null,
        false,
        digests -> new Opened(ByteTarget.of(name, stream, digests), null, List.of()));
  }

  /** Returns the name for messages and for the descriptor inside an image. */
  public String name() {
    return name;
  }

  @Nullable Path path() {
    return file;
  }

  boolean seekable() {
    return seekable;
  }

  Opened open(List<MessageDigest> digests) {
    return opener.apply(digests);
  }

  private static String fileName(Path file) {
    Path last = file.getFileName();
    return last == null ? file.toString() : last.toString();
  }

  private static Opened ofPart(
      Path file, Function<Path, PartFile> maker, List<MessageDigest> digests) {
    PartFile part = maker.apply(file);
    List<PartFile> companions = new ArrayList<>();
    Function<String, ByteTarget> beside =
        name -> {
          Path path = file.resolveSibling(name);
          PartFile companion = maker.apply(path);
          companions.add(companion);
          return ByteTarget.of(path.toString(), companion.channel(), List.of());
        };
    return new Opened(
        ByteTarget.ofFile(file.toString(), part.channel(), digests, beside), part, companions);
  }

  private static void checkEmpty(String name, SeekableByteChannel channel) {
    try {
      if (channel.size() != 0) {
        throw new IntermodalException(
            CommonError.FILE_EXISTS,
            "cannot write " + name + ": the channel is not empty",
            name,
            null);
      }
    } catch (IOException e) {
      throw new IntermodalException(
          CommonError.WRITE_FAILED, "cannot write " + name + ": " + Errors.reason(e), name, e);
    }
  }

  /** A target at work. Closing without a commit leaves nothing of a file. */
  static final class Opened implements AutoCloseable {

    private final ByteTarget bytes;
    private final @Nullable PartFile part;

    /** Files beside it that the writer asked for; may grow until the commit. */
    private final List<PartFile> companions;

    private Opened(ByteTarget bytes, @Nullable PartFile part, List<PartFile> companions) {
      this.bytes = bytes;
      this.part = part;
      this.companions = companions;
    }

    ByteTarget bytes() {
      return bytes;
    }

    void commit() {
      // The file that was named comes last: while it is not there, the others mean nothing.
      companions.forEach(PartFile::commit);
      if (part != null) {
        part.commit();
      }
    }

    @Override
    public void close() {
      companions.forEach(PartFile::close);
      if (part != null) {
        part.close();
      }
    }
  }
}
