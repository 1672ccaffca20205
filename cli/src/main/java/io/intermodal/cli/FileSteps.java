package io.intermodal.cli;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskImages;
import io.intermodal.disk.DiskInfo;
import io.intermodal.disk.DiskSource;
import io.intermodal.ovf.EnvelopeDraft.DraftDisk;
import io.intermodal.ovf.edit.EnvelopeEditor;
import io.intermodal.ovf.edit.NewDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the edits of disks and files, and gathers what goes into the package. */
final class FileSteps {

  private static final Map<String, String> FORMATS =
      Map.of(
          DiskFormat.VMDK_STREAM_OPTIMIZED.id(),
          DraftDisk.STREAM_OPTIMIZED,
          DiskFormat.QCOW2.id(),
          "http://www.gnome.org/~markmc/qcow-image-format.html#qcow2");

  private final EditOptions options;
  private final EnvelopeEditor editor;
  private final Map<String, Path> files = new LinkedHashMap<>();

  FileSteps(EditOptions options, EnvelopeEditor editor) {
    this.options = options;
    this.editor = editor;
  }

  /** Returns the files that edits put into the package, by their names in it. */
  Map<String, Path> files() {
    return files;
  }

  void run() {
    options.removeDisks.forEach(editor::removeDisk);
    options.replaceDisks.forEach((id, file) -> editor.replaceDisk(id, disk(file)));
    options.addDisks.forEach(file -> editor.addDisk(disk(file)));
    options.addBlankDisks.forEach(size -> editor.addDisk(NewDisk.blank(size)));
    options.removeFiles.forEach(editor::removeFile);
    for (Path file : options.addFiles) {
      editor.addFile(null, put(file), size(file));
    }
  }

  private NewDisk disk(Path file) {
    DiskInfo info = DiskImages.info(DiskSource.file(file));
    String format = FORMATS.get(info.format().id());
    if (format == null) {
      throw new IntermodalException(
          CliError.WRONG_USAGE,
          "cannot put in "
              + file
              + ": OVF has no name for the format "
              + info.format().id()
              + "; convert it to a stream-optimized VMDK first",
          file.toString(),
          null);
    }
    return new NewDisk(null, put(file), size(file), info.virtualSizeBytes(), format, null, null);
  }

  private String put(Path file) {
    String name = String.valueOf(file.toAbsolutePath().normalize().getFileName());
    Path other = files.put(name, file.toAbsolutePath());
    if (other != null && !other.equals(file.toAbsolutePath())) {
      throw EditSteps.usage("a file", name, "another name: two files of this one were given");
    }
    return name;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw Errors.reading(file, e);
    }
  }
}
