package io.intermodal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file that is complete or absent. Data goes to {@code <name>.part} beside the target;
 * {@link #commit()} forces it to the disk and renames it in one step; {@link #close()} without a
 * commit deletes it. Not thread-safe, save for the channel.
 */
public final class PartFile implements AutoCloseable {

  /** The suffix of a file that is not complete. */
  public static final String SUFFIX = ".part";

  private static final FileAttribute<?>[] OWNER_ONLY = {
    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
  };

  private final Path target;
  private final Path part;
  private final boolean replace;
  private final FileChannel channel;
  private final @Nullable Object key;
  private boolean committed;

  private PartFile(
      Path target, Path part, boolean replace, FileChannel channel, @Nullable Object key) {
    this.target = target;
    this.part = part;
    this.replace = replace;
    this.channel = channel;
    this.key = key;
  }

  /**
   * Starts a new file.
   *
   * @throws IntermodalException {@code FILE_EXISTS} when the target, or a part file that another
   *     writer may be at work on, is there; {@code FILE_NOT_FOUND} when there is no folder for it;
   *     {@code WRITE_FAILED} when the folder takes no file
   */
  public static PartFile create(Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(target);
    }
    return open(target, false, StandardOpenOption.CREATE_NEW);
  }

  /**
   * Starts a new file that holds secrets: only its owner may read it, from the first byte on, where
   * the file system knows owners.
   *
   * @throws IntermodalException as {@link #create}
   */
  public static PartFile createPrivate(Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(target);
    }
    boolean owners = target.getFileSystem().supportedFileAttributeViews().contains("posix");
    return open(
        target,
        false,
        owners ? OWNER_ONLY : new FileAttribute<?>[0],
        StandardOpenOption.CREATE_NEW);
  }

  /** Starts a file that takes the place of {@code target} at commit, and of a part left over. */
  public static PartFile replace(Path target) {
    Path part = target.resolveSibling(target.getFileName() + SUFFIX);
    try {
      // Not written over: a link would lead elsewhere, and another writer may still have it open.
      if (!Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw Errors.writing(target, e);
    }
    return open(target, true, StandardOpenOption.CREATE_NEW);
  }

  private static PartFile open(Path target, boolean replace, StandardOpenOption... how) {
    return open(target, replace, new FileAttribute<?>[0], how);
  }

  private static PartFile open(
      Path target, boolean replace, FileAttribute<?>[] attributes, StandardOpenOption... how) {
    Path part = target.resolveSibling(target.getFileName() + SUFFIX);
    Set<StandardOpenOption> options = new HashSet<>(Set.of(how));
    options.add(StandardOpenOption.READ);
    options.add(StandardOpenOption.WRITE);
    try {
      FileChannel channel = FileChannel.open(part, options, attributes);
      return new PartFile(target, part, replace, channel, keyOf(part));
    } catch (FileAlreadyExistsException e) {
      throw new IntermodalException(
          CommonError.FILE_EXISTS,
          "cannot write "
              + target
              + ": "
              + part.getFileName()
              + " is there already; another writer is at work, or died: delete it when none is",
          part.toString(),
          e);
    } catch (IOException e) {
      throw Errors.writing(target, e);
    }
  }

  /** Returns what tells a file from another of the same name; null where there is no such thing. */
  private static @Nullable Object keyOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /** Tells whether the part file is still the one that was opened. */
  private boolean isOurs() throws IOException {
    try {
      return Objects.equals(key, keyOf(part));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Writes a whole small file in one call, in place of what was there. */
  public static void write(Path target, byte[] content) {
    try (PartFile file = replace(target)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        file.channel.write(buffer);
      }
      file.commit();
    } catch (IOException e) {
      throw Errors.writing(target, e);
    }
  }

  /** Returns the channel to write to: readable, seekable, open until commit or close. */
  public FileChannel channel() {
    return channel;
  }

  /** Returns where the data is until the commit. */
  public Path partPath() {
    return part;
  }

  /**
   * Forces the data to the disk and gives the file its name in one step; the folder's entry is
   * forced too where the platform can.
   *
   * @throws IntermodalException {@code FILE_EXISTS} when the target was made meanwhile, or another
   *     writer replaced the part file; {@code WRITE_FAILED}
   */
  public void commit() {
    commit(true);
  }

  /**
   * Gives the file its name in one step, as {@link #commit()}.
   *
   * @param force whether the data is forced to the disk before; without it, a crash of the machine
   *     soon after may leave a file of that name that is not complete
   */
  public void commit(boolean force) {
    try {
      if (force) {
        channel.force(true);
      }
      if (!isOurs()) {
        throw new IntermodalException(
            CommonError.FILE_EXISTS,
            "cannot write "
                + target
                + ": another writer took the place of "
                + part.getFileName()
                + "; let one write at a time",
            part.toString(),
            null);
      }
      channel.close();
      if (!replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw exists(target);
      }
      try {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      }
      committed = true;
      if (force) {
        forceFolder(target);
      }
    } catch (IOException e) {
      throw Errors.writing(target, e);
    }
  }

  /** Makes the entry of {@code file} in its folder durable, where the platform can. */
  private static void forceFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
      entry.force(true);
    } catch (IOException e) {
      // Windows opens no folder as a file; there the rename is as durable as it gets.
    }
  }

  /**
   * Closes the file and, when it was not committed, deletes what was written.
   *
   * @throws IntermodalException {@code WRITE_FAILED} when the part file cannot be deleted
   */
  @Override
  public void close() {
    try {
      boolean ours = !committed && isOurs();
      channel.close();
      if (ours) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw Errors.writing(target, e);
    }
  }

  private static IntermodalException exists(Path target) {
    return new IntermodalException(
        CommonError.FILE_EXISTS,
        "cannot write " + target + ": it exists already; name another file or delete it first",
        target.toString(),
        null);
  }
}
