package io.intermodal.driver.local;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.PartFile;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Does what the driver needs of the file system, durably, and names its failures. */
final class FolderIo {

  private static final int COPY_BYTES = 64 << 10;

  private FolderIo() {}

  /**
   * Makes the error for a failure of the file system.
   *
   * @param doing what was tried: "write"
   */
  static HypervisorException failed(String doing, Path file, IOException e) {
    String reason = Errors.reason(e);
    String lower = reason.toLowerCase(Locale.ROOT);
    boolean full =
        lower.contains("no space left")
            || lower.contains("quota exceeded")
            || lower.contains("not enough space");
    return new HypervisorException(
        full ? HypervisorError.STORAGE_FULL : HypervisorError.OPERATION_FAILED,
        LocalDriver.ID,
        "cannot "
            + doing
            + " "
            + file
            + ": "
            + reason
            + (full ? "; make room in the folder's file system" : ""),
        file.toString(),
        e);
  }

  /** Writes a small file that is complete or as it was before. */
  static void write(Path file, byte[] content) {
    try {
      PartFile.write(file, content);
    } catch (IntermodalException e) {
      throw e.getCause() instanceof IOException cause ? failed("write", file, cause) : e;
    }
  }

  static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw failed("create", folder, e);
    }
  }

  /** Gives a file or folder another name in one step that survives a crash. */
  static void rename(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed("rename " + from + " to", to, e);
    }
    forceFolder(parent(to));
  }

  /** Makes the entries of a folder durable, where the platform can. */
  static void forceFolder(Path folder) {
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    } catch (IOException e) {
      // Windows opens no folder as a file; there the entries are as durable as they get.
    }
  }

  static void forceFile(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    } catch (IOException e) {
      throw failed("write", file, e);
    }
  }

  /** Makes or lengthens a sparse file of zeros. */
  static void extend(Path file, long bytes) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      extend(channel, bytes);
      channel.force(true);
    } catch (IOException e) {
      throw failed("write", file, e);
    }
  }

  private static void extend(FileChannel channel, long bytes) throws IOException {
    if (channel.size() < bytes) {
      // One byte at the end: Java has no call that lengthens a file.
      channel.write(ByteBuffer.allocate(1), bytes - 1);
    }
  }

  /** Copies a file to a new one; what is zero stays a hole. */
  static void copy(Path from, Path to) {
    try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel target =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
      ByteBuffer zeros = ByteBuffer.allocate(COPY_BYTES);
      long at = 0;
      int read;
      while ((read = source.read(buffer.clear())) > 0) {
        buffer.flip();
        if (!buffer.equals(zeros.clear().limit(read))) {
          long position = at;
          while (buffer.hasRemaining()) {
            position += target.write(buffer, position);
          }
        }
        at += read;
      }
      extend(target, at);
      target.force(true);
    } catch (IOException e) {
      throw failed("copy " + from + " to", to, e);
    }
  }

  /** Deletes a file or a folder with all in it; what is gone already is no error. */
  static void delete(Path file) {
    try {
      Files.walkFileTree(file, new Deletion());
    } catch (IOException e) {
      throw failed("delete", file, e);
    }
  }

  /** Deletes what can be deleted; the rest is debris that the next session tries again. */
  static void deleteQuietly(Path file) {
    try {
      delete(file);
    } catch (HypervisorException e) {
      System.getLogger("io.intermodal.driver.local")
          .log(System.Logger.Level.DEBUG, "left behind: {0}", e.getMessage());
    }
  }

  /** Returns the folder something is in. */
  static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      if (e != null) {
        throw e;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
