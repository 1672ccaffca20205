package io.intermodal.disk;

import io.intermodal.Cancellation;
import io.intermodal.Errors;
import io.intermodal.disk.internal.Backing;
import io.intermodal.disk.internal.ExtentReader;
import io.intermodal.disk.internal.FileBytes;
import io.intermodal.disk.internal.Format;
import io.intermodal.disk.internal.Problems;
import io.intermodal.disk.internal.ReadSettings;
import io.intermodal.disk.internal.SourceBytes;
import io.intermodal.disk.internal.StoredBytes;
import io.intermodal.disk.internal.engine.Formats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what an overlay is based on inside one folder that the caller named. */
final class FolderBacking implements Backing {

  /** How many images may be based on one another. */
  private static final int MAX_DEPTH = 16;

  private final Path folder;
  private final Set<Object> seen;
  private final SourceBytes owner;
  private final Cancellation cancellation;
  private int depth = 1;

  private FolderBacking(
      Path folder, Set<Object> seen, SourceBytes owner, Cancellation cancellation) {
    this.folder = folder;
    this.seen = seen;
    this.owner = owner;
    this.cancellation = cancellation;
  }

  /**
   * Creates one for the image at the top.
   *
   * @param files those that hold it, to which no base may lead back
   * @param owner closes what is opened
   */
  static FolderBacking of(
      Path folder, List<Path> files, SourceBytes owner, Cancellation cancellation) {
    Path at = null;
    try {
      at = folder;
      Path real = folder.toRealPath();
      Set<Object> seen = new HashSet<>();
      for (Path file : files) {
        at = file;
        seen.add(identity(file.toRealPath()));
      }
      return new FolderBacking(real, seen, owner, cancellation);
    } catch (IOException e) {
      throw Errors.reading(Objects.requireNonNull(at), e);
    }
  }

  @Override
  public ExtentReader open(String overlay, long at, String reference, @Nullable DiskFormat format) {
    try {
      Path file = find(overlay, at, reference);
      if (!seen.add(identity(file))) {
        throw Problems.damaged(
            overlay, at, reference(reference), "the image is based on itself in the end");
      }
      if (++depth > MAX_DEPTH) {
        throw Problems.at(
            DiskError.TOO_LARGE,
            overlay,
            at,
            reference(reference),
            "more than " + MAX_DEPTH + " images are based on one another; flatten some first");
      }
      StoredBytes stored =
          FileBytes.open(file.toString(), new ByteRange(file, 0, Files.size(file)));
      SourceBytes base = SourceBytes.of(stored);
      owner.attach(base, file);
      ReadSettings settings = new ReadSettings(List.of(), cancellation, this);
      return format(stored, format).open(base, settings);
    } catch (IOException e) {
      throw Errors.reading(folder, e);
    }
  }

  private static Format format(StoredBytes base, @Nullable DiskFormat said) {
    if (said == null) {
      return Formats.detect(base);
    }
    if (Formats.readable().contains(said)) {
      return Formats.get(said, base.name());
    }
    // The overlay names a family only. Its members are told apart by content, and another family
    // must not be taken for it: a guest decides what its own raw or fixed disk starts with.
    Format found = Formats.detect(base);
    if (!found.id().id().startsWith(said.id() + "-")) {
      throw Problems.refuse(
          DiskError.DAMAGED,
          base.name(),
          "it is " + found.id() + ", the image based on it says " + said);
    }
    return found;
  }

  private Path find(String overlay, long at, String reference) throws IOException {
    for (String candidate : candidates(reference)) {
      Path file = inside(candidate);
      if (file != null && Files.exists(file)) {
        Path real = file.toRealPath();
        if (!real.startsWith(folder)) {
          throw Problems.at(
              DiskError.REFERS_TO_ANOTHER_FILE,
              overlay,
              at,
              reference(reference),
              "it leads out of the folder " + folder + ", which alone was named");
        }
        if (Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
          return real;
        }
      }
    }
    throw Problems.at(
        DiskError.REFERS_TO_ANOTHER_FILE,
        overlay,
        at,
        reference(reference),
        "there is no such file in the folder " + folder + "; put it there");
  }

  /** Lists what a reference may mean below the folder, the most exact first. */
  private static Set<String> candidates(String reference) {
    Set<String> candidates = new LinkedHashSet<>();
    if (reference.startsWith("json:") || reference.contains("://")) {
      // A description of a block device or a network address is no name of a file.
      return candidates;
    }
    String path = reference.startsWith("file:") ? reference.substring(5) : reference;
    candidates.add(path);
    candidates.add(path.substring(path.lastIndexOf('/') + 1));
    candidates.add(path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1));
    return candidates;
  }

  /** Returns a path below the folder; null when the text is none, or one from a root. */
  private @Nullable Path inside(String text) {
    try {
      Path path = folder.getFileSystem().getPath(text);
      return text.isEmpty() || path.isAbsolute() || path.getRoot() != null
          ? null
          : folder.resolve(path);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static Object identity(Path real) throws IOException {
    Object key = Files.readAttributes(real, BasicFileAttributes.class).fileKey();
    return key == null ? real : key;
  }

  private static String reference(String text) {
    return "reference to " + text;
  }
}
