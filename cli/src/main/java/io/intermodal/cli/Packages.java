package io.intermodal.cli;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.packaging.OvfPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Opens the package that a command is given: a file, or the folder that it lies in. */
final class Packages {

  /** What commands say of the argument that they open in this way. */
  static final String WHAT = "An .ova or .ovf file, or a folder with one descriptor.";

  private static final int MOST_NAMED = 10;

  private Packages() {}

  /**
   * Opens a package.
   *
   * @throws IntermodalException as {@link OvfPackage#open} and {@link OvfPackage#openFolder}
   */
  static OvfPackage open(Path path) {
    if (!Files.isDirectory(path)) {
      return OvfPackage.open(path);
    }
    List<String> archives = archives(path);
    try {
      return OvfPackage.openFolder(path);
    } catch (IntermodalException e) {
      boolean empty =
          e.code() == OvfError.DESCRIPTOR_MISSING
              && e.location().filter(path.toString()::equals).isPresent();
      throw empty ? without(path, archives) : e;
    }
  }

  private static IntermodalException without(Path folder, List<String> archives) {
    String more = archives.size() > MOST_NAMED ? " and more" : "";
    String way =
        archives.isEmpty()
            ? "name an .ova or .ovf file, or the folder that the descriptor is in"
            : "name one of its archives: "
                + String.join(", ", archives.subList(0, Math.min(MOST_NAMED, archives.size())))
                + more;
    return new IntermodalException(
        OvfError.DESCRIPTOR_MISSING,
        "cannot read " + folder + ": the folder holds no .ovf descriptor; " + way,
        folder.toString(),
        null);
  }

  private static List<String> archives(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(".ova"))
          .filter(Files::isRegularFile)
          .map(f -> String.valueOf(f.getFileName()))
          .sorted()
          .limit(MOST_NAMED + 1)
          .toList();
    } catch (IOException e) {
      throw Errors.reading(folder, e);
    }
  }
}
