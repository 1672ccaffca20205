package io.intermodal.driver.local;

import io.intermodal.IntermodalException;
import io.intermodal.PartFile;
import io.intermodal.descriptor.LocalMachineFormat;
import io.intermodal.hypervisor.DiskSpec;
import io.intermodal.hypervisor.HypervisorError;
import io.intermodal.hypervisor.HypervisorException;
import io.intermodal.hypervisor.MachineSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads and writes the files of one machine. Reading needs no lock, writing needs the machine's.
 */
final class MachineFolder {

  static final String STATE_FILE = "state.json";
  private static final String DEFINITION_FILE = "machine.json";
  private static final String SERIAL_FILE = "serial.log";
  private static final Pattern PART_FOLDER = Pattern.compile("[vs][0-9]{1,18}");
  private static final LocalMachineFormat FORMAT = new LocalMachineFormat();
  private static final int READ_ATTEMPTS = 5;

  private final Path folder;
  private final Profile profile;

  MachineFolder(Path folder, Profile profile) {
    this.folder = folder;
    this.profile = profile;
  }

  Path path() {
    return folder;
  }

  String id() {
    return String.valueOf(folder.getFileName());
  }

  boolean exists() {
    return Files.exists(folder.resolve(STATE_FILE));
  }

  /**
   * Reads what the machine is doing.
   *
   * @throws HypervisorException {@code MACHINE_NOT_FOUND} when it is gone, {@code BROKEN_MACHINE}
   */
  MachineRecord record() {
    Path file = folder.resolve(STATE_FILE);
    try {
      return RecordFile.readState(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new HypervisorException(
          HypervisorError.MACHINE_NOT_FOUND,
          LocalDriver.ID,
          "cannot find machine " + id() + ": it was deleted meanwhile",
          folder.toString(),
          e);
    } catch (IOException e) {
      throw FolderIo.failed("read", file, e);
    } catch (RecordFile.Malformed e) {
      throw broken(file, e);
    }
  }

  void write(MachineRecord record) {
    FolderIo.write(folder.resolve(STATE_FILE), RecordFile.write(record));
  }

  /** Reads the current definition, also while someone else changes the machine. */
  MachineSpec spec() {
    for (int attempt = 1; ; attempt++) {
      MachineRecord record = record();
      try {
        return spec(record.current());
      } catch (HypervisorException e) {
        // A revert has put another folder in place between the two reads.
        if (attempt == READ_ATTEMPTS || !(e.getCause() instanceof NoSuchFileException)) {
          throw e;
        }
      }
    }
  }

  MachineSpec spec(String part) {
    Path file = folder.resolve(part).resolve(DEFINITION_FILE);
    try {
      return FORMAT.read(Files.readAllBytes(file), file.toString()).result();
    } catch (IOException | IntermodalException e) {
      throw broken(file, e);
    }
  }

  void write(String part, MachineSpec spec) {
    FolderIo.write(folder.resolve(part).resolve(DEFINITION_FILE), FORMAT.write(spec).result());
  }

  Path disk(String part, String key) {
    return folder.resolve(part).resolve(SafeName.of(key) + profile.diskSuffix());
  }

  /** Copies definition and disks to a folder of the machine that nothing names yet. */
  void copyPart(String from, String to) {
    Path target = folder.resolve(to);
    FolderIo.createFolder(target);
    try {
      MachineSpec spec = spec(from);
      for (DiskSpec disk : spec.disks()) {
        FolderIo.copy(disk(from, disk.key()), disk(to, disk.key()));
      }
      write(to, spec);
      FolderIo.forceFolder(folder);
    } catch (RuntimeException e) {
      FolderIo.deleteQuietly(target);
      throw e;
    }
  }

  /** Returns the name of a folder that the machine has not: {@code v2}. */
  String newPart(char kind) {
    for (int n = 1; ; n++) {
      if (!Files.exists(folder.resolve("" + kind + n))) {
        return "" + kind + n;
      }
    }
  }

  void deletePart(String part) {
    FolderIo.deleteQuietly(folder.resolve(part));
  }

  String serialOutput() {
    try {
      return Files.readString(folder.resolve(SERIAL_FILE));
    } catch (IOException e) {
      throw FolderIo.failed("read", folder.resolve(SERIAL_FILE), e);
    }
  }

  void writeSerialOutput(byte[] text) {
    FolderIo.write(folder.resolve(SERIAL_FILE), text);
  }

  /** Deletes what a process that was killed left and nothing names. */
  void sweep(MachineRecord record) {
    Set<String> parts = new HashSet<>(Set.of(record.current()));
    record.snapshots().forEach(snapshot -> parts.add(snapshot.folder()));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        boolean unnamed = PART_FOLDER.matcher(name).matches() && !parts.contains(name);
        if (unnamed || name.endsWith(PartFile.SUFFIX)) {
          FolderIo.deleteQuietly(file);
        }
      }
    } catch (IOException e) {
      throw FolderIo.failed("read", folder, e);
    }
    sweepDisks(record.current());
  }

  private void sweepDisks(String part) {
    Set<Path> known = new HashSet<>();
    spec(part).disks().forEach(disk -> known.add(disk(part, disk.key())));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(part))) {
      for (Path file : files) {
        if (!known.contains(file) && !file.endsWith(DEFINITION_FILE)) {
          FolderIo.deleteQuietly(file);
        }
      }
    } catch (IOException e) {
      throw FolderIo.failed("read", folder.resolve(part), e);
    }
  }

  private HypervisorException broken(Path file, Exception e) {
    return new HypervisorException(
        HypervisorError.BROKEN_MACHINE,
        LocalDriver.ID,
        "cannot understand machine "
            + id()
            + ": "
            + (e instanceof IOException ? file + " cannot be read" : file + ": " + e.getMessage())
            + "; repair the file or remove the folder",
        file.toString(),
        e);
  }
}
