package io.intermodal.ovf.packaging;

import io.intermodal.CommonError;
import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores files in a folder, but for those that lie at their place in it already: they are read for
 * their digests alone.
 */
final class StayingFiles implements PackageSink {

  private final FolderStage stage;
  private final Set<String> staying;
  private final NoSink none = new NoSink();
  private PackageSink current;

  StayingFiles(FolderStage stage, Set<String> staying) {
    this.stage = stage;
    this.staying = staying;
    current = stage;
  }

  /** Returns the names of the files that are what the folder has under those names. */
  static Set<String> in(Path folder, List<StoredFile> files) {
    Set<String> staying = new HashSet<>();
    for (StoredFile file : files) {
      if (stays(folder, file)) {
        staying.add(file.name());
      }
    }
    return staying;
  }

  private static boolean stays(Path folder, StoredFile file) {
    FileRange range = file.range();
    try {
      Path place = folder.resolve(file.name());
      return range.offset() == 0
          && Files.exists(place)
          && Files.isSameFile(place, range.path())
          && Files.size(place) == range.length();
    } catch (InvalidPathException e) {
      return false;
    } catch (IOException e) {
      throw Errors.reading(range.path(), e);
    }
  }

  /** Refuses files that would have to be copied. */
  static void require(Path folder, List<StoredFile> files, Set<String> staying) {
    for (StoredFile file : files) {
      if (!staying.contains(file.name())) {
        throw new IntermodalException(
            CommonError.FILE_EXISTS,
            "cannot write a descriptor to "
                + folder
                + ": "
                + file.name()
                + " of the package is not there; write to the folder of the package, or"
                + " let files be copied",
            folder.toString(),
            null);
      }
    }
  }

  @Override
  public WritableByteChannel begin(String name, @Nullable Long size) throws IOException {
    current = staying.contains(name) ? none : stage;
    return current.begin(name, size);
  }

  @Override
  public void end() throws IOException {
    current.end();
  }

  @Override
  public void finish() throws IOException {
    stage.finish();
  }
}
