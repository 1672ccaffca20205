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
  private final boolean inPlace;
  private final Function<List<MessageDigest>, Opened> opener;

  private DiskTarget(
      String name,
      @Nullable Path file,
      boolean seekable,
      Function<List<MessageDigest>, Opened> opener) {
    this(name, file, seekable, false, opener);
  }

  private DiskTarget(
      String name,
      @Nullable Path file,
      boolean seekable,
      boolean inPlace,
      Function<List<MessageDigest>, Opened> opener) {
    this.inPlace = inPlace;
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

  /**
   * Writes over a block device, or over a file that is there and keeps its identity, its owner and
   * its rights. What was in it is lost from the first byte on, also when the copy fails; the error
   * then says so. A file is emptied first and gets the length of the image. A device keeps what is
   * behind the image, and gets zeros where a file would have holes.
   *
   * <p>Formats that are told by the end of their file (fixed VHD) are found on a device only when
   * it is exactly as long as the image.
   */
  public static DiskTarget inPlace(Path existing) {
    return new DiskTarget(
        existing.toString(),
        existing,
        true,
        true,
        digests -> {
          InPlace opened = InPlace.open(existing);
          return new Opened(opened.bytes(digests), opened, List.of());
        });
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
   * Writes front to back; takes streamOptimized VMDK, XVA, and raw and fixed VHD with zeros in
   * place of holes.
   */
  public static DiskTarget stream(String name, OutputStream stream) {
    return new DiskTarget(
        name,
        null,
        false,
        digests -> new Opened(ByteTarget.of(name, stream, digests), null, List.of()));
  }

  /** Writes on where another target is at work, and leaves it open. */
  static DiskTarget within(Opened opened) {
    return new DiskTarget(
        opened.bytes.name(),
        null,
        opened.bytes.seekable(),
        digests -> new Opened(opened.bytes, null, List.of()));
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

  /** Tells whether a failure leaves something else than what was there before. */
  boolean isInPlace() {
    return inPlace;
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
        ByteTarget.ofFile(file.toString(), part.channel(), digests, beside),
        Commit.of(part),
        companions);
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

  /** What is made complete at the end, and closed. */
  interface Commit extends AutoCloseable {

    void commit(boolean force);

    @Override
    void close();

    static Commit of(PartFile part) {
      return new Commit() {
        @Override
        public void commit(boolean force) {
          part.commit(force);
        }

        @Override
        public void close() {
          part.close();
        }
      };
    }
  }

  /** A target at work. Closing without a commit leaves nothing of a file. */
  static final class Opened implements AutoCloseable {

    private final ByteTarget bytes;
    private final @Nullable Commit file;

    /** Files beside it that the writer asked for; may grow until the commit. */
    private final List<PartFile> companions;

    private Opened(ByteTarget bytes, @Nullable Commit file, List<PartFile> companions) {
      this.bytes = bytes;
      this.file = file;
      this.companions = companions;
    }

    ByteTarget bytes() {
      return bytes;
    }

    void commit(boolean force) {
      // The file that was named comes last: while it is not there, the others mean nothing.
      companions.forEach(companion -> companion.commit(force));
      if (file != null) {
        file.commit(force);
      }
    }

    @Override
    public void close() {
      companions.forEach(PartFile::close);
      if (file != null) {
        file.close();
      }
    }
  }
}
