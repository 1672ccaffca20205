package io.intermodal.ovf.packaging;

import io.intermodal.CommonError;
import io.intermodal.IntermodalException;
import io.intermodal.PartFile;
import io.intermodal.ovf.OvfError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects files in a folder of its own beside their place, and moves them there in the end. A
 * target that does not exist appears with all of them in one step; in one that does, each is moved
 * and the last one only when all others are there.
 */
final class FolderStage implements PackageSink {

  /** Names that Windows takes for devices, whatever their extension. */
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\\..*)?");

  private final Path folder;
  private final Path stage;
  private final boolean whole;
  private final boolean replace;
  private final List<String> names = new ArrayList<>();
  private final Set<String> stale = new TreeSet<>();
  private boolean keep;
  private String current = "";
  private @Nullable FileChannel channel;
  private @Nullable Long stated;

  private FolderStage(Path folder, Path stage, boolean whole, boolean replace) {
    this.folder = folder;
    this.stage = stage;
    this.whole = whole;
    this.replace = replace;
  }

  /**
   * Creates the stage.
   *
   * @param name what the stage is called where the folder is there already
   */
  static FolderStage create(Path target, String name, boolean replace) throws IOException {
    Path folder = target.toAbsolutePath();
    boolean whole = !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
    if (!whole && !Files.isDirectory(folder)) {
      throw exists(folder);
    }
    Path stage =
        whole
            ? folder.resolveSibling(folder.getFileName() + PartFile.SUFFIX)
            : folder.resolve(name + PartFile.SUFFIX);
    try {
      Files.createDirectory(stage);
    } catch (FileAlreadyExistsException e) {
      throw new IntermodalException(
          CommonError.FILE_EXISTS,
          "cannot write "
              + folder
              + ": "
              + stage.getFileName()
              + " is there already; another writer is at work, or died: delete it when none is",
          stage.toString(),
          e);
    }
    return new FolderStage(folder, stage, whole, replace);
  }

  /** Refuses a name that is the writer's own, or taken unless what is there may be replaced. */
  void requireFree(String name) {
    Path target = place(folder, name);
    if (!whole && target.startsWith(stage)) {
      throw noName(name, folder);
    }
    if (!replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(target);
    }
  }

  @Override
  public WritableByteChannel begin(String name, @Nullable Long size) throws IOException {
    requireFree(name);
    Path file = place(stage, name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    FileChannel opened;
    try {
      opened = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new IntermodalException(
          OvfError.MEMBER_DUPLICATE,
          "cannot write " + name + ": this file system takes it for another file of the package",
          name,
          e);
    }
    channel = opened;
    current = name;
    stated = size;
    names.add(name);
    return new OpenEnded() {
      @Override
      public int write(ByteBuffer source) throws IOException {
        return opened.write(source);
      }
    };
  }

  @Override
  public void end() throws IOException {
    try (FileChannel open = Objects.requireNonNull(channel)) {
      if (stated != null && open.size() != stated) {
        throw new IllegalStateException(
            current + " was to have " + stated + " bytes and has " + open.size());
      }
      open.force(true);
    }
    channel = null;
  }

  /** Names files of the folder that are to go when the others come. */
  void stale(Set<String> gone) {
    stale.addAll(gone);
  }

  /**
   * Moves everything to its place, in the order in which it was written. What is in its way goes
   * aside first, and comes back when a move fails.
   */
  @Override
  public void finish() throws IOException {
    if (whole) {
      if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw exists(folder);
      }
      Files.move(stage, folder);
      return;
    }
    List<Path> gone = new ArrayList<>(stale.stream().map(name -> place(folder, name)).toList());
    for (String name : names) {
      Path target = place(folder, name);
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !gone.contains(target)) {
        gone.add(target);
      }
    }
    for (Path path : gone) {
      if (!replace || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        throw exists(path);
      }
    }
    Path aside = Files.createTempDirectory(stage, "old");
    Map<Path, Path> moved = new LinkedHashMap<>();
    List<Path> made = new ArrayList<>();
    boolean done = false;
    try {
      for (Path path : gone) {
        Path to = aside.resolve(String.valueOf(moved.size()));
        Files.move(path, to);
        moved.put(path, to);
      }
      for (String name : names) {
        Path target = place(folder, name);
        makeFolders(target, made);
        Files.move(place(stage, name), target);
        made.add(target);
      }
      done = true;
    } finally {
      if (!done) {
        undo(made, moved);
      }
    }
  }

  /** Puts back what was there; where that fails too, the stage stays, since it holds it. */
  private void undo(List<Path> made, Map<Path, Path> moved) throws IOException {
    keep = true;
    for (int i = made.size() - 1; i >= 0; i--) {
      Files.deleteIfExists(made.get(i));
    }
    for (Map.Entry<Path, Path> one : moved.entrySet()) {
      Files.move(one.getValue(), one.getKey());
    }
    keep = false;
  }

  /**
   * Makes the folders that a file lies in; a link among them must not lead it out of the target.
   */
  private void makeFolders(Path file, List<Path> made) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    Path parent = Objects.requireNonNull(file.getParent());
    while (!Files.exists(parent)) {
      missing.push(parent);
      parent = Objects.requireNonNull(parent.getParent());
    }
    if (!parent.toRealPath().startsWith(folder.toRealPath())) {
      throw new IntermodalException(
          OvfError.NAME_UNSAFE,
          "cannot write " + file + ": a link leads out of the folder",
          file.toString(),
          null);
    }
    for (Path one : missing) {
      Files.createDirectory(one);
      made.add(one);
    }
  }

  private static Path place(Path under, String name) {
    try {
      Path relative = under.getFileSystem().getPath(name).normalize();
      boolean windows = under.getFileSystem().getSeparator().equals("\\");
      boolean odd = relative.isAbsolute() || relative.toString().isEmpty();
      for (Path part : relative) {
        String text = part.toString();
        odd |= text.equals("..");
        odd |= windows && (DEVICE.matcher(text).matches() || text.matches(".*[. :]$|.*:.*"));
      }
      if (!odd) {
        return under.resolve(relative);
      }
    } catch (InvalidPathException e) {
      // This platform has no such name.
    }
    throw noName(name, under);
  }

  private static IntermodalException noName(String name, Path under) {
    return new IntermodalException(
        OvfError.NAME_UNSAFE,
        "cannot write " + name + ": it is no name for a file in " + under,
        name,
        null);
  }

  /** Deletes what was not moved. */
  void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
    if (!keep && Files.exists(stage, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(stage, new Deletion());
    }
  }

  static IntermodalException exists(Path target) {
    return new IntermodalException(
        CommonError.FILE_EXISTS,
        "cannot write " + target + ": it exists already; name another place or delete it first",
        target.toString(),
        null);
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
