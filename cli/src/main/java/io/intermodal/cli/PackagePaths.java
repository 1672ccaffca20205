package io.intermodal.cli;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds packages in folders. */
final class PackagePaths {

  private PackagePaths() {}

  /**
   * Returns files as they are, and for each folder the .ovf and .ova files below it in order.
   * Symbolic links are not followed.
   */
  static List<Path> expand(List<Path> named) {
    List<Path> files = new ArrayList<>();
    for (Path path : named) {
      if (Files.isDirectory(path)) {
        List<Path> inside = inside(path);
        if (inside.isEmpty()) {
          throw new IntermodalException(
              CliError.WRONG_USAGE,
              "cannot validate " + path + ": the folder holds no .ovf or .ova file",
              path.toString(),
              null);
        }
        files.addAll(inside);
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private static List<Path> inside(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).filter(PackagePaths::named).sorted().toList();
    } catch (IOException e) {
      throw Errors.reading(folder, e);
    } catch (UncheckedIOException e) {
      IOException cause = Objects.requireNonNull(e.getCause());
      throw Errors.reading(failed(folder, cause), cause);
    }
  }

  /** Returns the folder below that cannot be read, where the operating system says which. */
  private static Path failed(Path folder, IOException e) {
    return e instanceof FileSystemException f && f.getFile() != null
        ? Path.of(f.getFile())
        : folder;
  }

  private static boolean named(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".ovf") || name.endsWith(".ova");
  }
}
