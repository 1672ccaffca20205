package io.intermodal.driver.local;

import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Knows the folder as a whole: its profile, its machines, its names and what died in it. */
final class LocalStore {

  private static final String HYPERVISOR_FILE = "hypervisor.json";
  private static final String IMPORT = ".import-";
  private static final String TRASH = ".trash-";

  private final Path root;
  private final FolderLocks locks;

  LocalStore(Path root, FolderLocks locks) {
    this.root = root;
    this.locks = locks;
  }

  Path root() {
    return root;
  }

  FolderLocks locks() {
    return locks;
  }

  /** Reads profile and networks; empty when the folder has none yet. */
  Optional<HypervisorRecord> readHypervisor() {
    Path file = root.resolve(HYPERVISOR_FILE);
    try {
      return Optional.of(RecordFile.readHypervisor(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (RecordFile.Malformed e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Writes the profile into the folder where it has none; needs the names' lock. Only a machine that
   * came to be settles what a folder is, so that an import that fails leaves it free.
   */
  void prepare(Profile profile) {
    requireProfile(profile);
    if (readHypervisor().isEmpty()) {
      FolderIo.write(
          root.resolve(HYPERVISOR_FILE), RecordFile.write(HypervisorRecord.fresh(profile)));
    }
  }

  /** Refuses a folder that is another product's. */
  void requireProfile(Profile profile) {
    Optional<HypervisorRecord> stored = readHypervisor();
    if (stored.isPresent() && stored.get().profile() != profile) {
      throw otherProfile(root, stored.get().profile(), profile);
    }
  }

  /** Lists the folders of the machines. */
  List<Path> machineFolders() {
    return folders("");
  }

  /** Lists the folders of machines that are being made. */
  List<Path> importFolders() {
    return folders(IMPORT);
  }

  Path newImportFolder() {
    return root.resolve(IMPORT + UUID.randomUUID());
  }

  /**
   * Returns when no machine has the name and none that is being made; needs the names' lock.
   *
   * @throws HypervisorException {@code NAME_TAKEN}
   */
  void requireFree(String name, Profile profile) {
    // Machines that are being made come second: one that is done meanwhile is seen twice, not
    // never.
    List<Path> folders = new ArrayList<>(importFolders());
    folders.addAll(machineFolders());
    for (Path folder : folders) {
      boolean making = folder.getFileName().toString().startsWith(IMPORT);
      Optional<String> other = name(new MachineFolder(folder, profile), making);
      if (other.isPresent() && profile.sameName(other.get(), name)) {
        throw new HypervisorException(
            HypervisorError.NAME_TAKEN,
            LocalDriver.ID,
            "cannot make the machine "
                + name
                + ": "
                + (making ? "one of that name is being made" : other.get() + " exists already")
                + " in "
                + root
                + "; choose another name",
            name);
      }
    }
  }

  private static Optional<String> name(MachineFolder folder, boolean making) {
    try {
      MachineSpec spec = making ? folder.spec(MachineRecord.created().current()) : folder.spec();
      return Optional.of(spec.name());
    } catch (HypervisorException e) {
      // A broken machine keeps its folder; nobody knows its name.
      return Optional.empty();
    }
  }

  /** Returns an id for a machine that no folder has; needs the names' lock. */
  String newId(String name) {
    String base = SafeName.of(name);
    String id = base;
    for (int n = 2; Files.exists(root.resolve(id)); n++) {
      id = base + "~" + n;
    }
    return id;
  }

  /** Takes a machine out of sight in one step and deletes its files. */
  void remove(MachineFolder machine) {
    Path trash = root.resolve(TRASH + UUID.randomUUID());
    FolderIo.rename(machine.path(), trash);
    FolderIo.deleteQuietly(trash);
  }

  /** Deletes what dead processes left, unless someone is at work or the folder is read-only. */
  void cleanUp() {
    boolean clean = folders(TRASH).isEmpty() && importFolders().isEmpty();
    if (clean || !Files.isWritable(root)) {
      return;
    }
    try (FolderLocks.Lock names =
        locks.tryAcquire(FolderLocks.NAMES, "clean up " + root).orElse(null)) {
      if (names != null) {
        cleanUpLocked();
      }
    } catch (HypervisorException e) {
      System.getLogger("io.intermodal.driver.local")
          .log(System.Logger.Level.DEBUG, "not cleaned up: {0}", e.getMessage());
    }
  }

  /** Deletes what dead processes left; needs the names' lock. */
  void cleanUpLocked() {
    folders(TRASH).forEach(FolderIo::deleteQuietly);
    for (Path folder : importFolders()) {
      String lockName = folder.getFileName().toString();
      locks
          .tryAcquire(lockName, "clean up " + lockName)
          .ifPresent(
              lock -> {
                try (lock) {
                  FolderIo.deleteQuietly(folder);
                  locks.forget(lockName);
                }
              });
    }
  }

  static HypervisorException otherProfile(Path root, Profile stored, Profile asked) {
    return new HypervisorException(
        HypervisorError.INVALID_URI,
        LocalDriver.ID,
        "cannot connect to "
            + root
            + " with the profile "
            + asked.id()
            + ": its profile is "
            + stored.id()
            + "; leave the profile out, or name another folder",
        root.toString());
  }

  private List<Path> folders(String prefix) {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(root)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        boolean wanted =
            prefix.isEmpty()
                ? !name.startsWith(".") && Files.exists(file.resolve(MachineFolder.STATE_FILE))
                : name.startsWith(prefix);
        if (wanted) {
          folders.add(file);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw FolderIo.failed("list", root, e);
    }
    return folders;
  }

  private static HypervisorException unreadable(Path file, Exception e) {
    return new HypervisorException(
        HypervisorError.CONNECTION_FAILED,
        LocalDriver.ID,
        "cannot understand " + file + ": " + e.getMessage() + "; repair or remove it",
        file.toString(),
        e);
  }
}
