package io.intermodal.driver.local;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Locks parts of a folder against other processes and other threads. A lock belongs to nobody in
 * particular: the thread that closes it need not be the one that took it. Thread-safe.
 */
final class FolderLocks {

  /** The lock of the folder's names: held while one is given. */
  static final String NAMES = "names";

  private static final long POLL_MILLIS = 20;

  /** Beyond any text, as a locked byte cannot be read on Windows and the holder's name is. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  // A process must not even open a file it has locked: closing it would let go of the lock (POSIX).
  // So this map is asked first.
  private static final ConcurrentMap<Path, String> HELD_HERE = new ConcurrentHashMap<>();

  private final Path folder;
  private final Duration patience;

  FolderLocks(Path root, Duration patience) {
    this.folder = root.resolve(".locks");
    this.patience = patience;
  }

  /** Is one lock; closing it twice is the same as once. */
  interface Lock extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a lock, waiting for it as long as the session's patience.
   *
   * @param name what is locked: {@link #NAMES}, or the id of a machine
   * @param purpose what it is needed for: "start web"
   * @throws HypervisorException {@code LOCKED} that says who has it
   */
  Lock acquire(String name, String purpose) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<Lock> lock = tryAcquire(name, purpose);
      if (lock.isPresent()) {
        return lock.get();
      }
      if (System.nanoTime() - deadline >= 0) {
        throw locked(name, purpose, null);
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw locked(name, purpose, e);
      }
    }
  }

  /** Does work while a lock is held. */
  <T> T holding(String name, String purpose, Supplier<T> work) {
    Lock lock = acquire(name, purpose);
    try {
      return work.get();
    } finally {
      lock.close();
    }
  }

  /** Takes a lock if it is free. */
  Optional<Lock> tryAcquire(String name, String purpose) {
    Path file = file(name);
    String holder =
        purpose
            + " (process "
            + ProcessHandle.current().pid()
            + ", thread "
            + Thread.currentThread().getName()
            + ")";
    FolderIo.createFolder(folder);
    Path key = key(file);
    if (HELD_HERE.putIfAbsent(key, holder) != null) {
      return Optional.empty();
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        return Optional.empty();
      }
      tellHolder(channel, holder);
      taken = true;
      return Optional.of(new HeldLock(channel, key));
    } catch (NoSuchFileException e) {
      // An import that came to nothing took the folder away again; it is made anew next time.
      return Optional.empty();
    } catch (IOException e) {
      throw FolderIo.failed("lock", file, e);
    } finally {
      if (!taken) {
        release(channel, key);
      }
    }
  }

  /** Deletes the file of a lock that is held and whose name is never used again. */
  void forget(String name) {
    FolderIo.deleteQuietly(file(name));
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false);
    } catch (OverlappingFileLockException e) {
      // Another copy of this class, loaded by another class loader, holds it.
      return null;
    }
  }

  private static void tellHolder(FileChannel channel, String holder) {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      // Only the message to others would have been better; a full disk must not stop a deletion.
    }
  }

  private static void release(@Nullable FileChannel channel, Path key) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The lock goes with the descriptor, whatever closing it says.
    } finally {
      HELD_HERE.remove(key);
    }
  }

  private HypervisorException locked(String name, String purpose, @Nullable Exception cause) {
    Path file = file(name);
    String holder = HELD_HERE.get(key(file));
    if (holder == null) {
      try {
        holder = Files.readString(file);
      } catch (IOException e) {
        holder = "";
      }
    }
    return new HypervisorException(
        HypervisorError.LOCKED,
        LocalDriver.ID,
        "cannot "
            + purpose
            + ": "
            + (holder.isBlank() ? "someone else" : holder)
            + " is at work on it; wait until that is done, or end that process",
        file.toString(),
        cause);
  }

  /** Returns the folder of the lock files. */
  Path folder() {
    return folder;
  }

  /** Returns the file of a lock. */
  Path file(String name) {
    return folder.resolve(name + ".lock");
  }

  private Path key(Path file) {
    try {
      return folder.toRealPath().resolve(file.getFileName());
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }

  private static final class HeldLock implements Lock {
    private final FileChannel channel;
    private final Path key;
    private final AtomicBoolean closed = new AtomicBoolean();

    HeldLock(FileChannel channel, Path key) {
      this.channel = channel;
      this.key = key;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        release(channel, key);
      }
    }
  }
}
