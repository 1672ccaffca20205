package io.intermodal.cli;

import io.intermodal.disk.DiskFormat;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Adds to a command what says which disk is read, and as what. */
final class DiskInputOptions {

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      converter = DiskFormatName.class,
      description =
          "What the image is; by default its content tells. Raw must be said: a guest decides what"
              + " its own disk starts with.")
  private @Nullable DiskFormat format;

  @Option(
      names = "--disk",
      paramLabel = "ID",
      description = "Which disk of a package: its id, or the name of its file.")
  private @Nullable String disk;

  DiskInput open(Path file) {
    return DiskInput.of(file, disk, format);
  }
}
