package io.intermodal.cli;

import io.intermodal.disk.DiskFormat;
import io.intermodal.disk.DiskSource;
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
      description = "Which disk of a package or XVA: its id, or the name of its file.")
  private @Nullable String disk;

  @Option(
      names = "--backing-folder",
      paramLabel = "DIR",
      description =
          "Follow an overlay to what it is based on, to files inside this folder only. By default"
              + " an overlay is refused: whoever made it chose what it refers to.")
  private @Nullable Path backingFolder;

  @Option(
      names = "--without-snapshots",
      description = "Leave out the snapshots inside a qcow2, which is refused otherwise.")
  private boolean withoutSnapshots;

  @Option(
      names = "--lenient",
      description = "Read a vmdk whose markers and tables differ by its tables.")
  private boolean lenient;

  DiskInput open(String file) {
    return allowed(DiskInput.of(file, disk, format));
  }

  DiskInput openOther(String file, @Nullable String otherDisk, @Nullable DiskFormat otherFormat) {
    return allowed(DiskInput.of(file, otherDisk, otherFormat));
  }

  private DiskInput allowed(DiskInput input) {
    DiskSource source = input.source();
    if (backingFolder != null) {
      source = source.withBackingFilesIn(backingFolder);
    }
    if (withoutSnapshots) {
      source = source.withoutSnapshots();
    }
    if (lenient) {
      source = source.lenient();
    }
    return new DiskInput(source, input.digests(), input.chunks(), input.fromPackage());
  }
}
