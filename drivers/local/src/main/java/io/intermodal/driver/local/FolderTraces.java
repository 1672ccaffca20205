package io.intermodal.driver.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Knows what a folder lacked before an import, so that one that comes to nothing leaves the folder
 * as it was: not there, or without the locks.
 */
final class FolderTraces {

  private final LocalStore store;
  private final boolean rootWasThere;
  private final boolean locksWereThere;

  private FolderTraces(LocalStore store) {
    this.store = store;
    this.rootWasThere = Files.exists(store.root());
    this.locksWereThere = Files.exists(store.locks().folder());
  }

  /** Looks at a folder before anything is made in it. */
  static FolderTraces before(LocalStore store) {
    return new FolderTraces(store);
  }

  /**
   * Removes what only the import brought. Whoever is at work there meanwhile keeps it: nothing is
   * removed unless the folder holds nothing but the lock that is taken for this.
   */
  void remove() {
    if (locksWereThere || !Files.isDirectory(store.locks().folder())) {
      return;
    }
    store
        .locks()
        .tryAcquire(FolderLocks.NAMES, "clean up " + store.root())
        .ifPresent(this::removeLocked);
  }

  /** Each deletion fails on a folder that is not empty, so that nobody else's file can go. */
  private void removeLocked(FolderLocks.Lock names) {
    try (names) {
      if (isEmptyButFor(store.root(), store.locks().folder())) {
        Path lock = store.locks().file(FolderLocks.NAMES);
        if (isEmptyButFor(store.locks().folder(), lock)) {
          Files.delete(lock);
          Files.delete(store.locks().folder());
          if (!rootWasThere) {
            Files.delete(store.root());
          }
        }
      }
    } catch (IOException e) {
      System.getLogger("io.intermodal.driver.local")
          .log(System.Logger.Level.DEBUG, "left behind: {0}", e.getMessage());
    }
  }

  private static boolean isEmptyButFor(Path folder, Path only) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.allMatch(only::equals);
    }
  }
}
