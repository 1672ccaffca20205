package io.intermodal.ovf.packaging;

import io.intermodal.Errors;
import io.intermodal.IntermodalException;
import io.intermodal.ovf.OvfError;
import io.intermodal.ovf.internal.Hrefs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds stored files by name, in an archive or in the folder of a descriptor. */
final class PackageSource {

  /** How many descriptors of a folder an error names. */
  private static final int MOST_NAMED = 10;

  private final @Nullable Path folder;
  private final Map<String, StoredFile> members = new LinkedHashMap<>();
  private final @Nullable Map<String, byte[]> kept;
  private final boolean endMark;
  private final boolean trailing;

  private PackageSource(
      @Nullable Path folder,
      @Nullable Map<String, byte[]> kept,
      boolean endMark,
      boolean trailing) {
    this.folder = folder;
    this.kept = kept;
    this.endMark = endMark;
    this.trailing = trailing;
  }

  static PackageSource archive(Path file) {
    return archive(file, TarIndex.read(file), null);
  }

  /**
   * Creates one for an archive that went by as a stream.
   *
   * @param kept the bytes of the members that can still be read
   */
  static PackageSource streamed(TarIndex.Result index, Map<String, byte[]> kept) {
    return archive(Path.of("stream"), index, kept);
  }

  /** Creates one of files that were gathered from several places. */
  static PackageSource of(Collection<StoredFile> files) {
    PackageSource source = new PackageSource(null, null, true, false);
    files.forEach(f -> source.members.put(f.name(), f));
    return source;
  }

  private static PackageSource archive(
      Path file, TarIndex.Result index, @Nullable Map<String, byte[]> kept) {
    PackageSource source = new PackageSource(null, kept, index.endMark(), index.trailing());
    for (TarMember member : index.members()) {
      source.members.put(
          member.name(),
          new StoredFile(member.name(), new FileRange(file, member.offset(), member.size())));
    }
    return source;
  }

  static PackageSource beside(Path descriptor) {
    Path parent = descriptor.toAbsolutePath().getParent();
    return new PackageSource(
        parent == null ? descriptor.toAbsolutePath() : parent, null, true, false);
  }

  /** Finds the one descriptor of a folder. */
  static Path descriptorIn(Path folder) {
    List<String> found;
    try (Stream<Path> files = Files.list(folder)) {
      found =
          files
              .filter(f -> hasExtension(f.toString(), ".ovf") && Files.isRegularFile(f))
              .map(f -> f.getFileName().toString())
              .sorted()
              .limit(MOST_NAMED + 1L)
              .toList();
    } catch (IOException e) {
      throw Errors.reading(folder, e);
    }
    if (found.size() == 1) {
      return folder.resolve(found.get(0));
    }
    boolean none = found.isEmpty();
    boolean more = found.size() > MOST_NAMED;
    throw new IntermodalException(
        none ? OvfError.DESCRIPTOR_MISSING : OvfError.NOT_A_PACKAGE,
        "cannot read "
            + folder
            + ": "
            + (none
                ? "the folder holds no .ovf descriptor"
                : "the folder holds several descriptors; name one: "
                    + String.join(", ", more ? found.subList(0, MOST_NAMED) : found)
                    + (more ? " and more" : "")),
        folder.toString(),
        null);
  }

  boolean archive() {
    return folder == null;
  }

  boolean endMark() {
    return endMark;
  }

  boolean trailing() {
    return trailing;
  }

  /**
   * Reads a small file as a whole.
   *
   * @throws IntermodalException {@link OvfError#PACKAGE_LIMIT} when it has more bytes than {@code
   *     most}
   */
  byte[] read(StoredFile file, long most) {
    requireAtMost(file.name(), file.range().length(), most);
    if (kept != null) {
      return Objects.requireNonNull(kept.get(file.name()), "not kept");
    }
    try (InputStream in = new RangeInputStream(List.of(file.range()))) {
      return in.readNBytes((int) file.range().length());
    } catch (IOException e) {
      throw Errors.reading(file.range().path(), e);
    }
  }

  static void requireAtMost(String name, long size, long most) {
    if (size > most) {
      throw new IntermodalException(
          OvfError.PACKAGE_LIMIT,
          "cannot read " + name + ": its " + size + " bytes are over the bound of " + most,
          name,
          null);
    }
  }

  /** Returns the members of an archive in order; of a folder none, since it holds other things. */
  List<StoredFile> members() {
    return List.copyOf(members.values());
  }

  /** Finds a file by an href: as it is, then percent-decoded. */
  Optional<StoredFile> find(String href) {
    if (Hrefs.remote(href)) {
      return Optional.empty();
    }
    return named(href).or(() -> named(Hrefs.decoded(href)));
  }

  /** Finds every file that a reader may take for that of an href: as it is, and decoded. */
  List<StoredFile> readings(String href) {
    if (Hrefs.remote(href)) {
      return List.of();
    }
    Stream<String> names = Stream.of(href, Hrefs.decoded(href)).distinct();
    return names.flatMap(name -> named(name).stream()).toList();
  }

  private Optional<StoredFile> named(String name) {
    if (Hrefs.unsafe(name)) {
      return Optional.empty();
    }
    String normal = Hrefs.normal(name);
    return folder == null ? Optional.ofNullable(members.get(normal)) : inFolder(folder, normal);
  }

  private static Optional<StoredFile> inFolder(Path folder, String name) {
    try {
      Path file = folder.resolve(name);
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw new IntermodalException(
            OvfError.NAME_UNSAFE,
            "cannot read "
                + file
                + ": it is a link out of the folder of the package; put the file itself there",
            file.toString(),
            null);
      }
      return Optional.of(new StoredFile(name, new FileRange(file, 0, Files.size(file))));
    } catch (InvalidPathException | FileSystemException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw Errors.reading(folder, e);
    }
  }

  /** Finds the file with the descriptor's base name and another extension, in any letter case. */
  Optional<StoredFile> companion(String descriptor, String extension) {
    String wanted = sibling(descriptor, extension);
    Optional<StoredFile> exact = named(wanted);
    if (exact.isPresent()) {
      return exact;
    }
    for (String name : names()) {
      if (name.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT))) {
        return named(name);
      }
    }
    // An archive has one of each; a wrong base name is no reason to leave a manifest unread.
    return members.values().stream()
        .filter(m -> m.name().toLowerCase(Locale.ROOT).endsWith(extension))
        .findFirst();
  }

  private List<String> names() {
    if (folder == null) {
      return List.copyOf(members.keySet());
    }
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.limit(20_000).forEach(f -> names.add(f.getFileName().toString()));
    } catch (IOException e) {
      throw Errors.reading(folder, e);
    }
    return names;
  }

  /** Strips the extension and puts another in its place. */
  static String sibling(String descriptor, String extension) {
    int dot = descriptor.lastIndexOf('.');
    return (dot < 0 ? descriptor : descriptor.substring(0, dot)) + extension;
  }

  static boolean hasExtension(String name, String extension) {
    return name.toLowerCase(Locale.ROOT).endsWith(extension);
  }
}
