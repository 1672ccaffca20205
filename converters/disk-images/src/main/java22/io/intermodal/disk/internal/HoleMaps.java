package io.intermodal.disk.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Asks Linux for the holes of files, by {@code lseek} with {@code SEEK_DATA} and {@code SEEK_HOLE}
 * on a descriptor of its own. Wherever that does not work nothing is known, and all is read.
 */
final class HoleMaps {

  private static final boolean WANTED =
      System.getProperty("os.name", "").equals("Linux")
          && System.getProperty("sun.arch.data.model", "").equals("64")
          && !System.getProperty("intermodal.disk.holes", "").equals("false");

  private HoleMaps() {}

  /**
   * Opens the map of a file; empty where there is no way to know.
   *
   * @param size the size that the file must have
   */
  static Optional<HoleMap> open(Path file, long size) {
    if (!WANTED || !file.getFileSystem().equals(FileSystems.getDefault())) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Descriptor(file, size));
    } catch (IOException | RuntimeException | LinkageError e) {
      // No native access, no such function, no such file: then all of it is read.
      return Optional.empty();
    }
  }

  /** An open descriptor. */
  private static final class Descriptor implements HoleMap {

    private static final int SEEK_END = 2;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    /** {@code O_RDONLY | O_CLOEXEC}. */
    private static final int READ_ONLY = 0x80000;

    /** What {@code lseek} says when there is no data behind a position. */
    private static final int ENXIO = 6;

    private final long size;
    private final int descriptor;
    private boolean closed;

    Descriptor(Path file, long size) throws IOException {
      this.size = size;
      try (Arena arena = Arena.ofConfined()) {
        Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        MemorySegment path = arena.allocateFrom(file.toString(), names);
        descriptor = (int) Native.OPEN.invokeExact(path, READ_ONLY);
      } catch (Throwable e) {
        throw new IOException(e);
      }
      if (descriptor < 0 || seek(0, SEEK_END) != size) {
        close();
        throw new IOException("the file cannot be opened, or is another one");
      }
    }

    @Override
    public synchronized long nextData(long position) {
      if (position >= size) {
        return size;
      }
      long found = seek(position, SEEK_DATA);
      if (found == -ENXIO) {
        return size;
      }
      return found < position ? position : Math.min(found, size);
    }

    @Override
    public synchronized long nextHole(long position) {
      if (position >= size) {
        return size;
      }
      long found = seek(position, SEEK_HOLE);
      return found < position ? size : Math.min(found, size);
    }

    /** Returns the position; the error's number, negative, when there is none. */
    private long seek(long position, int whence) {
      if (closed) {
        return -1;
      }
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment state = arena.allocate(Native.STATE);
        long found = (long) Native.LSEEK.invokeExact(state, descriptor, position, whence);
        return found >= 0 ? found : -(int) Native.ERROR.get(state, 0L);
      } catch (Throwable e) {
        return -1;
      }
    }

    @Override
    public synchronized void close() {
      if (!closed && descriptor >= 0) {
        closed = true;
        try {
          int _ = (int) Native.CLOSE.invokeExact(descriptor);
        } catch (Throwable e) {
          // Nothing was written: there is nothing to lose.
        }
      }
    }
  }

  /** The functions of the C library; fails to load where they are missing or not allowed. */
  @SuppressWarnings("restricted")
  private static final class Native {

    static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    static final VarHandle ERROR = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    static final MethodHandle OPEN =
        find(
            "open",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    static final MethodHandle LSEEK =
        find(
            "lseek",
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT),
            Linker.Option.captureCallState("errno"));
    static final MethodHandle CLOSE = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private static MethodHandle find(
        String name, FunctionDescriptor signature, Linker.Option... options) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().find(name).orElseThrow(), signature, options);
    }
  }
}
