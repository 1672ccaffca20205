package io.intermodal.ovf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds files and disks by what names them; of two with one name the first one counts. */
final class References {

  private final boolean ovirt;
  private final Map<String, FileReference> filesById = new HashMap<>();
  private final Map<String, FileReference> filesByHref = new HashMap<>();
  private final Map<String, Disk> disksById = new HashMap<>();
  private final Map<String, Disk> disksByFile = new HashMap<>();

  References(List<FileReference> files, List<Disk> disks, boolean ovirt) {
    this.ovirt = ovirt;
    for (FileReference file : files) {
      if (file.id() != null) {
        filesById.putIfAbsent(file.id(), file);
      }
      if (file.href() != null) {
        filesByHref.putIfAbsent(file.href(), file);
      }
    }
    for (Disk disk : disks) {
      if (disk.id() != null) {
        disksById.putIfAbsent(disk.id(), disk);
      }
      if (disk.fileRef() != null) {
        disksByFile.putIfAbsent(disk.fileRef(), disk);
      }
    }
  }

  Optional<FileReference> file(String id) {
    return Optional.ofNullable(filesById.get(id));
  }

  /** Finds a file by its href as written. */
  Optional<FileReference> fileAt(String href) {
    return Optional.ofNullable(filesByHref.get(href));
  }

  Optional<Disk> disk(String id) {
    return Optional.ofNullable(disksById.get(id));
  }

  Optional<Disk> diskOfFile(String fileRef) {
    return Optional.ofNullable(disksByFile.get(fileRef));
  }

  /** Finds the file of a disk; oVirt names the place of the file where others name its id. */
  Optional<FileReference> fileOf(Disk disk) {
    String reference = disk.fileRef();
    if (reference == null) {
      return Optional.empty();
    }
    Optional<FileReference> byId = file(reference);
    return byId.isPresent() || !ovirt ? byId : fileAt(reference);
  }
}
